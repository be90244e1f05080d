"""Reading data/quiz: rules become trees, and every link between the files is held."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import conint

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
from img_pathway.quiz.figures import figures, filled, placeholders, unknown_figures
from img_pathway.quiz.links import broken_links
from img_pathway.quiz.logic import ALWAYS, NEVER, Rule
from img_pathway.quiz.model import Criterion, Goal, Outcome, Question, Quiz, Step
from img_pathway.quiz.rules import RuleError, Season, parse_rule, parse_test
from img_pathway.quiz.season import SeasonDate, SeasonDates, dates_of, read_seasons


class SeasonRecord(Record):
    """When the application year turns: from this month on, people aim at next year's Match."""

    first_month: conint(strict=True, ge=1, le=12)  # type: ignore[valid-type]


class QuizFile(Record):
    """What a file in data/quiz may hold."""

    season: SeasonRecord | None = None
    questions: dict[str, Question] = {}
    criteria: dict[str, Criterion] = {}
    outcomes: dict[str, Outcome] = {}
    goals: dict[str, Goal] = {}
    steps: dict[str, Step] = {}


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

    def _at(self, section: str, key: str, *rest: Any) -> tuple[Document, tuple[Any, ...]]:
        return self.places[section, key], (section, key, *rest)

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
        tests: dict[str, Any] = {}
        for key, criterion in self.tables["criteria"].items():
            if (criterion.answer is None) is (criterion.rule is None):
                document, path = self._at("criteria", key)
                self.problems.append(document.problem(path, f'criterion "{key}" needs one of: answer, rule.'))
            elif criterion.answer is None:
                tests[key] = self._rule(criterion.rule, "criteria", key, "rule")
            else:
                try:
                    tests[key] = parse_test(criterion.answer, self.tables["questions"], season, self.knowledge)
                except RuleError as error:
                    document, path = self._at("criteria", key, "answer")
                    self.problems.append(document.problem(path, f'criterion "{key}" {error}'))
        case_rules = {
            key: tuple(
                self._rule(case.when, "outcomes", key, "cases", i, "when") for i, case in enumerate(outcome.cases)
            )
            for key, outcome in self.tables["outcomes"].items()
        }
        hard_rules, not_offered_rules = (
            {
                key: self._rule(raw, "outcomes", key, field)
                for key, outcome in self.tables["outcomes"].items()
                if (raw := getattr(outcome, field)) is not None
            }
            for field in ("hard", "not_offered")
        )
        step_rules = {
            key: (
                self._rule(step.done, "steps", key, "done", default=NEVER),
                self._rule(step.needed, "steps", key, "needed"),
            )
            for key, step in self.tables["steps"].items()
        }
        dates = dates_of(self.seasons, season.match_year, today)
        known = {**figures(self.knowledge, season.match_year), **dates.in_words()}
        for document in self.documents:
            self.problems += unknown_figures(document, self.knowledge, known)
        return Quiz(
            **{section: filled(table, known) for section, table in self.tables.items()},
            tests=tests,
            case_rules=case_rules,
            hard_rules=hard_rules,
            not_offered_rules=not_offered_rules,
            step_rules=step_rules,
            match_year=season.match_year,
            season=dates,
            step_dates={key: self._dates_named(key, dates) for key in self.tables["steps"]},
        )

    def _dates_named(self, step: str, dates: SeasonDates) -> tuple[str, ...]:
        record = self.tables["steps"][step]
        for i, late in enumerate(record.late):
            if late.after not in dates.dates:
                document, path = self._at("steps", step, "late", i, "after")
                message = f'step "{step}" uses unknown date "{late.after}".{nearest(late.after, dates.dates)}'
                self.problems.append(document.problem(path, message))
        named = [*placeholders(record.says), *(late.after for late in record.late)]
        return tuple(dict.fromkeys(id_ for id_ in named if id_ in dates.dates))
