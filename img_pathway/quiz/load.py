"""Reading data/quiz: rules become trees, and every link between the files is held."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import conint

from img_pathway.content import ContentError, Document, Problem, Record, load_document, nearest, read_records
from img_pathway.knowledge import Knowledge
from img_pathway.quiz.logic import ALWAYS, NEVER, Rule, criteria_in
from img_pathway.quiz.model import NOT_SURE, ROTATIONS, Criterion, Goal, Outcome, Question, Quiz, Step
from img_pathway.quiz.rules import RuleError, Season, parse_rule, parse_test
from img_pathway.quiz.wording import repeated_wordings

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


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
    return _Loader(folder, knowledge, today).load()


class _Loader:
    def __init__(self, folder: Path, knowledge: Knowledge, today: date) -> None:
        self.folder, self.knowledge, self.today = folder, knowledge, today
        self.problems: list[Problem] = []
        self.tables: dict[str, dict[str, Any]] = {
            k: {} for k in ("questions", "criteria", "outcomes", "goals", "steps")
        }
        self.places: dict[tuple[str, str], Document] = {}
        self.season: Season | None = None

    def load(self) -> Quiz:
        for path in sorted(self.folder.glob("*.yml")):
            if path.name != "words.yml" and not path.name.startswith("cases_"):
                self._read(path)
        if self.season is None and not self.problems:
            place = f"data/{self.folder.name}/goals.yml"
            self.problems.append(Problem(place, 1, "no file holds `season:`. Add `season: {first_month: 4}`."))
        self._stop()
        quiz = self._parse()
        self._stop()
        self.problems += self._links(quiz)
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
        if file.season:
            turned = self.today.month >= file.season.first_month
            self.season = Season(self.today.year, self.today.year + (1 if turned else 0))
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

    def _parse(self) -> Quiz:
        assert self.season is not None
        tests: dict[str, Any] = {}
        for key, criterion in self.tables["criteria"].items():
            if (criterion.answer is None) is (criterion.rule is None):
                document, path = self._at("criteria", key)
                self.problems.append(document.problem(path, f'criterion "{key}" needs one of: answer, rule.'))
            elif criterion.answer is None:
                tests[key] = self._rule(criterion.rule, "criteria", key, "rule")
            else:
                try:
                    tests[key] = parse_test(criterion.answer, self.tables["questions"], self.season, self.knowledge)
                except RuleError as error:
                    document, path = self._at("criteria", key, "answer")
                    self.problems.append(document.problem(path, f'criterion "{key}" {error}'))
        case_rules = {
            key: tuple(
                self._rule(case.when, "outcomes", key, "cases", i, "when") for i, case in enumerate(outcome.cases)
            )
            for key, outcome in self.tables["outcomes"].items()
        }
        step_rules = {
            key: (
                self._rule(step.done, "steps", key, "done", default=NEVER),
                self._rule(step.needed, "steps", key, "needed"),
            )
            for key, step in self.tables["steps"].items()
        }
        self.problems += self._placeholders()
        filled = {section: self._fill(table) for section, table in self.tables.items()}
        return Quiz(
            **filled,
            tests=tests,
            case_rules=case_rules,
            step_rules=step_rules,
            match_year=self.season.match_year,
        )

    # Texts name a fact in braces, so that a figure that staff change is changed everywhere.

    def _placeholders(self) -> Iterator[Problem]:
        for (section, key), document in self.places.items():
            for path, line in document.lines.items():
                if path[:2] != (section, key):
                    continue
                value = _value(document.data, path)
                for name in _PLACEHOLDER.findall(value) if isinstance(value, str) else ():
                    fact = self.knowledge.facts.get(name)
                    if name == "match_year":
                        continue
                    if fact is None:
                        known = [id_ for id_, f in self.knowledge.facts.items() if f.value is not None]
                        yield Problem(document.file, line, f'unknown fact "{name}" in braces.{nearest(name, known)}')
                    elif fact.value is None:
                        yield Problem(
                            document.file,
                            line,
                            f'fact "{name}" has no value to put in the text. Give it one.',
                        )

    def _fill(self, table: dict[str, Any]) -> dict[str, Any]:
        return {key: type(record).construct(**self._filled(dict(record))) for key, record in table.items()}

    def _filled(self, value: Any) -> Any:
        if isinstance(value, str) and "{" in value:
            assert self.season is not None
            values = {"match_year": self.season.match_year}
            return _PLACEHOLDER.sub(
                lambda m: str(values.get(m[1]) or getattr(self.knowledge.facts.get(m[1]), "value", m[0])),
                value,
            )
        if isinstance(value, dict):
            return {key: self._filled(item) for key, item in value.items()}
        if isinstance(value, tuple):
            return tuple(self._filled(item) for item in value)
        if isinstance(value, Record):
            return type(value).construct(**self._filled(dict(value)))
        return value

    def _links(self, quiz: Quiz) -> Iterator[Problem]:
        for key, goal in quiz.goals.items():
            yield from self._unknown("goals", key, "outcomes", goal.outcomes, quiz.outcomes)
            yield from self._unknown("goals", key, "shows", goal.shows, quiz.outcomes, "outcome")
            yield from self._unknown("goals", key, "plan", goal.plan, quiz.steps, "step")
        for section in ("outcomes", "steps"):
            for key, record in getattr(quiz, section).items():
                cases = record.cases if section == "outcomes" else (record,)
                for case in cases:
                    yield from self._unknown(section, key, "facts", case.facts, self.knowledge.facts)
        yield from self._outcome_problems(quiz)
        yield from self._question_problems(quiz)
        for (section, key, *rest), message in repeated_wordings(quiz):
            document, path = self._at(section, key, *rest)
            yield document.problem(path, message)
        yield from self._unused(quiz)

    def _unknown(self, section: str, key: str, field: str, used: Any, known: Any, what: str = "") -> Iterator[Problem]:
        for name in used:
            if name not in known:
                document, path = self._at(section, key, field)
                yield document.problem(
                    path,
                    f'{section[:-1]} "{key}" uses unknown {what or field[:-1]} "{name}".{nearest(name, known)}',
                )

    def _outcome_problems(self, quiz: Quiz) -> Iterator[Problem]:
        for key, outcome in quiz.outcomes.items():
            document, path = self._at("outcomes", key)
            if outcome.topic and outcome.topic not in self.knowledge.topics:
                near = nearest(outcome.topic, self.knowledge.topics)
                yield document.problem((*path, "topic"), f'outcome "{key}" uses unknown topic "{outcome.topic}".{near}')
            if outcome.offers and outcome.offers not in ROTATIONS:
                near = nearest(outcome.offers, ROTATIONS)
                yield document.problem(
                    (*path, "offers"),
                    f'outcome "{key}" offers "{outcome.offers}".{near} Use one of: {", ".join(ROTATIONS)}.',
                )
            *earlier, last = quiz.case_rules[key]
            if last != ALWAYS:
                yield document.problem(
                    path,
                    f'outcome "{key}": the last case must have no `when`, so that everybody gets an answer.',
                )
            for i, rule in enumerate(earlier):
                if rule == ALWAYS:
                    yield document.problem(
                        (*path, "cases", i),
                        f'outcome "{key}": the cases after this one are never reached. Give it a `when`.',
                    )

    def _question_problems(self, quiz: Quiz) -> Iterator[Problem]:
        for key, question in quiz.questions.items():
            document, path = self._at("questions", key)
            if question.kind == "choice" and len(question.options) < 2:
                yield document.problem(path, f'question "{key}" needs at least two options.')
            if NOT_SURE in question.options:
                yield document.problem(
                    (*path, "options", NOT_SURE),
                    f'question "{key}": "not sure" is added by itself. Take the option out.',
                )
            for i, heard in enumerate(question.hears):
                for name in (*heard.means, *(heard.denied or ())):
                    if name not in question.options:
                        yield document.problem(
                            (*path, "hears", i),
                            f'question "{key}" has no option "{name}".{nearest(name, question.options)}',
                        )

    def _unused(self, quiz: Quiz) -> Iterator[Problem]:
        """Options, criteria, outcomes and steps that nothing leads to: dead content misleads its editors."""
        tested = {(t.question, o) for t in quiz.tests.values() for o in getattr(t, "options", ())}
        for key, question in quiz.questions.items():
            for option in question.options:
                others = [o for o in question.options if o != option]
                if (key, option) not in tested and not all((key, o) in tested for o in others):
                    document, path = self._at("questions", key, "options", option)
                    yield document.problem(
                        path, f'option "{option}" of "{key}" is used by no criterion, so it decides nothing.'
                    )
        used = {
            c for rules in (*quiz.case_rules.values(), *quiz.step_rules.values()) for r in rules for c in criteria_in(r)
        }
        for test in quiz.tests.values():
            if not hasattr(test, "question"):
                used.update(criteria_in(test))
        yield from self._dead("criteria", "criterion", used, "is used by no outcome, step or other criterion")
        in_goals = {o for g in quiz.goals.values() for o in g.outcomes}
        yield from self._dead("outcomes", "outcome", in_goals, "belongs to no goal, so nobody can reach it")
        in_plans = {s for g in quiz.goals.values() for s in g.plan}
        yield from self._dead("steps", "step", in_plans, "belongs to no goal's plan")

    def _dead(self, section: str, what: str, used: set[str], why: str) -> Iterator[Problem]:
        for key in self.tables[section]:
            if key not in used:
                document, path = self._at(section, key)
                yield document.problem(path, f'{what} "{key}" {why}. Use it or take it out.')


def _value(data: Any, path: tuple[Any, ...]) -> Any:
    for part in path:
        data = data[part]
    return data
