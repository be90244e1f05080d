"""Which facts need a fresh look: their season has passed, they are old, or nobody knows how old they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from img_pathway.content import ContentError
from img_pathway.dialogue.bot import load_bot
from img_pathway.knowledge.load import Found, read_knowledge
from img_pathway.knowledge.model import Fact

Why = Literal["season", "age", "undated"]
SAID: dict[Why, str] = {
    "season": "Their season has passed (people are told the year with the figure)",
    "age": "Not looked at for more than two years",
    "undated": "Of sources without a date, and never checked",
}
URGENT: tuple[Why, ...] = ("season", "age")

_OLD_MONTHS = 24
# Who has looked and found no new figures need not look again every day.
_QUIET_DAYS = 30
_SHOWN = 20
# "2025", "2025-26", "2024-2026", "2024+".
_YEARS = re.compile(r"\b((?:19|20)\d\d)(?:\s*[-\u2013]\s*((?:19|20)?\d\d))?\b")
_MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Seasons are named after the year of their Match; anything else is a year of the calendar.
_OF_THE_MATCH = re.compile(r"season|match|cycle", re.IGNORECASE)


@dataclass(frozen=True)
class Stale:
    """A fact that needs a fresh look."""

    fact: Fact
    why: Why
    place: str
    """File and line."""
    sources: tuple[str, ...]
    """Addresses where to look."""

    def __str__(self) -> str:
        season = f", {self.fact.season}" if self.fact.season else ""
        seen = f", checked {self.fact.checked.on}" if self.fact.checked else ""
        return f"{self.place}  {self.fact.id} (as of {self.fact.as_of}{season}{seen})\n    {self.sources[0]}"


def stale(data: Path, today: date) -> list[Stale]:
    """Facts that need a fresh look, the most urgent first; raises ContentError."""
    found = read_knowledge(data / "knowledge")
    if found.problems:
        raise ContentError(found.problems)
    match_year = load_bot(data, today).engine.quiz.match_year
    listed = [
        Stale(fact, why, _place(found, fact.id), tuple(str(found.knowledge.sources[id_].url) for id_ in fact.sources))
        for fact in found.knowledge.facts.values()
        if (why := _why(fact, today, match_year))
    ]
    order = list(SAID)
    return sorted(listed, key=lambda item: (order.index(item.why), last_year(item.fact.season or item.fact.as_of) or 0))


def listed(found: Iterable[Stale], *, every: bool) -> Iterator[str]:
    """Lines to print: what is urgent, and of the rest how much there is; with `every`, all of it."""
    by_reason: dict[Why, list[Stale]] = {}
    for item in found:
        by_reason.setdefault(item.why, []).append(item)
    for why, items in by_reason.items():
        most = len(items) if every else _SHOWN if why in URGENT else 0
        yield f"{SAID[why]}: {len(items)}"
        yield from (f"  {item}" for item in items[:most])
        if len(items) > most:
            yield f"  … {len(items) - most} more; add --all to see them."


def open_dates(data: Path, today: date) -> Iterator[str]:
    """Lines to print: dates of the season in use that are not known to the day; raises ContentError."""
    bot = load_bot(data, today)
    season = bot.engine.quiz.season
    unknown = {id_: record for id_, record in season.dates.items() if not record.on}
    if unknown:
        yield f"Dates of the {season.match_year} Match without a day (data/season): {len(unknown)}"
    for id_, record in unknown.items():
        known = record.about or (f"last season {record.last}" if record.last else "nothing")
        yield f"  {id_}: {record.what} (known: {known})"
        yield f"    {bot.knowledge.sources[record.sources[0]].url}"


def last_year(text: str) -> int | None:
    """The last year that a text names: 2026 for "2025-26"."""
    years = []
    for first, last in _YEARS.findall(text):
        years.append(int(first) if not last else int(last if len(last) == 4 else first[:2] + last))
    return max(years, default=None)


def _why(fact: Fact, today: date, match_year: int) -> Why | None:
    checked = date.fromisoformat(fact.checked.on) if fact.checked else None
    year = last_year(fact.season or "")
    now = match_year if _OF_THE_MATCH.search(fact.season or "") else today.year
    if fact.changes == "each_season" and year and year < now:
        return None if checked and (today - checked).days <= _QUIET_DAYS else "season"
    if fact.changes == "never":
        return None
    seen = max(filter(None, (checked, _end_of(fact.as_of))), default=None)
    if seen is None:
        return "undated"
    return "age" if (today.year - seen.year) * 12 + today.month - seen.month > _OLD_MONTHS else None


def _end_of(as_of: str) -> date | None:
    """The last month that a date in words names; of a bare year, its end."""
    year = last_year(as_of)
    months = [_MONTHS.index(name.lower()) + 1 for name in _MONTH.findall(as_of)]
    return date(year, months[-1] if months else 12, 1) if year else None


def _place(found: Found, fact: str) -> str:
    for document in found.documents:
        for i, record in enumerate(document.data.get("facts", ())):
            if record["id"] == fact:
                return f"{document.file}:{document.line(('facts', i))}"
    raise KeyError(fact)
