"""What a text names beside topics: countries, years, scores, attempts, durations, people, and what it denies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from img_pathway.knowledge.mentions import Mentions
from img_pathway.knowledge.text import normalize, word_places
from img_pathway.quiz.words import Words
from img_pathway.reading.cues import OTHER
from img_pathway.reading.schooling import ABOUT, ABOUT_REACH

_YEAR = re.compile(r"(?:19[5-9]|20[0-4])[0-9]\Z")
_SCORE = re.compile(r"(?:1[5-9]|2[0-9])[0-9]\Z")
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "couple": 2,
}  # fmt: skip
_UNITS = {
    "day": "day", "week": "week", "wk": "week", "month": "month", "mo": "month", "year": "year", "yr": "year",
    "hour": "hour", "hr": "hour",
}  # fmt: skip
_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_AGO = {"ago", "back"}
_TRIES = {"attempt", "attempts", "time", "times", "try", "tries"}
_TRYING = re.compile(r"(?:fail|flunk|attempt|appl|tri(?:ed|es)|try)")
_CLAUSE_END = re.compile(r"[,.;:!?\n]")
# So many words may stand between a figure of attempts and the trying that it counts.
_NEAR_TRYING = 6
_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
    "sixth": 6, "6th": 6,
}  # fmt: skip
_BY_X = re.compile(r"x([1-9])|([1-9])x")
_NEGATION_REACH = 3


@dataclass(frozen=True)
class Entity:
    """One thing named; `start` and `end` count words of the normalized text, `value` is its plain form."""

    kind: str
    value: str
    start: int
    end: int
    negated: bool = False


class Entities:
    """Finds everything that a text names, for look-up and quiz alike."""

    def __init__(self, words: Words, mentions: Mentions | None = None) -> None:
        """Take the small words of the quiz, and the topics of the knowledge base."""
        self._words, self._mentions = words, mentions

    def find(self, text: str) -> list[Entity]:
        """Entities in reading order."""
        words = normalize(text).split()
        found = [
            *self._topics(text, words, _clause_starts(text)),
            *self.countries(words),
            *self.people(words),
            *years(words),
            *_figures(words),
        ]
        return sorted(set(found), key=lambda entity: (entity.start, entity.kind))

    def _topics(self, text: str, words: list[str], clauses: list[int]) -> Iterator[Entity]:
        for mention in self._mentions.topics(text) if self._mentions else ():
            # A "not" reaches neither far nor over a comma.
            clause = max(start for start in clauses if start <= mention.start)
            reach = words[max(clause, mention.start - _NEGATION_REACH) : mention.start]
            # "Never failed Step 1" denies the failing, not the exam.
            negated = bool(self._words.negators.find(reach)) and not any(_TRYING.match(word) for word in reach)
            yield Entity("topic", mention.id, mention.start, mention.end, negated)

    def countries(self, words: list[str]) -> Iterator[Entity]:
        """Countries by their names, nationalities and cities; the value is the ISO 3166 code."""
        for mention in self._words.countries(words):
            yield Entity("country", mention.id, mention.start, mention.end)

    def people(self, words: list[str]) -> Iterator[Entity]:
        """Relatives and friends."""
        for match in self._words.cues.people.find(words):
            if match.id != OTHER:
                yield Entity("person", match.id, match.start, match.end)


def _clause_starts(text: str) -> list[int]:
    """The words that begin a clause, counted as in the normalized text."""
    places = word_places(text)
    gaps = zip([(0, 0), *places], places, strict=False)
    return [0, *(i for i, (before, here) in enumerate(gaps) if _CLAUSE_END.search(text[before[1] : here[0]]))]


def years(words: list[str]) -> Iterator[Entity]:
    """Years as figures, and as so many years ago."""
    for i, word in enumerate(words):
        if _YEAR.match(word):
            yield Entity("year", word, i, i + 1)
        # "A couple of years ago", "over five years ago": no year in particular.
        number = None if word == "couple" or ABOUT & set(words[max(0, i - ABOUT_REACH) : i]) else _number(word)
        after = words[i + 1 : i + 3]
        if number is not None and len(after) == 2 and _unit(after[0]) == "year" and after[1] in _AGO:
            yield Entity("years_ago", str(number), i, i + 3)


def durations(words: list[str]) -> list[int]:
    """Numbers of years that are named."""
    pairs = pairwise(words)
    return [number for word, after in pairs if (number := _number(word)) is not None and _unit(after) == "year"]


def _figures(words: list[str]) -> Iterator[Entity]:
    """Durations, scores and attempts."""
    for i, word in enumerate(words):
        number, after = _number(word), words[i + 1 : i + 3]
        unit = _unit(after[0]) if after else None
        if number is not None and unit and after[1:2] not in ([a] for a in _AGO):
            yield Entity("duration", f"{number} {unit}{'' if number == 1 else 's'}", i, i + 2)
        elif _SCORE.match(word) and not _YEAR.match(word):
            yield Entity("score", word, i, i + 1)
        times = _times_at(words, i)
        if times and _speaks_of_trying(words, i):
            yield Entity("attempts", str(times), i, i + 1)


def _times_at(words: list[str], i: int) -> int | None:
    word, after = words[i], words[i + 1 : i + 2]
    if by_x := _BY_X.fullmatch(word):
        return int(by_x[1] or by_x[2])
    times = _TIMES.get(word) or (_count(word) if after and after[0] in _TRIES else None)
    return times or (_ORDINALS.get(word) if after and after[0] in ("attempt", "try", "time") else None)


def _count(word: str) -> int | None:
    return None if word in ("a", "an") else _number(word)


def _speaks_of_trying(words: list[str], position: int) -> bool:
    around = words[max(0, position - _NEAR_TRYING) : position + _NEAR_TRYING]
    return any(_TRYING.match(word) for word in around)


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() and len(word) < 3 else _NUMBERS.get(word)


def _unit(word: str) -> str | None:
    return _UNITS.get(word) or _UNITS.get(word.rstrip("s"))
