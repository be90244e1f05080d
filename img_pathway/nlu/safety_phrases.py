"""The phrases of data/safety.yml, and which of them a text holds."""

from __future__ import annotations

from pathlib import Path

from pydantic import StrictStr

from img_pathway.content import ContentError, Record, load_document, read_records
from img_pathway.knowledge.text import normalize


class Danger(Record):
    """Phrases that mean danger, and the contexts in which they do not."""

    phrases: tuple[StrictStr, ...]
    unless: tuple[StrictStr, ...] = ()


class SafetyFile(Record):
    """data/safety.yml."""

    dangers: dict[StrictStr, Danger]


class SafetyPhrases:
    """Finds a danger in a text."""

    def __init__(self, path: Path) -> None:
        """Read the phrases; raises ContentError."""
        document = load_document(path, path.parent.parent)
        dangers = read_records(document, SafetyFile).dangers
        # A phrase without a word would be found in every message without one.
        problems = [
            document.problem(("dangers", intent, part, i), f'"{phrase}" holds no word, so it cannot be looked for.')
            for intent, danger in dangers.items()
            for part in ("phrases", "unless")
            for i, phrase in enumerate(getattr(danger, part))
            if not normalize(phrase)
        ]
        if problems:
            raise ContentError(problems)
        self.document = document
        self.intents = tuple(dangers)
        self._dangers = [(i, _padded(danger.phrases), _padded(danger.unless)) for i, danger in dangers.items()]

    def danger(self, text: str) -> str | None:
        """The intent (emergency or crisis) that a phrase of the text stands for."""
        words = f" {normalize(text)} "
        for intent, phrases, contexts in self._dangers:
            if any(phrase in words for phrase in phrases) and not any(context in words for context in contexts):
                return intent
        return None


def _padded(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f" {normalize(phrase)} " for phrase in phrases)
