"""The result of the quiz: verdicts in groups, what is still open, the plan, the next step, the season, the rotation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.clicks import QUIZ, change, option
from img_pathway.dialogue.decided import basis_of, cited_for
from img_pathway.dialogue.looking_up import ids_of
from img_pathway.dialogue.plan_shown import PlanShown
from img_pathway.dialogue.steering import steer
from img_pathway.quiz.engine import Decision, Need
from img_pathway.quiz.logic import Is, Truth
from img_pathway.quiz.model import NOT_SURE, OPEN, Case
from img_pathway.quiz.plan import NextStep
from img_pathway.quiz.state import State
from img_pathway.reply import Reply, Section, SectionKind, Verdict, merged

_GROUPS: Mapping[SectionKind, tuple[str, ...]] = {
    "can_now": OPEN,
    "not_yet": ("not_yet",),
    "not_open": ("no",),
    "good_to_know": ("info",),
}


def result(bot: Bot, state: State) -> Reply:
    """Return the whole result for a goal; raises KeyError where the state has none."""
    goal = bot.engine.quiz.goals[state.goal or ""]
    decisions = _decisions(bot, state)
    plan = PlanShown(bot, state)
    season, step = plan.season(), plan.next()
    shown, ahead = plan.steps()
    steering = steer(bot, state) if goal.rotation else Reply()
    dates = tuple(dict.fromkeys((*season.dates, *ahead.dates)))
    facts = bot.facts(tuple(dict.fromkeys((*season.facts, *ahead.facts))))
    sources = (*(cited_for(bot, d) for d in decisions), bot.cite_dates(dates), bot.cite(facts), steering.sources)
    return Reply(
        text=(*_opening(bot, state), bot.say("result_heading", goal=goal.label), *season.lines),
        sections=tuple(_sections(bot, state, decisions, plan.following)),
        plan=shown,
        closing=(*step.lines, *steering.text, bot.say("no_promise")),
        sources=merged(*sources),
        basis=(*basis_of(bot, *decisions), *(f"date/{id_}" for id_ in dates), *ids_of(facts), *steering.basis),
        options=(
            *step.options,
            *steering.options,
            change(bot.say("change_option")),
            option(bot.say("restart_option"), QUIZ, "restart"),
        ),
    )


def _decisions(bot: Bot, state: State) -> list[Decision]:
    """What the goal is about, and what else the answers happen to decide."""
    goal = bot.engine.quiz.goals[state.goal or ""]
    decisions = [bot.engine.decide(outcome, state.answers) for outcome in goal.outcomes]
    shown = [bot.engine.decide(o, state.answers) for o in goal.shows if o not in goal.outcomes]
    every = [*decisions, *(decision for decision in shown if decision.case)]
    return [decision for decision in every if not (decision.case and decision.case.silent)]


# Before the verdicts


def _opening(bot: Bot, state: State) -> tuple[str, ...]:
    """The kind sentence that a result begins with where there is one: the first that is known to hold."""
    known = bot.engine.known(state.answers)
    fitting = (o for rule, o in bot.engine.quiz.openings if state.goal in o.goals and rule.truth(known) is Truth.YES)
    first = next(fitting, None)
    return (first.says,) if first else ()


# The verdicts


def _sections(bot: Bot, state: State, decisions: Sequence[Decision], following: NextStep) -> Iterable[Section]:
    for name, verdicts in _GROUPS.items():
        items = tuple(_decided(bot, d, d.case) for d in decisions if d.case and d.case.verdict in verdicts)
        if items:
            yield Section(name, bot.say(name), items)
    if unknown := tuple(_to_find_out(bot, state, _unknown(bot, state, decisions), following)):
        yield Section("depends", bot.say("depends"), unknown)


def _decided(bot: Bot, decision: Decision, case: Case) -> Verdict:
    name = bot.engine.quiz.outcomes[decision.outcome].name
    if case.verdict == "no":
        # Behind a closed door, what else would be missing is no help.
        otherwise = _todos(bot, decision.would_change)
        note = bot.say("would_change", items=otherwise) if otherwise else bot.say("nothing_changes")
    else:
        lacking = _todos(bot, tuple(need for need in decision.missing if need.truth is not Truth.UNKNOWN))
        note = bot.say("missing", items=lacking) if lacking else ""
    return Verdict(f"{name} ({case.label})" if case.label else name, case.says, (note,) if note else ())


def _unknown(bot: Bot, state: State, decisions: Sequence[Decision]) -> Mapping[str, list[str]]:
    """Each question whose answer is not known, once, with the outcomes that hang on it."""
    found: dict[str, list[str]] = {}
    for decision in decisions:
        open_needs = [Is(need.criterion) for need in decision.missing if need.truth is Truth.UNKNOWN]
        questions = bot.engine.hangs_on(open_needs, state.answers) if decision.case else decision.unsure
        unsure = [question for question in questions if state.answers.get(question) == NOT_SURE]
        # What was not asked matters only where nothing that was asked stands before it.
        for question in unsure if unsure or decision.case else questions:
            found.setdefault(question, []).append(bot.engine.quiz.outcomes[decision.outcome].name)
    return {question: found[question] for question in bot.engine.quiz.questions if question in found}


def _to_find_out(bot: Bot, state: State, unknown: Mapping[str, list[str]], following: NextStep) -> Iterable[Verdict]:
    """What people were not sure of, one by one with what settles it, and what they were not asked."""
    records = bot.engine.quiz.questions
    for question in (q for q in unknown if state.answers.get(q) == NOT_SURE):
        # What settles it is said once: with the next step, where it is that.
        says = bot.say("see_next_step") if question == following.question else records[question].unsure
        yield Verdict(records[question].name, says, (_affects(bot, unknown[question]),))
    not_asked = [question for question in unknown if state.answers.get(question) != NOT_SURE]
    if not_asked:
        names = "; ".join(records[question].name for question in not_asked)
        outcomes = dict.fromkeys(outcome for question in not_asked for outcome in unknown[question])
        yield Verdict(bot.say("not_asked"), names, (_affects(bot, outcomes),))


def _affects(bot: Bot, outcomes: Iterable[str]) -> str:
    return bot.say("affects", items="; ".join(outcomes))


def _todos(bot: Bot, needs: tuple[Need, ...]) -> str:
    criteria = bot.engine.quiz.criteria
    todos = [criteria[n.criterion].todo for n in needs if n.wanted is Truth.YES]
    return "; ".join(todo.rstrip(".") for todo in todos if todo) + ("." if any(todos) else "")
