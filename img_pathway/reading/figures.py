"""Numbers as people type and dictate them, as figures: "two forty one", "twenty fifteen", "h one b", "'18"."""

from __future__ import annotations

import re

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_ROMAN = {"i": "1", "ii": "2", "iii": "3"}
# After these a roman figure is a number: "step ii".
_BEFORE_ROMAN = {"step", "steps", "usmle", "level"}
_VISA_LETTERS = set("bcefhjlot")
_SHORT_YEAR = re.compile(r"([a-z]*)'([0-9]{2})\Z")
_ROMAN_YEAR = re.compile(r"m{1,2}(?:cm|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})\Z")
_ROMAN_VALUES = {"m": 1000, "d": 500, "c": 100, "l": 50, "x": 10, "v": 5, "i": 1}
_THIS_CENTURY = 50


def figures(words: list[str]) -> list[tuple[str, int]]:
    """Return the words with numbers as figures, each with how many words it was."""
    found: list[tuple[str, int]] = []
    i = 0
    while i < len(words):
        said, used = _visa(words[i : i + 3]) or _number(words[i : i + 5]) or (words[i], 1)
        if used == 1 and i and words[i - 1] in _BEFORE_ROMAN:
            said = _ROMAN.get(said, said)
        found.append((_year_of(said), used))
        i += used
    return found


def _year_of(word: str) -> str:
    short = _SHORT_YEAR.fullmatch(word)
    if short:
        year = int(short[2])
        return str(year + (2000 if year < _THIS_CENTURY else 1900))
    if len(word) > 3 and _ROMAN_YEAR.fullmatch(word):
        return str(_roman(word))
    return word


def _roman(word: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in word]
    return sum(-v if any(v < w for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


def _visa(words: list[str]) -> tuple[str, int] | None:
    """A kind of visa said letter by letter: "h one b", "j 1"."""
    if len(words) < 2 or words[0] not in _VISA_LETTERS:
        return None
    figure = _UNITS.get(words[1]) if not words[1].isdigit() else int(words[1]) if len(words[1]) == 1 else None
    if figure is None and words[1] == "1b" and words[0] == "h":
        return "h1b", 2
    if figure is None or not 1 <= figure <= 5:
        return None
    if words[0] == "h" and figure == 1 and words[2:3] == ["b"]:
        return "h1b", 3
    return f"{words[0]}{figure}", 2


def _number(words: list[str]) -> tuple[str, int] | None:
    """The figure that the first words say, and how many words it takes."""
    first = _below_hundred(words)
    if first is None:
        return None
    value, used = first
    rest = words[used:]
    if rest[:1] == ["hundred"] and value < 10:
        return _and_more(value * 100, used + 1, words)
    if rest[:1] == ["thousand"] and value < 10:
        return _and_more(value * 1000, used + 1, words)
    more = _below_hundred(rest)
    # "Twenty fifteen" is a year, "two forty one" a score; "one two" are two numbers.
    if more and more[0] >= 10 and (value in (19, 20) or (value in (1, 2) and words[0] in _UNITS)):
        return str(value * 100 + more[0]), used + more[1]
    return str(value), used


def _and_more(value: int, used: int, words: list[str]) -> tuple[str, int]:
    skip = 1 if words[used : used + 1] == ["and"] else 0
    more = _below_hundred(words[used + skip :])
    return (str(value + more[0]), used + skip + more[1]) if more else (str(value), used)


def _below_hundred(words: list[str]) -> tuple[int, int] | None:
    first = words[0] if words else ""
    if first in _TENS:
        unit = _UNITS.get(words[1], 0) if len(words) > 1 else 0
        return (_TENS[first] + unit, 2) if unit else (_TENS[first], 1)
    value = _UNITS.get(first, _TEENS.get(first))
    return None if value is None else (value, 1)
