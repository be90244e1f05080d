"""Writes the decision table: for every outcome, all combinations of the answers that matter, and the verdict.

Run `python -m tests.quiz.decision_table` (or `make decision-table`) after a rule has changed, and read the diff:
it shows which people now get another verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from img_pathway.quiz import Engine
from img_pathway.quiz.model import NOT_SURE, Span
from img_pathway.quiz.state import Answer
from tests.quiz.content import engine
from tests.quiz.walking import Lens, choices

FILE = Path(__file__).with_name("decision_table.md")
COMMAND = "python -m tests.quiz.decision_table"

_HEAD = f"""# Decision table

Written by `{COMMAND}` from `data/quiz`; do not edit. Each line holds the answers that matter and the verdict.
Answers joined by "or" lead to the same; "?" is "not sure"; a question that is not named does not matter.
A verdict "depends" hangs on what the person is not sure of. Years are counted from the Match that people aim at.
"""

Row = tuple[tuple[str, tuple[Answer, ...]], ...]


def table(quiz_engine: Engine) -> str:
    """The whole table as text."""
    parts = [_HEAD]
    for outcome in sorted(quiz_engine.quiz.outcomes):
        lens = Lens(quiz_engine, outcome)
        lines = [_line(quiz_engine, lens, row, place) for row, place in _rows(quiz_engine, lens, lens.start)]
        parts.append("\n".join([f"## {outcome}", "", "| answers | verdict |", "| --- | --- |", *lines, ""]))
    return "\n".join(parts)


def _rows(quiz_engine: Engine, lens: Lens, place: int) -> Iterator[tuple[Row, int]]:
    """Answers that matter from a place on; those that lead to the same rows stand together."""
    question = lens.asks(place)
    if question is None:
        yield (), place
        return
    together: dict[object, list[Answer]] = {}
    for answer in choices(quiz_engine, question):
        together.setdefault(_shape(quiz_engine, lens, lens.after(place, question, answer)), []).append(answer)
    for answers in together.values():
        for row, end in _rows(quiz_engine, lens, lens.after(place, question, answers[0])):
            yield ((question, tuple(answers)), *row), end


def _shape(quiz_engine: Engine, lens: Lens, place: int) -> object:
    """What a place leads to, so that two that lead to the same can be told."""
    question = lens.asks(place)
    if question is None:
        return lens.verdict(place)
    answers = choices(quiz_engine, question)
    return question, *(_shape(quiz_engine, lens, lens.after(place, question, answer)) for answer in answers)


def _line(quiz_engine: Engine, lens: Lens, row: Row, place: int) -> str:
    verdict = lens.verdict(place)
    label = "depends" if verdict is None else f"{verdict[0]}: {verdict[1]}" if verdict[1] else verdict[0]
    said = ", ".join(f"{q} = {_said(quiz_engine, q, answers)}" for q, answers in row)
    return f"| {said or 'everybody'} | {label} |"


def _said(quiz_engine: Engine, question: str, answers: tuple[Answer, ...]) -> str:
    every = choices(quiz_engine, question)
    others = [a for a in every if a not in answers]
    if len(others) == 1 and len(answers) > 2:
        return f"not {_name(quiz_engine, question, others[0])}"
    return " or ".join(_name(quiz_engine, question, answer) for answer in answers)


def _name(quiz_engine: Engine, question: str, answer: Answer) -> str:
    if answer == NOT_SURE:
        return "?"
    if not isinstance(answer, int):
        return str(answer)
    limits = [t for t in quiz_engine.quiz.tests.values() if isinstance(t, Span) and t.question == question]
    first = min(a for a in choices(quiz_engine, question) if isinstance(a, int))
    offset = answer - quiz_engine.quiz.match_year
    return f"match year {offset:+d} or {'earlier' if answer == first and limits else 'later'}"


if __name__ == "__main__":
    FILE.write_text(table(engine()), encoding="utf-8")
    print(f"Wrote {FILE.name}: {len(FILE.read_text(encoding='utf-8').splitlines())} lines.")
