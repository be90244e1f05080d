"""Cases that staff write in data/quiz/cases_*.yml: a person's answers, and what the quiz must decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import StrictStr

from img_pathway.content import ContentError, Document, Problem, Record, load_document, nearest, read_records
from img_pathway.quiz.engine import Decision, Engine
from img_pathway.quiz.model import NOT_SURE, Quiz
from img_pathway.quiz.state import Answer

DEPENDS = "depends"


class Expected(Record):
    """What one outcome must come to; `because` and `missing` name criteria."""

    verdict: Literal["yes", "likely", "possible", "not_yet", "no", "info", "depends"]
    label: StrictStr | None = None
    because: tuple[StrictStr, ...] = ()
    """Criteria that must be among the reasons."""
    missing: tuple[StrictStr, ...] | None = None
    """All criteria that are missing; not looked at where it is left out."""


class CaseRecord(Record):
    """One case as it stands in a file; its name is the sentence that must hold."""

    name: StrictStr
    answers: dict[StrictStr, Any]
    expect: dict[StrictStr, Expected]
    during: tuple[StrictStr, ...] = ()
    """Criteria of the season that hold on the day of the case; the others do not, whatever today is."""


class CasesFile(Record):
    """A file data/quiz/cases_*.yml."""

    cases: tuple[CaseRecord, ...]


@dataclass(frozen=True)
class StaffCase:
    """A case ready to be decided, with its place for complaints."""

    name: str
    answers: Mapping[str, Answer]
    expect: Mapping[str, Expected]
    file: str
    line: int
    during: tuple[str, ...] = ()


def load_cases(folder: Path, quiz: Quiz) -> list[StaffCase]:
    """All cases in a folder, in file order; raises ContentError with every unknown name and wrong value."""
    cases: list[StaffCase] = []
    problems: list[Problem] = []
    named: dict[str, str] = {}
    for path in sorted(folder.glob("cases_*.yml")):
        try:
            document = load_document(path, folder.parent.parent)
            file = read_records(document, CasesFile)
        except ContentError as error:
            problems += error.problems
            continue
        for i, record in enumerate(file.cases):
            at = ("cases", i)
            found = list(_problems(document, i, record, quiz))
            if record.name in named:
                found.append(document.problem(at, f'case "{record.name}" stands here twice ({named[record.name]}).'))
            problems += found
            named[record.name] = f"first in {document.file}:{document.line(at)}"
            if not found:
                answers = {q: _answer(raw, quiz) for q, raw in record.answers.items()}
                line = document.line(at)
                cases.append(StaffCase(record.name, answers, record.expect, document.file, line, record.during))
    if problems:
        raise ContentError(problems)
    return cases


def failures(engine: Engine, cases: Iterable[StaffCase]) -> list[Problem]:
    """What the quiz decides otherwise than the cases say, each with the place of its case."""
    return [
        Problem(case.file, case.line, f'case "{case.name}": {message}')
        for case in cases
        for outcome, expected in case.expect.items()
        for message in _differences(engine.while_it_is(*case.during).decide(outcome, case.answers), expected)
    ]


def _differences(decision: Decision, expected: Expected) -> Iterator[str]:
    verdict = decision.case.verdict if decision.case else DEPENDS
    label = decision.case.label if decision.case else None
    if verdict != expected.verdict:
        yield f'{decision.outcome} is "{verdict}", not "{expected.verdict}".'
    if expected.label is not None and label != expected.label:
        yield f'{decision.outcome} has the label "{label}", not "{expected.label}".'
    reasons = [criterion for criterion, _ in decision.because]
    for criterion in expected.because:
        if criterion not in reasons:
            yield f'"{criterion}" is no reason for {decision.outcome}; its reasons: {", ".join(reasons) or "none"}.'
    missing = [need.criterion for need in decision.missing]
    if expected.missing is not None and set(missing) != set(expected.missing):
        yield f"missing for {decision.outcome}: {_listed(missing)}, not {_listed(expected.missing)}."


def _listed(names: Iterable[str]) -> str:
    return f"[{', '.join(names)}]"


def _problems(document: Document, i: int, record: CaseRecord, quiz: Quiz) -> Iterator[Problem]:
    at: tuple[Any, ...] = ("cases", i)
    for name, raw in record.answers.items():
        if name not in quiz.questions:
            message = f'unknown question "{name}".{nearest(name, quiz.questions)}'
        else:
            message = _wrong_answer(name, raw, quiz)
        if message:
            yield document.problem((*at, "answers", name), f'case "{record.name}": {message}')
    for criterion in record.during:
        if criterion not in quiz.criteria or quiz.criteria[criterion].season is None:
            seasonal = [key for key, one in quiz.criteria.items() if one.season]
            message = f'case "{record.name}": "{criterion}" is no criterion of the season.'
            yield document.problem((*at, "during"), message + nearest(criterion, seasonal))
    for outcome, expected in record.expect.items():
        if outcome not in quiz.outcomes:
            message = f'case "{record.name}": unknown outcome "{outcome}".{nearest(outcome, quiz.outcomes)}'
            yield document.problem((*at, "expect", outcome), message)
            continue
        for field in ("because", "missing"):
            for criterion in getattr(expected, field) or ():
                if criterion not in quiz.criteria:
                    message = f'case "{record.name}": unknown criterion "{criterion}".'
                    message += nearest(criterion, quiz.criteria)
                    yield document.problem((*at, "expect", outcome, field), message)
        labels = [case.label for case in quiz.outcomes[outcome].cases if case.label]
        if expected.label is not None and expected.label not in labels:
            message = (
                f'case "{record.name}": {outcome} has no label "{expected.label}".{nearest(expected.label, labels)}'
            )
            yield document.problem((*at, "expect", outcome, "label"), message)


def _wrong_answer(name: str, raw: Any, quiz: Quiz) -> str:
    """What is wrong with an answer, or nothing."""
    question = quiz.questions[name]
    if raw == NOT_SURE:
        return ""
    if question.kind == "year":
        is_relative = isinstance(raw, dict) and list(raw) == ["match_year"] and type(raw["match_year"]) is int
        is_year = type(raw) is int or is_relative
        return "" if is_year else f"{name} needs a year: 2019, {{match_year: -2}} or {NOT_SURE}."
    options = raw if isinstance(raw, list) else [raw]
    for option in options:
        if not isinstance(option, str) or option not in question.options:
            known = [*question.options, NOT_SURE]
            return f'"{option}" is no answer to {name}.{nearest(str(option), known)} Answers: {", ".join(known)}.'
    return "" if options else f"{name} has no answer."


def _answer(raw: Any, quiz: Quiz) -> Answer:
    if isinstance(raw, dict):
        return quiz.match_year + int(raw["match_year"])
    if isinstance(raw, list):
        return tuple(raw) if len(raw) > 1 else str(raw[0])
    return raw if isinstance(raw, int) else str(raw)
