"""Figures about conversations, without a word that a person wrote: by week and channel, by topic, by outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

from img_pathway.channels.talks import Turn
from img_pathway.channels.turn_outcome import TurnOutcome, outcome_of
from img_pathway.dialogue.bot import Bot
from img_pathway.enquiry.store import Enquiry
from img_pathway.staff.inbox import left_at, question_name

MEASURES = (
    "conversations", "messages", "understood", "asked back", "not understood", "no answer found", "declined",
    "did not help", "danger", "quiz started", "quiz finished", "enquiries",
)  # fmt: skip
SECTIONS = {
    "can_now": "open now",
    "not_yet": "not yet",
    "not_open": "not open",
    "depends": "depends on what is not known",
    "good_to_know": "good to know",
}


@dataclass
class Figures:
    """Counts since a day."""

    since: date
    by_week: dict[tuple[date, str], Counter[str]] = field(default_factory=dict)
    """By the Monday of the week and channel."""
    topics: Counter[str] = field(default_factory=Counter)
    left_at: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By outcome and section of the result."""
    goals: Counter[str] = field(default_factory=Counter)

    def count(self, day: date, channel: str, measure: str) -> None:
        """One more."""
        week = day - timedelta(days=day.weekday())
        self.by_week.setdefault((week, channel), Counter())[measure] += 1

    def sums(self, part: int) -> dict[str, Counter[str]]:
        """Counts by week (part 0) or by channel (part 1)."""
        found: dict[str, Counter[str]] = {}
        for key in sorted(self.by_week):
            found.setdefault(str(key[part]), Counter()).update(self.by_week[key])
        return found

    @property
    def total(self) -> Counter[str]:
        """Counts of all weeks and channels."""
        return sum(self.by_week.values(), Counter())


def figures(talks: Mapping[str, list[Turn]], enquiries: Iterable[Enquiry], bot: Bot, since: date) -> Figures:
    """Count what happened since a day."""
    found = Figures(since)
    for talk in talks.values():
        found.count(talk[0].day, talk[0].channel, "conversations")
        _count_turns(found, talk, bot)
        _count_quiz(found, talk, bot)
    for enquiry in enquiries:
        day = datetime.fromtimestamp(enquiry.created, timezone.utc).date()
        if day >= since:
            found.count(day, enquiry.channel, "enquiries")
    return found


def _count_turns(found: Figures, talk: list[Turn], bot: Bot) -> None:
    for turn in talk:
        outcome = outcome_of(turn, bot)
        if outcome is not TurnOutcome.IN_ENQUIRY:
            found.count(turn.day, turn.channel, "messages")
            found.count(turn.day, turn.channel, outcome.word)
        if "action_answer" in turn.actions:
            for topic in (turn.slots.get("topics") or ())[:1]:
                record = bot.knowledge.topics.get(topic)
                found.topics[record.name if record else topic] += 1


def _count_quiz(found: Figures, talk: list[Turn], bot: Bot) -> None:
    """Whoever takes the quiz up again has not started another one."""
    begun = next((t for t in talk if "quiz_form" in t.actions and not t.in_enquiry and t.slots.get("quiz")), None)
    if begun is None:
        return
    found.count(begun.day, begun.channel, "quiz started")
    ended = next((turn for turn in reversed(talk) if turn.ended == "finished"), None)
    if ended:
        found.count(ended.day, ended.channel, "quiz finished")
        found.verdicts.update(set(ended.verdicts))
    goal = next((g for turn in reversed(talk) if (g := (turn.slots.get("quiz") or {}).get("goal"))), None)
    if goal in bot.engine.quiz.goals:
        found.goals[bot.engine.quiz.goals[goal].label] += 1
    question = left_at(talk)
    if question:
        found.left_at[question_name(bot, question)] += 1
