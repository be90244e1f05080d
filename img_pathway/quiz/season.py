"""Dates of a season (data/season): each with its source, or not published yet, and said against today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import StrictInt, StrictStr

from img_pathway.content import ContentError, Document, Problem, Record, Text, load_document, nearest, read_records
from img_pathway.knowledge import Knowledge


class SeasonDate(Record):
    """One date of a season: a day, or about when, or neither where it is not published yet."""

    what: Text
    """What happens: "programs may read applications"."""
    on: StrictStr | None = None
    """The day, as 2026-09-23."""
    about: StrictStr | None = None
    """About when, in words, where no source names the day: "late September 2026"."""
    past_after: StrictStr | None = None
    """The day after which something that is only known `about` is surely past."""
    last: StrictStr | None = None
    """The day of the season before, as a pattern."""
    as_of: StrictStr
    sources: tuple[StrictStr, ...]


class SeasonFile(Record):
    """data/season/<year of the Match>.yml."""

    match_year: StrictInt
    dates: dict[StrictStr, SeasonDate]


@dataclass(frozen=True)
class SeasonDates:
    """The dates of the season that people aim at, on a day."""

    match_year: int
    dates: Mapping[str, SeasonDate]
    today: date
    patterns: Mapping[str, date]
    """About when a date falls in this season, by the last one that is known; to reckon with, never to be said."""

    def in_words(self) -> dict[str, str]:
        """Return what braces in texts of the quiz may hold: each date as it is said today."""
        return {id_: _said(record, self.match_year) for id_, record in self.dates.items()}

    def passed(self) -> frozenset[str]:
        """Return the dates that are past today; what is not published is not past."""
        return frozenset(id_ for id_, record in self.dates.items() if (end := _end(record)) and end < self.today)

    def begun(self) -> frozenset[str]:
        """Return the dates whose day has come; what is known only `about` has come when it is surely past."""
        came = {id_ for id_, record in self.dates.items() if record.on and date.fromisoformat(record.on) <= self.today}
        return self.passed() | came

    def expected(self, id_: str, match_year: int) -> date | None:
        """Return about when a date falls in the season of a Match, to reckon with; None where nothing is known."""
        pattern = self.patterns.get(id_)
        return _years_later(pattern, match_year - self.match_year) if pattern else None


def read_seasons(folder: Path, knowledge: Knowledge) -> dict[int, Mapping[str, SeasonDate]]:
    """Read all files of a folder, by the year of the Match; raises ContentError."""
    found: dict[int, Mapping[str, SeasonDate]] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yml")):
        try:
            document = load_document(path, folder.parent.parent)
            file = read_records(document, SeasonFile)
        except ContentError as error:
            problems += error.problems
            continue
        problems += _problems(document, file, knowledge, path.stem)
        found[file.match_year] = file.dates
    if problems:
        raise ContentError(problems)
    return found


def dates_of(seasons: Mapping[int, Mapping[str, SeasonDate]], match_year: int, today: date) -> SeasonDates:
    """Return the dates of a season; without a file of its own none is published; the last ones are its pattern."""
    patterns = dict(_patterns(seasons, match_year))
    if match_year in seasons:
        return SeasonDates(match_year, seasons[match_year], today, patterns)
    before = max((year for year in seasons if year < match_year), default=None)
    known = seasons[before] if before is not None else {}
    # Of an older season than the last no day is a pattern: it would be said as if it were last year's.
    is_last = before == match_year - 1
    dates = {
        id_: record.copy(update={"on": None, "about": None, "past_after": None, "last": record.on if is_last else None})
        for id_, record in known.items()
    }
    return SeasonDates(match_year, dates, today, patterns)


def day_in_words(day: str) -> str:
    """Return a day as people write it: September 3, 2025."""
    parsed = date.fromisoformat(day)
    return f"{parsed:%B} {parsed.day}, {parsed.year}"


def _said(record: SeasonDate, match_year: int) -> str:
    if record.on:
        return day_in_words(record.on)
    if record.about:
        return record.about
    pattern = f" (last season: {day_in_words(record.last)})" if record.last else ""
    return f"a day of the {match_year} season that we have not seen published{pattern}"


def _patterns(seasons: Mapping[int, Mapping[str, SeasonDate]], match_year: int) -> Iterator[tuple[str, date]]:
    """Dates of all seasons up to this one, as they fall in this one; a later season's stands last and holds."""
    for year in sorted(year for year in seasons if year <= match_year):
        for id_, record in seasons[year].items():
            if end := _end(record):
                yield id_, _years_later(end, match_year - year)
            elif record.last:
                yield id_, _years_later(date.fromisoformat(record.last), match_year - year + 1)


def _years_later(day: date, years: int) -> date:
    # February 29 has no counterpart in most years.
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _end(record: SeasonDate) -> date | None:
    day = record.on or record.past_after
    return date.fromisoformat(day) if day else None


def _problems(document: Document, file: SeasonFile, knowledge: Knowledge, stem: str) -> Iterator[Problem]:
    if stem != str(file.match_year):
        yield document.problem(("match_year",), f"the file of the Match of {file.match_year} is {file.match_year}.yml.")
    for id_, record in file.dates.items():
        for key in ("on", "past_after", "last"):
            day = getattr(record, key)
            if day and not _is_day(day):
                yield document.problem(("dates", id_, key), f'"{day}" is no day. Write it as 2026-09-03.')
        if record.on and record.about:
            yield document.problem(("dates", id_, "about"), "a date has `on` or `about`, not both.")
        if bool(record.about) is not bool(record.past_after):
            yield document.problem(("dates", id_), "`about` needs `past_after`, the day after which it is past.")
        for source in record.sources:
            if source not in knowledge.sources:
                message = f'unknown source "{source}".{nearest(source, knowledge.sources)}'
                yield document.problem(("dates", id_, "sources"), message)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
