"""The comment at the top of a file of examples that counts them, kept true."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

Examples = Mapping[str, Sequence[str]]
"""The examples of a file by label."""

_SHORT, _MIDDLE = 6, 14
_ROW = re.compile(r"#\s+([a-z_][a-z_/0-9]*)((?:\s+\d+)+|\s+\d+\s+\([\d /]+\))\s*")
_NUMBER = re.compile(r" *\d+")


def _count(test: Callable[[str], bool]) -> Callable[[Examples], int]:
    return lambda examples: sum(test(text) for texts in examples.values() for text in texts)


def _words(least: int, most: int) -> Callable[[str], bool]:
    return lambda text: least <= len(text.split()) <= most


_ANY = 10**6
# Phrases of the headers, and what the number before each counts.
_PHRASES: tuple[tuple[str, Callable[[Examples], int]], ...] = (
    (r"\d+(?= intents\b)", len),
    (r"(?<!to )\b\d+(?= examples\b)", _count(lambda text: True)),
    (r"\d+(?= in all\b)", _count(lambda text: True)),
    (r"\d+(?= without a question mark)", _count(lambda text: not text.endswith("?"))),
    (r"\d+(?= of up to 6 words)", _count(_words(0, _SHORT))),
    (r"\d+(?= of up to 7 words)", _count(_words(0, 7))),
    (r"\d+(?= of 7-14 words)", _count(_words(_SHORT + 1, _MIDDLE))),
    (r"\d+(?= of 15 words)", _count(_words(_MIDDLE + 1, _ANY))),
    (r"(?<=with )\d+(?= to \d+ examples)", lambda examples: min(map(len, examples.values()))),
    (r"(?<= to )\d+(?= examples)", lambda examples: max(map(len, examples.values()))),
)


def counted(row: str, examples: Examples) -> str:
    """A line of the header with the numbers that are true now."""
    of_label = _ROW.fullmatch(row)
    if of_label and of_label[1] in examples:
        return row[: of_label.start(2)] + _with_numbers(of_label[2], _by_length(examples[of_label[1]]))
    for phrase, count in _PHRASES:
        if re.search(phrase, row):
            row = re.sub(phrase, str(count(examples)), row)
    return row


def _by_length(texts: Sequence[str]) -> list[int]:
    bounds = ((0, _SHORT), (_SHORT + 1, _MIDDLE), (_MIDDLE + 1, _ANY))
    return [len(texts), *(sum(map(_words(*bound), texts)) for bound in bounds)]


def _with_numbers(cells: str, numbers: list[int]) -> str:
    """The numbers in their places, flush right as they were."""
    left = iter(numbers)
    return _NUMBER.sub(lambda cell: str(next(left, "")).rjust(len(cell[0])), cells)
