"""Which Match year is realistic: what is missing and how long it takes, against the dates of the seasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from img_pathway.quiz.engine import Engine
from img_pathway.quiz.logic import Truth
from img_pathway.quiz.model import Duration, Outlook, Quiz
from img_pathway.quiz.plan import Station
from img_pathway.quiz.season import SeasonDates
from img_pathway.quiz.state import Answer

_MOST_YEARS = 12


@dataclass(frozen=True)
class Years:
    """The first Match for which a person can be ready at the quickest, and at the slowest."""

    earliest: int
    latest: int


def years(season: SeasonDates, ready_by: str, missing: Iterable[Duration]) -> Years | None:
    """Return the Match years for which all that is missing can be done in time, one thing after the other.

    None where no date of an earlier season tells about when it has to be done.
    """
    missing = list(missing)
    earliest = _first(season, ready_by, [(one.quickest, one.by) for one in missing])
    latest = _first(season, ready_by, [(one.slowest, one.by) for one in missing])
    return Years(earliest, latest) if earliest and latest else None


def missing_in(quiz: Quiz, plan: Iterable[Station]) -> list[Duration] | None:
    """Return the durations of what is missing; None where it is not known what is."""
    timed = [station for station in plan if station.step in quiz.durations and station.done is not Truth.YES]
    if any(Truth.UNKNOWN in (station.done, station.needed) for station in timed):
        return None
    found = [quiz.durations[station.step] for station in timed]
    # The last exam's result is waited for; those of the others come while people study on.
    exams = [one for one in found if one.by == quiz.ready_by]
    return [*found, quiz.results_take] if exams and quiz.results_take else found


@dataclass(frozen=True)
class Found:
    """What is to be said of the Match year, with the dates of the season that it names, and the years reckoned."""

    says: str = ""
    facts: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    years: Years | None = None
    this_season: bool = False
    """Whether the dates of the season that goes on concern the person."""


def outlook(engine: Engine, plan: Iterable[Station], answers: Mapping[str, Answer]) -> Found:
    """Return what the first record that holds says; nothing where none does."""
    quiz, known = engine.quiz, engine.known(answers)
    missing = missing_in(quiz, plan)
    found = years(quiz.season, quiz.ready_by, missing) if quiz.ready_by and missing is not None else None
    for when, unless, record, dates in quiz.outlooks:
        if (record.ready and _ready(found, quiz.match_year) not in record.ready) or unless.truth(known) is Truth.YES:
            continue
        truth = when.truth(known)
        if truth is Truth.UNKNOWN and not record.if_known:
            # Unknown is not no: what stands below may not hold either.
            unknown = next((one for *_, one, _ in quiz.outlooks if one.ready == ("unknown",)), None)
            return _said(unknown, (), None)
        if truth is Truth.YES:
            return _said(record, dates, found)
    return Found()


def _said(record: Outlook | None, dates: tuple[str, ...], found: Years | None) -> Found:
    if record is None:
        return Found()
    says = str(record.says or "")
    if found:
        says = says.replace("{realistic_year}", str(found.earliest)).replace("{latest_year}", str(found.latest))
    return Found(says, record.facts, dates, found, record.this_season)


def _ready(found: Years | None, match_year: int) -> str:
    if found is None:
        return "unknown"
    if found.earliest == match_year:
        return "this_season" if found.latest == match_year else "perhaps_this_season"
    return "one_year" if found.earliest == found.latest else "two_years"


def _first(season: SeasonDates, ready_by: str, missing: list[tuple[int, str]]) -> int | None:
    """The first Match before which everything is done by its date."""
    for year in range(season.match_year, season.match_year + _MOST_YEARS):
        for by in dict.fromkeys((ready_by, *(by for _, by in missing))):
            day = season.expected(by, year)
            # What is due by the first date is done before what is due later.
            days = sum(days for days, due in missing if due in (ready_by, by))
            if day is None:
                return None
            if season.today + timedelta(days=days) > day:
                break
        else:
            return year
    return None


__all__ = ["Found", "Years", "missing_in", "outlook", "years"]
