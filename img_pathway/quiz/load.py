"""Reading data/quiz: rules become trees, and every link between the files is held."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import StrictStr, conint

from img_pathway.content import (
    ContentError,
    Document,
    Problem,
    Record,
    collector_paused,
    load_document,
    nearest,
    read_records,
)
from img_pathway.knowledge import Knowledge
from img_pathway.quiz.durations import DurationError, duration
from img_pathway.quiz.figures import AT_THE_TALK, figures, filled, placeholders, unknown_figures
from img_pathway.quiz.links import broken_links
from img_pathway.quiz.logic import ALWAYS, NEVER, Rule
from img_pathway.quiz.model import (
    Criterion,
    Duration,
    Goal,
    Lasts,
    Opening,
    Outcome,
    Outlook,
    Quiz,
    Step,
    Window,
)
from img_pathway.quiz.questions import Question
from img_pathway.quiz.rules import RuleError, Season, parse_rule, parse_test
from img_pathway.quiz.season import SeasonDate, SeasonDates, dates_of, read_seasons


class SeasonRecord(Record):
    """When the application year turns: from this month on, people aim at next year's Match."""

    first_month: conint(strict=True, ge=1, le=12)  # type: ignore[valid-type]
    ready_by: StrictStr | None = None
    """The date of the season by which people should be ready to apply."""
    results: Lasts | None = None
    """How long a result takes after the last exam."""


class QuizFile(Record):
    """What a file in data/quiz may hold."""

    season: SeasonRecord | None = None
    questions: dict[str, Question] = {}
    criteria: dict[str, Criterion] = {}
    outcomes: dict[str, Outcome] = {}
    goals: dict[str, Goal] = {}
    steps: dict[str, Step] = {}
    openings: tuple[Opening, ...] = ()
    outlooks: tuple[Outlook, ...] = ()


def load_quiz(folder: Path, knowledge: Knowledge, today: date) -> Quiz:
    """The quiz in a folder, for a day; raises ContentError with every problem of all files."""
    return QuizFiles(folder, knowledge).on(today)


