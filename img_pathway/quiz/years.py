"""Years as the answer to a question that is open: the year of a degree, or the years between two exams."""

from __future__ import annotations

from collections.abc import Sequence

from img_pathway.quiz.entities import durations, years
from img_pathway.quiz.questions import YearsBetween
from img_pathway.quiz.told import between
from img_pathway.reading.schooling import ABOUT

# "Before 2010", "not 2016", "around 2016": no year in particular.
_NOT_THE_YEAR = ABOUT | {"not", "before", "after", "until", "till"}
_AT_MOST = {"within", "under", "less", "below", "fewer", "most"}
_AT_LEAST = {"over", "more", "above", "least", "longer"}


def year_of(words: Sequence[str], this_year: int) -> int | None:
    """Return the year that words name, as a figure or as years ago; of two years, which is meant is asked."""
    found = list(years(list(words)))
    if len(found) != 1 or _NOT_THE_YEAR & set(words[max(0, found[0].start - 1) : found[0].start]):
        return None
    value = int(found[0].value)
    return value if found[0].kind == "year" else this_year - value


def years_apart(words: Sequence[str]) -> int | None:
    """Return the years between two that are named, or a number of years."""
    named = [int(entity.value) for entity in years(list(words)) if entity.kind == "year"]
    if len(named) == 2:
        return abs(named[0] - named[1])
    said = durations(list(words))
    return said[0] if not named and len(said) == 1 else None


def answer_of(rule: YearsBetween, apart: int, words: Sequence[str]) -> str | None:
    """Return the answer of so many years; "within 9 years" may be fewer, and "over 3 years" more than the limit."""
    answer = between(rule, apart)
    unlike = _AT_MOST if answer == rule.beyond else _AT_LEAST
    return None if unlike & set(words) else answer
