"""The result of the quiz: verdicts in groups, what is missing, the next step, the plan, the rotation that fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.clicks import QUIZ, change, option
from img_pathway.dialogue.looking_up import check_me, ids_of
from img_pathway.dialogue.organization import Rotation
from img_pathway.quiz.engine import Decision, Need
from img_pathway.quiz.logic import Truth
from img_pathway.quiz.model import OPEN, Case
from img_pathway.quiz.state import State
from img_pathway.reply import Cited, Option, PlanStep, Reply, Section, SectionKind, StepState, Verdict, merged

_GROUPS: Mapping[SectionKind, tuple[str, ...]] = {
    "can_now": OPEN,
    "not_yet": ("not_yet",),
    "not_open": ("no",),
    "good_to_know": ("info",),
}
_STATES: Mapping[Truth, StepState] = {Truth.YES: "done", Truth.NO: "ahead", Truth.UNKNOWN: "unknown"}
_CLINICAL = ("clerkship", "externship", "observership")


def result(bot: Bot, state: State) -> Reply:
    """The whole result for a goal; raises KeyError where the state has none."""
    quiz = bot.engine.quiz
    goal = quiz.goals[state.goal or ""]
    decisions = [bot.engine.decide(outcome, state.answers) for outcome in goal.outcomes]
    shown = [bot.engine.decide(o, state.answers) for o in goal.shows if o not in goal.outcomes]
    decisions += [decision for decision in shown if decision.case]
    decisions = [decision for decision in decisions if not (decision.case and decision.case.silent)]
    plan, ahead = _plan(bot, state)
    plan_facts = [fact for step in ahead for fact in bot.facts(quiz.steps[step].facts)]
    dates = tuple(dict.fromkeys(id_ for step in ahead for id_ in quiz.step_dates[step]))
    steering = steer(bot, state)
    here = next((step.text for step in plan if step.state == "here"), None)
    return Reply(
        text=(bot.say("result_heading", goal=goal.label),),
        sections=tuple(_sections(bot, decisions)),
        plan=plan,
        closing=(
            bot.say("next_step", step=here) if here else bot.say("all_done"),
            *steering.text,
            bot.say("no_promise"),
        ),
        sources=merged(*(_cited(bot, decision) for decision in decisions), bot.cite_dates(dates), bot.cite(plan_facts)),
        basis=(*_basis(bot, *decisions), *(f"date/{id_}" for id_ in dates), *ids_of(plan_facts), *steering.basis),
        options=(
            *steering.options,
            change(bot.say("change_option")),
            option(bot.say("restart_option"), QUIZ, "restart"),
        ),
    )


def steer(bot: Bot, state: State, specialties: Sequence[str] = ()) -> Reply:
    """The rotation that fits a person, in one of `specialties` where that is on offer, or an honest no."""
    quiz = bot.engine.quiz
    by_kind = {record.offers: name for name, record in quiz.outcomes.items() if record.offers}
    known = bot.engine.known(state.answers)
    left_out = {outcome for outcome, rule in quiz.not_offered_rules.items() if rule.truth(known) is Truth.YES}
    decisions = {kind: bot.engine.decide(by_kind[kind], state.answers) for kind in _CLINICAL if kind in by_kind}
    fitting = [
        r
        for r in bot.organization.rotations
        if (d := decisions.get(r.kind)) and d.case and d.case.verdict in OPEN and d.outcome not in left_out
    ]
    # "Possible" is weaker than "likely" or "yes": what is sure comes first.
    firm = [r for r in fitting if _verdict(decisions[r.kind]) != "possible"]
    chosen = firm or fitting
    if chosen:
        chosen = sorted(chosen, key=lambda rotation: rotation.specialty not in specialties)
        wanted = ", ".join(bot.knowledge.topics[topic].name for topic in specialties)
        lacking = specialties and chosen[0].specialty not in specialties
        lines = [bot.say("rotation_not_in", specialty=wanted)] if lacking else []
        lines += [bot.say("rotation_fits", name=_offer(bot, r), link=bot.organization.apply_link) for r in chosen[:1]]
        sources = _cited(bot, decisions[chosen[0].kind])
        basis = (f"rotation/{chosen[0].id}", *_basis(bot, decisions[chosen[0].kind]))
        return Reply(text=(*lines, *_demo(bot)), sources=sources, options=(_enquire(bot),), basis=basis)
    if left_out:
        # Nothing of ours helps them: said to those who ask for a rotation, and no advertisement to the others.
        return Reply(text=(bot.say("rotation_none"),)) if state.goal == "clinical" else Reply()
    if all(decision.case for decision in decisions.values()):
        reasons = [decision.case.says for decision in decisions.values() if decision.case]
        honest = (bot.say("rotation_none"), *reasons[:1]) if state.goal != "clinical" else (bot.say("rotation_none"),)
        cited = merged(*(_cited(bot, d) for d in list(decisions.values())[:1]))
        return Reply(text=honest, sources=cited, basis=_basis(bot, *decisions.values()))
    return Reply()


def rotation_for(bot: Bot, state: State, topics: Sequence[str] = ()) -> tuple[State, Reply, bool]:
    """The rotation that fits, in a specialty among `topics` where there is one.

    Where too little is known, the state with the clinical goal and True: ask first.
    """
    found = steer(bot, state, [topic for topic in topics if bot.knowledge.topics[topic].kind == "specialty"])
    if found.text:
        return state, found, False
    if state.goal not in (None, "clinical") and state.asked:
        # Another quiz is going on; it is not thrown away for a side question.
        switch = option(bot.say("rotation_switch"), "goal", "clinical")
        return state, Reply(text=(bot.say("rotation_later"),), options=(switch,)), False
    wanted = replace(state, goal="clinical", asked=None)
    return wanted, Reply(text=(bot.say("rotation_ask"),)), True


def offered(bot: Bot) -> Reply:
    """All rotations on offer, and the way to see which one fits."""
    lines = "\n".join(f"- {_offer(bot, rotation)}" for rotation in bot.organization.rotations)
    return Reply(
        text=(f"{bot.say('rotations_on_offer')}\n{lines}", *_demo(bot)),
        basis=tuple(f"rotation/{rotation.id}" for rotation in bot.organization.rotations),
        options=(check_me(bot), _enquire(bot)),
    )


def _verdict(decision: Decision) -> str:
    return decision.case.verdict if decision.case else ""


def _offer(bot: Bot, rotation: Rotation) -> str:
    return bot.say("rotation_line", name=rotation.name, weeks=rotation.weeks, city=rotation.city)


def _enquire(bot: Bot) -> Option:
    return option(bot.say("enquire_option"), "enquiry", "start")


def _demo(bot: Bot) -> tuple[str, ...]:
    return (bot.say("demo"),) if bot.organization.example else ()


def _sections(bot: Bot, decisions: list[Decision]) -> Iterable[Section]:
    for name, verdicts in _GROUPS.items():
        items = tuple(_decided(bot, d, d.case) for d in decisions if d.case and d.case.verdict in verdicts)
        if items:
            yield Section(name, bot.say(name), items)
    open_ones = tuple(_undecided(bot, d) for d in decisions if d.case is None)
    if open_ones:
        yield Section("depends", bot.say("depends"), open_ones)


def _decided(bot: Bot, decision: Decision, case: Case) -> Verdict:
    name = bot.engine.quiz.outcomes[decision.outcome].name
    notes = _needs(bot, decision.missing)
    if case.verdict == "no":
        change = _todos(bot, decision.would_change)
        notes.append(bot.say("would_change", items=change) if change else bot.say("nothing_changes"))
    return Verdict(f"{name} ({case.label})" if case.label else name, case.says, tuple(notes))


def _undecided(bot: Bot, decision: Decision) -> Verdict:
    quiz = bot.engine.quiz
    name = quiz.outcomes[decision.outcome].name
    unsure = [quiz.questions[question] for question in decision.unsure]
    on = tuple(bot.say("depends_on_item", question=question.name, how=question.unsure) for question in unsure)
    return Verdict(name, bot.say("depends_on"), on)


def _needs(bot: Bot, needs: tuple[Need, ...]) -> list[str]:
    lacking = _todos(bot, tuple(n for n in needs if n.truth is not Truth.UNKNOWN))
    unknown = _todos(bot, tuple(n for n in needs if n.truth is Truth.UNKNOWN))
    said = [bot.say("missing", items=lacking)] if lacking else []
    return said + ([bot.say("to_find_out", items=unknown)] if unknown else [])


def _todos(bot: Bot, needs: tuple[Need, ...]) -> str:
    criteria = bot.engine.quiz.criteria
    todos = [criteria[n.criterion].todo for n in needs if n.wanted is Truth.YES]
    return "; ".join(todo.rstrip(".") for todo in todos if todo) + ("." if any(todos) else "")


def _plan(bot: Bot, state: State) -> tuple[tuple[PlanStep, ...], list[str]]:
    """The steps as they are shown, and those that are still ahead."""
    quiz = bot.engine.quiz
    plan = bot.engine.plan(state.goal or "", state.answers)
    # The next step is the first that is known to be open; only where none is, the first of which nothing is known.
    ahead = [step for step, done in plan if done is not Truth.YES]
    here = next((step for step, done in plan if done is Truth.NO), next(iter(ahead), None))
    states: list[StepState] = ["here" if step == here else _STATES[done] for step, done in plan]
    records = [quiz.steps[step] for step, _ in plan]
    late = [quiz.late(step) if done is not Truth.YES else "" for step, done in plan]
    texts = [f"{record.says} {more}".strip() for record, more in zip(records, late, strict=True)]
    shown = tuple(PlanStep(text, at, r.takes) for text, at, r in zip(texts, states, records, strict=True))
    return shown, ahead


def _basis(bot: Bot, *decisions: Decision) -> tuple[str, ...]:
    """The outcomes that were decided, and the facts of the cases that hold or may hold."""
    cases = [case for d in decisions for case in ([d.case] if d.case else d.possible)]
    facts = [fact for case in cases for fact in bot.facts(case.facts)]
    return (*(f"outcome/{decision.outcome}" for decision in decisions), *ids_of(facts))


def _cited(bot: Bot, decision: Decision) -> tuple[Cited, ...]:
    cases = [decision.case] if decision.case else list(decision.possible)
    return bot.cite([fact for case in cases for fact in bot.facts(case.facts)])
