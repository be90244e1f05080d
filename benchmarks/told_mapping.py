"""What a claim means for the questions of the quiz, read from told_mapping.yml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from benchmarks.told_claims import Claim
from img_pathway.quiz.model import Choice, Quiz

FILE = Path(__file__).with_name("told_mapping.yml")
LAST_YEARS_AHEAD = 8
"""How far ahead a year of graduation may lie, as in the quiz."""

Options = frozenset[str | int]
"""Options of a question that are possible; of the year of graduation, years."""
_EFFECTS = ("tells", "follows", "may", "maybe", "mistaken")
_FIELDS = {"value", "mode", "year", "times", *_EFFECTS}


class MappingError(Exception):
    """The table names what the quiz does not have, or is not written as it should be."""


@dataclass(frozen=True)
class Means:
    """What a claim means: for each question the options that stay possible."""

    tells: Mapping[str, Options] = field(default_factory=dict)
    follows: Mapping[str, Options] = field(default_factory=dict)
    may: Mapping[str, Options] = field(default_factory=dict)
    maybe: Mapping[str, Options] = field(default_factory=dict)
    mistaken: Mapping[str, Options] = field(default_factory=dict)


@dataclass(frozen=True)
class _Row:
    matter: str
    values: tuple[str, ...]
    modes: tuple[str, ...]
    limits: Mapping[str, Mapping[str, int]]
    effects: Mapping[str, Mapping[str, Any]]

    def fits(self, claim: Claim, mode: str) -> bool:
        """Return whether the row is about a claim, read in a mode."""
        return (
            mode in self.modes
            and any(fnmatchcase(claim.value, value) for value in self.values)
            and all(_within(getattr(claim, name), limit) for name, limit in self.limits.items())
        )


class Table:
    """The mapping over one quiz."""

    def __init__(self, raw: Mapping[str, Any], quiz: Quiz, this_year: int) -> None:
        """Read the rows; raises MappingError for a question or an option that the quiz does not have."""
        self.no_place = frozenset(raw.get("no_place") or ())
        self.prevails: Mapping[str, list[str]] = raw.get("prevails") or {}
        self.between: Mapping[str, Any] = raw.get("between_years") or {}
        self._people: dict[str, str] = {name: bot for bot, names in (raw.get("people") or {}).items() for name in names}
        self._every = {
            name: frozenset[str | int](range(record.earliest, this_year + LAST_YEARS_AHEAD + 1))
            if record.kind == "year"
            else frozenset[str | int](record.options)
            for name, record in quiz.questions.items()
        }
        self._in_order = {name: tuple(record.options) for name, record in quiz.questions.items()}
        self._rows = {matter: [_row(matter, row) for row in rows] for matter, rows in (raw.get("rows") or {}).items()}
        self._check()

        tests = [test for test in quiz.tests.values() if isinstance(test, Choice)]
        self._tests = {
            name: [frozenset[str | int](t.options) for t in tests if t.question == name] for name in self._every
        }

    def tests(self, question: str) -> list[Options]:
        """Return the sets of options by which rules tell answers to a question apart."""
        return self._tests[question]

    @property
    def matters(self) -> frozenset[str]:
        """Return the matters that have rows."""
        return frozenset(self._rows)

    def every(self, question: str) -> Options:
        """Return all options of a question."""
        return self._every[question]

    def in_order(self, question: str) -> tuple[str, ...]:
        """Return the options of a question as the quiz lists them; none of a year."""
        return self._in_order[question]

    def person(self, about: str) -> str:
        """Return what the bot calls the person of a claim."""
        return self._people.get(about, about)

    def has_row(self, claim: Claim) -> bool:
        """Return whether a row is about a claim."""
        return self._find(claim, claim.mode) is not None

    def means(self, claim: Claim) -> Means:
        """Return what a claim means; nothing where no row is about it."""
        return self._means(self._find(claim, claim.mode), claim)

    def lures(self, claim: Claim, *, of_another: bool = False) -> list[tuple[str, Options]]:
        """Return what a misreading books from a claim, by question.

        Of another person that is all that the claim means; of what is not so, what it would mean if it were.
        """
        own, so = self.means(claim), self._means(self._find(claim, "is"), claim)
        taken = [own.mistaken]
        if of_another:
            taken += [own.tells, own.follows, own.may, own.maybe]
        if claim.mode != "is":
            taken += [so.tells, so.follows]
        return [pair for effects in taken for pair in effects.items()]

    def _find(self, claim: Claim, mode: str) -> _Row | None:
        return next((row for row in self._rows.get(claim.matter, ()) if row.fits(claim, mode)), None)

    def _means(self, row: _Row | None, claim: Claim) -> Means:
        if row is None:
            return Means()
        return Means(
            **{
                name: {question: self._options(question, said, claim.value) for question, said in effects.items()}
                for name, effects in row.effects.items()
            }
        )

    def _options(self, question: str, said: Any, value: str) -> Options:
        if isinstance(said, Mapping):
            return self.every(question) - self._options(question, said["not"], value)
        listed: Iterable[str] = [value] if said == "value" else said
        by_name = {str(option): option for option in self.every(question)}
        unknown = [name for name in listed if name not in by_name]
        if unknown:
            raise MappingError(_no_such(question, unknown[0], by_name))
        return frozenset(by_name[name] for name in listed)

    def _check(self) -> None:
        for matter, rows in self._rows.items():
            if matter in self.no_place:
                raise MappingError(f"{FILE.name}: {matter} has rows and stands in no_place.")
            for row in rows:
                for effects in row.effects.values():
                    for question, said in effects.items():
                        self._check_options(matter, question, said)
        between = {self.between["question"]: [self.between[n] for n in ("within", "beyond")]} if self.between else {}
        for question, said in {**self.prevails, **between}.items():
            self._check_options("prevails, between_years", question, said)

    def _check_options(self, matter: str, question: str, said: Any) -> None:
        if question not in self._every:
            raise MappingError(f"{FILE.name}, {matter}: the quiz has no question {question!r}.")
        listed = said["not"] if isinstance(said, Mapping) else said
        for name in [] if listed == "value" else listed:
            if name not in self._every[question]:
                raise MappingError(f"{FILE.name}, {matter}: {_no_such(question, name, self._every[question])}")


def load_table(quiz: Quiz, this_year: int) -> Table:
    """Read told_mapping.yml for a quiz; raises MappingError."""
    return Table(yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader), quiz, this_year)


def _row(matter: str, raw: Mapping[str, Any]) -> _Row:
    unknown = set(raw) - _FIELDS
    if unknown:
        raise MappingError(f"{FILE.name}, {matter}: a row has no field {sorted(unknown)[0]!r}.")
    return _Row(
        matter,
        _tuple(raw.get("value", "*")),
        _tuple(raw.get("mode", "is")),
        {name: raw[name] for name in ("year", "times") if name in raw},
        {name: raw.get(name) or {} for name in _EFFECTS},
    )


def _tuple(said: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in said) if isinstance(said, list) else (str(said),)


def _within(number: int | None, limit: Mapping[str, int]) -> bool:
    return number is not None and limit.get("from", number) <= number <= limit.get("to", number)


def _no_such(question: str, option: str, options: Iterable[object]) -> str:
    names = sorted(map(str, options))
    shown = names if len(names) <= 12 else [names[0], "…", names[-1]]
    return f"{question} has no option {option!r}, only {', '.join(shown)}."