class QuizFiles:
    """The files of a quiz in memory; the quiz of any day follows from them without reading again."""

    def __init__(self, folder: Path, knowledge: Knowledge) -> None:
        """Read the files; raises ContentError with every problem of all files."""
        self.folder, self.knowledge = folder, knowledge
        self.problems: list[Problem] = []
        self.tables: dict[str, dict[str, Any]] = {
            k: {} for k in ("questions", "criteria", "outcomes", "goals", "steps")
        }
        self.lists: dict[str, tuple[Any, ...]] = {"openings": (), "outlooks": ()}
        self.documents: list[Document] = []
        self.places: dict[tuple[str, str], Document] = {}
        self.turns: SeasonRecord | None = None
        self.seasons: dict[int, Mapping[str, SeasonDate]] = {}
        try:
            self.seasons = read_seasons(folder.parent / "season", knowledge)
        except ContentError as error:
            self.problems += error.problems
        with collector_paused():
            for path in sorted(self.folder.glob("*.yml")):
                if path.name != "words.yml" and not path.name.startswith("cases_"):
                    self._read(path)
        if self.turns is None and not self.problems:
            place = f"data/{self.folder.name}/goals.yml"
            self.problems.append(Problem(place, 1, "no file holds `season:`. Add `season: {first_month: 4}`."))
        self._stop()

    def on(self, today: date) -> Quiz:
        """The quiz on a day; raises ContentError for rules and links that are wrong, whatever the day."""
        self.problems = []
        with collector_paused():
            quiz = self._parse(self._season(today), today)
            self._stop()
            self.problems += broken_links(quiz, self.knowledge, self._at)
            self._stop()
        return quiz

    def _stop(self) -> None:
        if self.problems:
            raise ContentError(self.problems)

    def _read(self, path: Path) -> None:
        try:
            document = load_document(path, self.folder.parent.parent)
            file = read_records(document, QuizFile)
        except ContentError as error:
            self.problems += error.problems
            return
        self.documents.append(document)
        self.turns = file.season or self.turns
        for section, table in self.tables.items():
            for key, record in getattr(file, section).items():
                if key in table:
                    self.problems.append(
                        document.problem((section, key), f'{section} "{key}" is defined a second time.')
                    )
                table[key] = record
                self.places[section, key] = document
        for section in self.lists:
            if records := getattr(file, section):
                if self.lists[section]:
                    self.problems.append(document.problem((section,), f"`{section}` stands in a second file."))
                self.lists[section] = records
                self.places |= {(section, str(i)): document for i in range(len(records))}

    def _at(self, section: str, key: str, *rest: Any) -> tuple[Document, tuple[Any, ...]]:
        return self.places[section, key], (section, int(key) if section in self.lists else key, *rest)

    def _rule(self, raw: Any, section: str, key: str, *rest: Any, default: Rule = ALWAYS) -> Rule:
        if raw is None:
            return default
        try:
            return parse_rule(raw, self.tables["criteria"])
        except RuleError as error:
            document, path = self._at(section, key, *rest)
            self.problems.append(document.problem(path, f'{section[:-1]} "{key}" {error}'))
            return ALWAYS

    def _season(self, today: date) -> Season:
        assert self.turns is not None
        return Season(today.year, today.year + (1 if today.month >= self.turns.first_month else 0))

    def _parse(self, season: Season, today: date) -> Quiz:
        dates = dates_of(self.seasons, season.match_year, today)
        known = {**figures(self.knowledge, season.match_year), **dates.in_words()}
        for document in self.documents:
            self.problems += unknown_figures(document, self.knowledge, {**known, **AT_THE_TALK})
        openings, outlooks = ((*filled(records, known),) for records in self.lists.values())
        assert self.turns is not None
        return Quiz(
            **{section: filled(table, known) for section, table in self.tables.items()},
            tests=self._tests(season, dates),
            case_rules={
                key: tuple(
                    self._rule(case.when, "outcomes", key, "cases", i, "when") for i, case in enumerate(outcome.cases)
                )
                for key, outcome in self.tables["outcomes"].items()
            },
            hard_rules=self._rules_of("outcomes", "hard"),
            not_offered_rules=self._rules_of("outcomes", "not_offered"),
            **self._steps(dates),
            option_rules={
                key: {
                    name: self._rule(option.unless, "questions", key, "options", name, "unless")
                    for name, option in question.options.items()
                    if option.unless is not None
                }
                for key, question in self.tables["questions"].items()
            },
            ready_by=self.turns.ready_by,
            results_take=self._duration(self.turns.results, dates, "season", "results") if self.turns.results else None,
            openings=tuple((self._rule(o.when, "openings", str(i), "when"), o) for i, o in enumerate(openings)),
            outlooks=tuple(
                (
                    self._rule(o.when, "outlooks", str(i), "when"),
                    self._rule(o.unless, "outlooks", str(i), "unless", default=NEVER),
                    o,
                    _dates_in(self.lists["outlooks"][i].says, dates),
                )
                for i, o in enumerate(outlooks)
            ),
            match_year=season.match_year,
            season=dates,
        )

    def _steps(self, dates: SeasonDates) -> dict[str, Any]:
        """The rules, durations and dates of steps, by the field of the quiz that holds them."""
        steps = self.tables["steps"]
        return {
            "step_rules": {
                key: (
                    self._rule(step.done, "steps", key, "done", default=NEVER),
                    self._rule(step.needed, "steps", key, "needed"),
                )
                for key, step in steps.items()
            },
            "possible_rules": self._rules_of("steps", "possible"),
            "unless_rules": self._rules_of("steps", "unless"),
            "variant_rules": {
                key: tuple(self._rule(v.when, "steps", key, "variants", i, "when") for i, v in enumerate(step.variants))
                for key, step in steps.items()
            },
            "durations": {
                key: self._duration(step.lasts, dates, "steps", key, "lasts")
                for key, step in steps.items()
                if step.lasts
            },
            "step_dates": {key: self._dates_named(key, dates) for key in steps},
        }

    def _tests(self, season: Season, dates: SeasonDates) -> dict[str, Any]:
        tests: dict[str, Any] = {}
        for key, criterion in self.tables["criteria"].items():
            document, path = self._at("criteria", key)
            if sum(way is not None for way in (criterion.answer, criterion.rule, criterion.season)) != 1:
                message = f'criterion "{key}" needs one of: answer, rule, season.'
                self.problems.append(document.problem(path, message))
            elif criterion.season is not None:
                tests[key] = self._window(criterion.season, dates, key)
            elif criterion.answer is None:
                tests[key] = self._rule(criterion.rule, "criteria", key, "rule")
            else:
                try:
                    tests[key] = parse_test(criterion.answer, self.tables["questions"], season, self.knowledge)
                except RuleError as error:
                    self.problems.append(document.problem((*path, "answer"), f'criterion "{key}" {error}'))
        return tests

    def _window(self, window: Window, dates: SeasonDates, key: str) -> Rule:
        """What holds of everybody on this day."""
        for field in ("since", "after", "until"):
            name = getattr(window, field)
            if name is not None and name not in dates.dates:
                document, path = self._at("criteria", key, "season", field)
                message = f'criterion "{key}" uses unknown date "{name}".{nearest(name, dates.dates)}'
                self.problems.append(document.problem(path, message))
        begun = window.since is None or window.since in dates.begun()
        is_past = window.after is None or window.after in dates.passed()
        ended = window.until is not None and window.until in dates.passed()
        return ALWAYS if begun and is_past and not ended else NEVER

    def _duration(self, lasts: Lasts, dates: SeasonDates, section: str, key: str, *rest: str) -> Duration:
        try:
            return duration(lasts, self.turns.ready_by if self.turns else None, dates.dates, self.knowledge)
        except DurationError as error:
            place = self.places.get((section, key), self.documents[0])
            self.problems.append(place.problem((section, key, *rest), f'{section} "{key}" {error}'))
            return Duration(0, 0, "")

    def _rules_of(self, section: str, field: str) -> dict[str, Rule]:
        """The rules in a field that may be left out, by the record that has it."""
        return {
            key: self._rule(raw, section, key, field)
            for key, record in self.tables[section].items()
            if (raw := getattr(record, field)) is not None
        }

    def _dates_named(self, step: str, dates: SeasonDates) -> tuple[str, ...]:
        record = self.tables["steps"][step]
        for i, late in enumerate(record.late):
            if late.after not in dates.dates:
                document, path = self._at("steps", step, "late", i, "after")
                message = f'step "{step}" uses unknown date "{late.after}".{nearest(late.after, dates.dates)}'
                self.problems.append(document.problem(path, message))
        named = (*_dates_in(record.says, dates), *_dates_in(record.this_season, dates))
        return tuple(dict.fromkeys((*named, *(late.after for late in record.late))))


def _dates_in(text: str | None, dates: SeasonDates) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id_ for id_ in placeholders(text or "") if id_ in dates.dates))
