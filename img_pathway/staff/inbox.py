"""What staff should look at: messages that the bot missed, alike ones together, and where people leave the quiz."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz, process

from img_pathway.channels.talks import Turn
from img_pathway.channels.turn_outcome import MISSES, outcome_of
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.click_words import in_words
from img_pathway.dialogue.clicks import is_click
from img_pathway.knowledge.text import normalize
from img_pathway.staff.masking import mask

_ALIKE = 86
# In a few words, one that both have makes the set of words alike whatever the others are.
_FEW_WORDS = 3
_MOST_GUESSES = 2


@dataclass
class Missed:
    """Messages that say nearly the same; the newest stands for them."""

    text: str
    newest: date
    conversation: str
    guesses: tuple[tuple[str, float], ...]
    """Labels that the bot thought of, with their probability."""
    question: str | None
    """The question of the quiz that was open."""
    kinds: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        kinds = ", ".join(f"{kind} {count}" if count > 1 else kind for kind, count in self.kinds.most_common())
        guesses = ", ".join(f"{label} ({probability:.0%})" for label, probability in self.guesses)
        lines = [f"{self.kinds.total():>3} x  {self.newest}  {self.text}", f"       {kinds}"]
        lines[1] += f', at "{self.question}" of the quiz' if self.question else ""
        lines[1] += f"; thought of {guesses}" if guesses else ""
        return "\n".join([*lines, f"       conversation {self.conversation}"])


@dataclass(frozen=True)
class Inbox:
    """What was missed, newest first, and at which questions people left the quiz."""

    missed: list[Missed]
    left_at: Counter[str]


def inbox(talks: Mapping[str, list[Turn]], bot: Bot) -> Inbox:
    """Messages that were missed, masked and alike ones together; answers of an enquiry are never among them."""
    turns = [(turn, conversation) for conversation, talk in talks.items() for turn in talk]
    turns.sort(key=lambda item: item[0].at, reverse=True)
    groups = _Groups()
    for turn, conversation in turns:
        outcome = outcome_of(turn, bot)
        # Buttons are no words of a person.
        if outcome in MISSES and not is_click(turn.said):
            groups.add(outcome.word, turn, conversation, question_name(bot, turn.asked) if turn.in_quiz else None)
    return Inbox(groups.found, Counter(question_name(bot, q) for talk in talks.values() if (q := left_at(talk))))


def listed(found: Inbox, most: int) -> Iterator[str]:
    """Lines to print."""
    for missed in found.missed[:most]:
        yield str(missed)
    if len(found.missed) > most:
        yield f"… {len(found.missed) - most} more; --most shows more of them."
    if found.left_at:
        yield "\nThe quiz was left at:"
        yield from (f"{count:>3} x  {question}" for question, count in found.left_at.most_common())


def left_at(talk: list[Turn]) -> str | None:
    """The question at which a person left the quiz: stopped it, or said nothing more; none where they did not."""
    left = None
    for turn in talk:
        quiz = turn.slots.get("quiz") or {}
        if turn.ended == "stopped":
            left = turn.asked
        elif turn.ended == "finished":
            left = None
        elif quiz.get("asked") and not turn.in_enquiry:
            left = str(quiz["asked"])
    return left


def question_name(bot: Bot, question: str | None) -> str:
    """A question of the quiz in words."""
    record = bot.engine.quiz.questions.get(question or "")
    return record.name if record else "What do you want to find out?"


def words_of(bot: Bot, text: str) -> str:
    """What a person typed, masked, or the label of the button that they clicked."""
    return in_words(bot, text) or mask(text)


class _Groups:
    """Takes messages, newest first, and puts each to the first one that is like it."""

    def __init__(self) -> None:
        self.found: list[Missed] = []
        self._short: dict[int, str] = {}
        self._long: dict[int, str] = {}

    def add(self, kind: str, turn: Turn, conversation: str, question: str | None) -> None:
        text = mask(turn.said)
        words = normalize(text)
        is_short = len(words.split()) <= _FEW_WORDS
        known, likeness = (self._short, fuzz.ratio) if is_short else (self._long, fuzz.token_set_ratio)
        near = process.extractOne(words, known, scorer=likeness, score_cutoff=_ALIKE)
        if near is None:
            known[len(self.found)] = words
            guesses = tuple((guess.label, guess.probability) for guess in turn.heard.guesses[:_MOST_GUESSES])
            self.found.append(Missed(text, turn.day, conversation, guesses, question))
        group = self.found[near[2] if near else -1]
        group.kinds[kind] += 1
