"""Folding of what people type, so that aliases and cues are found whatever the case, accents and hyphens."""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'"})
_GAPS = re.compile(r"[^\w'$%&]+|_")


def fold(text: str) -> str:
    """Lower case, full-width forms and accents folded; punctuation and spacing kept."""
    wide = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    return "".join(c for c in wide if not unicodedata.combining(c)).casefold()


def normalize(text: str) -> str:
    """Folded words with single spaces: "Sub-Internship?" and "sub internship" are the same."""
    return _GAPS.sub(" ", fold(text)).strip()


def plural_forms(word: str) -> set[str]:
    """A word with its regular English plural, so that staff need not list both."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return {word, word[:-1] + "ies"}
    return {word, word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")}
