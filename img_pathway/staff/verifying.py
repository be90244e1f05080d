"""Noting in a fact who has compared it with its sources, and when, with one line of the file."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from img_pathway.content import ContentError, Problem, load_document, nearest, read_records
from img_pathway.content.editing import read_exactly, rows_of, with_row_after, with_row_changed, words_of, write_exactly
from img_pathway.content.strict_yaml import read_document
from img_pathway.knowledge.load import KnowledgeFile

_STATUS = re.compile(r"(?P<indent> +)status: ")
_CHECKED = re.compile(r"(?P<indent> +)checked: *\{.*\} *(?:#.*)?")


def verify(root: Path, fact: str, by: str, on: date) -> str:
    """Note it; returns file and line. Raises LookupError where there is no such fact.

    Raises ContentError where the line cannot be written.
    """
    names: list[str] = []
    for path in sorted((root / "data" / "knowledge").glob("*.yml")):
        text = read_exactly(path)
        ids = [record["id"] for record in load_document(path, root).data.get("facts") or ()]
        if fact in ids:
            file = path.relative_to(root).as_posix()
            new, line = with_checked(text, file, fact, by, on)
            write_exactly(path, new)
            return f"{file}:{line}"
        names += ids
    raise LookupError(f'There is no fact "{fact}".{nearest(fact, names)}')


def with_checked(text: str, file: str, fact: str, by: str, on: date) -> tuple[str, int]:
    """The text of a file with the note in one line of the fact, and that line; raises ContentError."""
    document = read_document(text, file)
    place = next(i for i, record in enumerate(document.data["facts"]) if record["id"] == fact)
    record = ("facts", place)
    note = f"checked: {{by: {json.dumps(by, ensure_ascii=False)}, on: {json.dumps(on.isoformat())}}}"
    known = "checked" in document.data["facts"][place]
    line = document.lines[(*record, "checked" if known else "status")]
    old = (_CHECKED.fullmatch if known else _STATUS.match)(words_of(rows_of(text)[line - 1]))
    if not old:
        advice = f"the note cannot be written here. Write it yourself, as a line of the fact: {note}"
        raise ContentError([Problem(file, line, advice)])
    row = old["indent"] + note
    new = with_row_changed(text, line, row) if known else with_row_after(text, line, row)
    _hold_together(document.data, new, file, place)
    return new, line if known else line + 1


def _hold_together(before: Any, text: str, file: str, place: int) -> None:
    """Nothing but the note has changed, and the note is a good one; raises ContentError."""
    document = read_document(text, file)
    read_records(document, KnowledgeFile)
    after = document.data
    for data in (before, after):
        data["facts"][place].pop("checked", None)
    if before != after:
        raise ContentError([Problem(file, 1, "the note would change more than its own line. Write it yourself.")])
