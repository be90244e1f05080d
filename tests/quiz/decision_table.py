"""Writes the decision table: for every outcome, all combinations of the answers that matter, and the verdict.

Run `python -m tests.quiz.decision_table` (or `make decision-table`) after a rule has changed, and read the diff:
it shows which people now get another verdict.
"""

from __future__ import annotations

from pathlib import Path

from img_pathway.quiz import Engine
from img_pathway.quiz.lens import Lens
from img_pathway.staff.profiles import in_words, rows, verdict_in_words
from tests.quiz.content import engine

FILE = Path(__file__).with_name("decision_table.md")
COMMAND = "python -m tests.quiz.decision_table"

_HEAD = f"""# Decision table

Written by `{COMMAND}` from `data/quiz`; do not edit. Each line holds the answers that matter and the verdict.
Answers joined by "or" lead to the same; "?" is "not sure"; a question that is not named does not matter.
A section with a criterion of the season after its name has what is otherwise on a day when that holds.
A verdict "depends" hangs on what the person is not sure of. Years are counted from the Match that people aim at.
"""


def table(quiz_engine: Engine) -> str:
    """The whole table as text."""
    parts = [_HEAD]
    seasonal = [key for key, criterion in quiz_engine.quiz.criteria.items() if criterion.season]
    for outcome in sorted(quiz_engine.quiz.outcomes):
        lines = _lines(quiz_engine.while_it_is(), outcome)
        parts.append(_section(outcome, lines))
        for criterion in seasonal:
            known = set(lines)
            if others := [line for line in _lines(quiz_engine.while_it_is(criterion), outcome) if line not in known]:
                parts.append(_section(f"{outcome}, {criterion}", others))
    return "\n".join(parts)


def _section(title: str, lines: list[str]) -> str:
    return "\n".join([f"## {title}", "", "| answers | verdict |", "| --- | --- |", *lines, ""])


def _lines(quiz_engine: Engine, outcome: str) -> list[str]:
    lens = Lens(quiz_engine, outcome)
    ends = rows(lens, lens.start)
    return [f"| {in_words(quiz_engine, row)} | {verdict_in_words(lens.verdict(end))} |" for row, end in ends]


if __name__ == "__main__":
    FILE.write_text(table(engine()), encoding="utf-8")
    print(f"Wrote {FILE.name}: {len(FILE.read_text(encoding='utf-8').splitlines())} lines.")
