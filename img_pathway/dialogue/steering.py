"""The rotation that fits a person and no other, or an honest no; and all that are on offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.clicks import option
from img_pathway.dialogue.decided import basis_of, cited_for
from img_pathway.dialogue.looking_up import check_me
from img_pathway.dialogue.organization import Rotation
from img_pathway.quiz.engine import Decision
from img_pathway.quiz.logic import Truth
from img_pathway.quiz.model import OPEN, ROTATIONS
from img_pathway.quiz.state import State
from img_pathway.reply import Option, Reply

_CLINICAL = "clinical"


def steer(bot: Bot, state: State, specialties: Sequence[str] = ()) -> Reply:
    """Return the rotation that fits, in one of `specialties` where that is on offer, or an honest no.

    Where it depends on what is not known, a button asks; those whom no rotation helps hear no advertisement.
    """
    decisions = _suitable(bot, state)
    if not decisions:
        return Reply(text=(bot.say("rotation_none"),)) if state.goal == _CLINICAL else Reply()
    chosen = _on_offer(bot, decisions, specialties)
    if chosen:
        wanted = ", ".join(bot.knowledge.topics[topic].name for topic in specialties)
        is_other = bool(specialties) and not _is_in(chosen, specialties)
        lines = [bot.say("rotation_not_in", specialty=wanted)] if is_other else []
        lines.append(bot.say("rotation_fits", name=_offer(bot, chosen), link=bot.organization.apply_link))
        decision = decisions[chosen.kind]
        return Reply(
            text=(*lines, *_demo(bot)),
            sources=cited_for(bot, decision),
            options=(_enquire(bot),),
            basis=(f"rotation/{chosen.id}", *basis_of(bot, decision)),
        )
    if all(decision.case for decision in decisions.values()):
        return _honest_no(bot, state, list(decisions.values()))
    # What it hangs on is asked for the goal of rotations alone.
    ask = () if state.goal == _CLINICAL else (option(bot.say("rotation_option"), "goal", _CLINICAL),)
    return Reply(options=ask)


def rotation_for(bot: Bot, state: State, topics: Sequence[str] = ()) -> tuple[State, Reply, bool]:
    """Return the rotation that fits, in a specialty among `topics` where there is one.

    Where too little is known, the state with the clinical goal and True: ask first.
    """
    found = steer(bot, state, [topic for topic in topics if bot.knowledge.topics[topic].kind == "specialty"])
    if not _suitable(bot, state):
        # Whoever asks for one hears an honest no, whatever the goal is.
        found = steer(bot, replace(state, goal=_CLINICAL))
    if found.text:
        return state, found, False
    if state.goal not in (None, _CLINICAL) and state.asked:
        # Another quiz is going on; it is not thrown away for a side question.
        switch = option(bot.say("rotation_switch"), "goal", "clinical")
        return state, Reply(text=(bot.say("rotation_later"),), options=(switch,)), False
    wanted = replace(state, goal=_CLINICAL, asked=None)
    return wanted, Reply(text=(bot.say("rotation_ask"),)), True


def offered(bot: Bot) -> Reply:
    """Return all rotations on offer, and the way to see which one fits."""
    lines = "\n".join(f"- {_offer(bot, rotation)}" for rotation in bot.organization.rotations)
    return Reply(
        text=(f"{bot.say('rotations_on_offer')}\n{lines}", *_demo(bot)),
        basis=tuple(f"rotation/{rotation.id}" for rotation in bot.organization.rotations),
        options=(check_me(bot), _enquire(bot)),
    )


def _suitable(bot: Bot, state: State) -> Mapping[str, Decision]:
    """What is decided of each kind of rotation that is not known to be the wrong one for the person."""
    quiz, known = bot.engine.quiz, bot.engine.known(state.answers)
    by_kind = {record.offers: name for name, record in quiz.outcomes.items() if record.offers}
    wrong = {name for name, rule in quiz.not_offered_rules.items() if rule.truth(known) is Truth.YES}
    kinds = [kind for kind in ROTATIONS if kind in by_kind and by_kind[kind] not in wrong]
    return {kind: bot.engine.decide(by_kind[kind], state.answers) for kind in kinds}


def _on_offer(bot: Bot, decisions: Mapping[str, Decision], specialties: Sequence[str]) -> Rotation | None:
    found = [r for r in bot.organization.rotations if r.kind in decisions and _verdict(decisions[r.kind]) in OPEN]
    # "Possible" is weaker than "likely" or "yes": what is sure comes first.
    firm = [r for r in found if _verdict(decisions[r.kind]) != "possible"]
    best = firm or found
    return next((rotation for rotation in best if _is_in(rotation, specialties)), next(iter(best), None))


def _honest_no(bot: Bot, state: State, decisions: Sequence[Decision]) -> Reply:
    """None fits, with the reason of the usual kind; what only lacks something now is named for later."""
    later = next((d for d in decisions if _verdict(d) == "not_yet"), None)
    reason = later or decisions[-1]
    if later:
        lines = [bot.say("rotation_not_yet", name=bot.engine.quiz.outcomes[later.outcome].name)]
    else:
        lines = [bot.say("rotation_none")]
    # The result for clinical experience says the reason itself.
    if reason.case and state.goal != _CLINICAL:
        lines.append(reason.case.says)
    return Reply(text=tuple(lines), sources=cited_for(bot, reason), basis=basis_of(bot, *decisions))


def _is_in(rotation: Rotation, specialties: Sequence[str]) -> bool:
    return rotation.specialty in specialties


def _verdict(decision: Decision) -> str:
    return decision.case.verdict if decision.case else ""


def _offer(bot: Bot, rotation: Rotation) -> str:
    return bot.say("rotation_line", name=rotation.name, weeks=rotation.weeks, city=rotation.city)


def _enquire(bot: Bot) -> Option:
    return option(bot.say("enquire_option"), "enquiry", "start")


def _demo(bot: Bot) -> tuple[str, ...]:
    return (bot.say("demo"),) if bot.organization.example else ()
