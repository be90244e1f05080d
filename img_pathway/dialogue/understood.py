"""What language understanding made of a message, as plain data that goes from Rasa to the actions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

ASK, FAQ = "ask", "faq"
FALLBACK = "nlu_fallback"
"""The intent of a message whose guesses are not to be trusted."""
DANGERS = ("emergency", "crisis")
"""Intents of messages about danger to life, which go before everything else."""

NOT_HELPED, DELETE_DATA = "not_helped", "delete_data"
"""Intents of messages about an answer that was no help, and about what is kept of the person."""


def is_declined(label: str, declines: Collection[str]) -> bool:
    """Return whether `declines` lists a label, or its intent (the part before the slash)."""
    return label in declines or label.split("/", maxsplit=1)[0] in declines


@dataclass(frozen=True)
class Guess:
    """One way to read a message: `label` is an intent, or an intent and what it is about ("faq/letters_waive")."""

    label: str
    probability: float

    @property
    def intent(self) -> str:
        """The part before the slash."""
        return self.label.split("/")[0]

    @property
    def detail(self) -> str:
        """The part behind the slash: the attribute of `ask`, the common question of `faq`, what is declined."""
        return self.label.partition("/")[2]


@dataclass(frozen=True)
class Understood:
    """A message or one question in it; `score` (0 to 1) says how far the first guess is to be trusted."""

    text: str
    guesses: tuple[Guess, ...] = ()
    score: float = 0.0
    band: str = "answer"
    """What to do: answer, ask which guess is meant, or decline."""
    ours: bool = True
    """Whether the message is about what the bot is there for, or is to be declined."""
    facts: Mapping[str, float] = field(default_factory=dict)
    """Facts nearest in meaning, with their cosine similarity to the message."""
    parts: tuple[Understood, ...] = ()
    """The questions in a message with several."""
    more: bool = False
    """Whether the message holds questions that were not read."""

    @property
    def best(self) -> Guess:
        """The first guess; an empty label where there is none."""
        return self.guesses[0] if self.guesses else Guess("", 0.0)

    def to_dict(self) -> dict[str, Any]:
        """JSON for the message in Rasa's tracker; the text stands there already."""
        return {
            "guesses": [[guess.label, round(guess.probability, 4)] for guess in self.guesses],
            "score": round(self.score, 4),
            "band": self.band,
            "ours": self.ours,
            "facts": {id_: round(near, 3) for id_, near in self.facts.items()},
            "parts": [{"text": part.text, **part.to_dict()} for part in self.parts],
            "more": self.more,
        }

    @staticmethod
    def from_dict(text: str, found: Mapping[str, Any]) -> Understood:
        """What `to_dict` wrote, read back."""
        return Understood(
            text,
            tuple(Guess(str(label), float(probability)) for label, probability in found.get("guesses") or ()),
            float(found.get("score") or 0.0),
            str(found.get("band") or "answer"),
            bool(found.get("ours", True)),
            dict(found.get("facts") or {}),
            tuple(Understood.from_dict(str(part.get("text") or ""), part) for part in found.get("parts") or ()),
            bool(found.get("more")),
        )
