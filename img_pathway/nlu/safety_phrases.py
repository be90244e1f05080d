"""The phrases of data/safety.yml, and which of them a text holds."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import StrictStr

from img_pathway.content import ContentError, Record, load_document, read_records
from img_pathway.knowledge.text import normalize

_SENTENCE_END = re.compile(r"[.!?;\n\u061f\u0964]+")
_LONG_FORMS = {
    "cant": "can not", "cannot": "can not", "couldnt": "could not", "dont": "do not", "doesnt": "does not",
    "didnt": "did not", "wont": "will not", "wouldnt": "would not", "isnt": "is not", "wanna": "want to",
    "im": "i am", "ive": "i have", "hes": "he is", "shes": "she is", "lifes": "life is",
}  # fmt: skip


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
        self._dangers = [(i, _all_padded(danger.phrases), _all_padded(danger.unless)) for i, danger in dangers.items()]

    def danger(self, text: str) -> str | None:
        """The intent (emergency or crisis) that a phrase of the text stands for."""
        # What one sentence says about an exam must not hide what the next one says about a person.
        sentences = [_padded(sentence) for sentence in _SENTENCE_END.split(text)]
        for intent, phrases, contexts in self._dangers:
            for words in sentences:
                if any(phrase in words for phrase in phrases) and not any(context in words for context in contexts):
                    return intent
        return None


def _all_padded(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_padded, phrases))


def _padded(text: str) -> str:
    """Normalized words with a space on both sides, apostrophes left out and short forms written out."""
    words = normalize(text).replace("'", "").split()
    return f" {' '.join(_LONG_FORMS.get(word, word) for word in words)} "
