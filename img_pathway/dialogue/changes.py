"""What new answers change of what is decided, and what would change if something supposed were so."""

from __future__ import annotations

from collections.abc import Mapping

from img_pathway.dialogue.bot import Bot
from img_pathway.quiz.reader import Story
from img_pathway.quiz.state import Answer, State

OPEN = "open"
"""Stands for the verdict where nothing is decided yet."""


def verdicts(bot: Bot, goal: str, answers: Mapping[str, Answer]) -> dict[str, str]:
    """Return the verdict on each outcome of a goal, by its id; OPEN where answers are missing."""
    record = bot.engine.quiz.goals[goal]
    decisions = [bot.engine.decide(outcome, answers) for outcome in dict.fromkeys((*record.outcomes, *record.shows))]
    return {d.outcome: d.case.verdict if d.case else OPEN for d in decisions if not (d.case and d.case.silent)}


def changed(bot: Bot, before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """Return a line for each outcome that was looked at before and whose verdict is another one now."""
    names = {outcome: bot.engine.quiz.outcomes[outcome].name for outcome in now}
    both = ((outcome, before[outcome], verdict) for outcome, verdict in now.items() if outcome in before)
    return tuple(
        bot.say("verdict_changed", name=names[outcome], before=_word(bot, old), now=_word(bot, new))
        for outcome, old, new in both
        if old != new
    )


def supposed(bot: Bot, state: State, told: Story) -> State | None:
    """Return the state as if all that a message supposes were so; None where no record is kept or nothing new."""
    if not told.supposed or state.goal is None or not state.answers:
        return None
    new = state
    for name, answer in told.supposed.items():
        revised = bot.reader.revise(name, state.answers.get(name), answer)
        # Of several options the first is the plainest: certified, not certified and expired by now.
        new = new.with_answer(name, revised[0] if isinstance(revised, tuple) else revised)
    # What is so already is no supposition: "can I match if I graduated in 2016".
    return None if new.answers == state.answers else new


def would_change(bot: Bot, state: State, new: State | None) -> bool:
    """Return whether anything would be decided otherwise with other answers."""
    if new is None or state.goal is None:
        return False
    return verdicts(bot, state.goal, state.answers) != verdicts(bot, state.goal, new.answers)


def _word(bot: Bot, verdict: str) -> str:
    return bot.say("depends") if verdict == OPEN else bot.say(f"low_verdict_{verdict}")
