"""What language understanding found out about a message: evidence, as plain data that goes from Rasa to the actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

from img_pathway.dialogue.labels import intent_of
from img_pathway.dialogue.limits import limits
from img_pathway.quiz.reader import Story

ENGLISH = "en"

Band = Literal["answer", "ask", "decline"]
Belief = Literal["none", "spoken", "vague", "denied"]
Shape = Literal["", "definition", "name", "comparison"]


@dataclass(frozen=True)
class Guess:
    """One way to read a message: `label` is an intent, or an intent and what it is about ("faq/letters_waive")."""

    label: str
    probability: float
    about: bool = True
    """Whether the message names no topic, or one that the label is about."""
    belief: Belief = "none"
    """For a belief: whether the words speak of it, leave it open, or show that the person does not hold it."""
    near: float = 0.0
    """Cosine similarity to the nearest example; known where guesses are weighed."""
    other: bool = False
    """Whether the message names another exam, visa or stage than the one that the label is of; known there too."""

    @property
    def intent(self) -> str:
        """The part before the slash."""
        return intent_of(self.label)

    @property
    def detail(self) -> str:
        """The part behind the slash: the attribute of `ask`, the common question of `faq`, what is declined."""
        return self.label.partition("/")[2]


@dataclass(frozen=True)
class Words:
    """What the words of a message show, whatever it means as a whole."""

    blank: bool = False
    """Whether it holds no letter and no digit."""
    picked: str = ""
    """The common question whose own words it is."""
    shape: Shape = ""
    """Whether it plainly asks what one thing is, is nothing but a name, or compares or follows up."""
    topics: tuple[str, ...] = ()
    """The topics that it names."""
    beside: int = 0
    """How many words stand around the names of topics."""
    names_nothing: bool = False
    """Whether it names no topic, in more words than what leans on the turn before has."""
    cues: tuple[str, ...] = ()
    """The attributes that it asks for by their cue phrases."""
    has_fact: bool = False
    """Whether it names one topic and one attribute, and there is a fact for them."""
    beside_goal: bool = False
    """Whether it asks for something beside the words that name a goal of the quiz ("rotation cost")."""
    no_more: bool = False
    """Whether it says nothing but a topic and what is asked of it."""
    asks: bool = False
    """Whether any part of it is a question."""
    opens: bool = False
    """Whether it begins as a question does, or holds a question mark."""


@dataclass(frozen=True)
class Understood:
    """A message or one question in it, with all that speaks for one reading of it or another."""

    text: str
    guesses: tuple[Guess, ...] = ()
    """What is ours to answer, likeliest first."""
    declined: tuple[Guess, ...] = ()
    """What is not ours to answer, likeliest first."""
    in_scope: float = 1.0
    """Probability that the message is ours to answer."""
    right: float = 1.0
    """Probability that the first guess is right, if it is."""
    near_decline: float = 0.0
    """Likeness to the nearest example of what is not ours."""
    facts: Mapping[str, float] = field(default_factory=dict)
    """Facts nearest in meaning, with their cosine similarity to the message."""
    words: Words = field(default_factory=Words)
    told: Story = field(default_factory=Story)
    """What the message tells of a person."""
    click: str = ""
    """The label that it means as the command of a button."""
    danger: str = ""
    """The danger that a phrase in it names."""
    language: str = ENGLISH
    """The language that it is surely written in."""
    likely_language: str = ENGLISH
    """The language that it is most likely written in, for those in danger."""
    parts: tuple[Understood, ...] = ()
    """The questions in a message with several."""
    more: bool = False
    """Whether the message holds questions that were not read."""
    label: str = ""
    """What the message is by itself, as img_pathway/dialogue/routing.py decides."""
    sure: float = 0.0
    """How far that is to be trusted (0 to 1)."""

    @property
    def ours(self) -> bool:
        """Whether the message is ours to answer."""
        return self.in_scope >= limits().in_scope

    @property
    def is_declined(self) -> bool:
        """Whether it was routed to the first guess at what is not ours."""
        return not self.ours and self.label == self.best.label

    @property
    def ranked(self) -> tuple[Guess, ...]:
        """The guesses on the likelier side."""
        return self.guesses if self.ours else self.declined

    @property
    def best(self) -> Guess:
        """The first guess on the likelier side; an empty label where there is none."""
        return self.ranked[0] if self.ranked else Guess("", 0.0)

    @property
    def score(self) -> float:
        """Probability (0 to 1) that the first guess is right."""
        return self.in_scope * self.right if self.ours else 1.0 - self.in_scope

    @property
    def band(self) -> Band:
        """Whether the guesses alone suffice to answer, to ask which is meant, or to decline."""
        if self.ours:
            return "answer" if self.right >= limits().right else "ask"
        return "answer" if self.near_decline >= limits().near_decline else "decline"

    def to_dict(self) -> dict[str, Any]:
        """JSON for the message in Rasa's tracker; the text stands there already."""
        found = asdict(self)
        del found["text"]
        return {
            **found,
            "guesses": [_pack(guess) for guess in self.guesses],
            "declined": [_pack(guess) for guess in self.declined],
            "in_scope": round(self.in_scope, 4),
            "right": round(self.right, 4),
            "near_decline": round(self.near_decline, 3),
            "sure": round(self.sure, 4),
            "facts": {id_: round(near, 3) for id_, near in self.facts.items()},
            "parts": [{"text": part.text, **part.to_dict()} for part in self.parts],
        }

    @staticmethod
    def from_dict(text: str, found: Mapping[str, Any]) -> Understood:
        """What `to_dict` wrote, read back; what an earlier version did not write stays at its default."""
        words, told = dict(found.get("words") or {}), dict(found.get("told") or {})
        for name in ("topics", "cues"):
            words[name] = tuple(words.get(name) or ())
        for name in ("answers", "supposed"):
            told[name] = {q: tuple(a) if isinstance(a, list) else a for q, a in (told.get(name) or {}).items()}
        flags = ("in_scope", "right", "near_decline", "click", "danger", "language", "likely_language", "more", "label")
        return Understood(
            text,
            tuple(_unpack(guess) for guess in found.get("guesses") or ()),
            tuple(_unpack(guess) for guess in found.get("declined") or ()),
            facts=dict(found.get("facts") or {}),
            words=Words(**_known(Words, words)),
            told=Story(**_known(Story, told)),
            parts=tuple(Understood.from_dict(str(part.get("text") or ""), part) for part in found.get("parts") or ()),
            **{name: found[name] for name in (*flags, "sure") if name in found},
        )


def _known(kind: type, found: Mapping[str, Any]) -> dict[str, Any]:
    """What a record knows of what was written; a newer server may have written more (they are restarted one by one)."""
    return {field.name: found[field.name] for field in fields(kind) if field.name in found}


def _pack(guess: Guess) -> list[Any]:
    return [guess.label, round(guess.probability, 4), guess.about, guess.belief]


def _unpack(found: list[Any]) -> Guess:
    label, probability, *fit = found
    return Guess(str(label), float(probability), *fit)
