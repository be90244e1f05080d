"""Schemas for an editor: up to date, and of the same mind as the check on the files that are there."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from img_pathway.content import load_document
from img_pathway.staff.schemas import RECORDS, schema_files, write_schemas

ROOT = Path(__file__).parent.parent.parent
CASES = [(name, path) for name, (_, globs) in RECORDS.items() for glob in globs for path in sorted(ROOT.glob(glob))]


def test_the_schemas_are_up_to_date() -> None:
    old = [name for name, text in schema_files().items() if (ROOT / name).read_text() != text]
    assert not old, "run: .venv/bin/img-pathway schemas"


@pytest.mark.parametrize(("name", "path"), CASES, ids=lambda value: getattr(value, "name", value))
def test_the_files_are_accepted_and_a_misspelled_key_is_not(name: str, path: Path) -> None:
    validator = Draft7Validator(RECORDS[name][0].schema())
    data = load_document(path).data
    assert not [error.message for error in validator.iter_errors(data)]
    broken = copy.deepcopy(data)
    broken["mispelled"] = 1
    assert list(validator.iter_errors(broken))


def test_every_file_of_the_content_has_a_schema() -> None:
    files = {p for p in (ROOT / "data").rglob("*.yml") if "conversation" not in p.parts}
    assert files == {path for _, path in CASES}


def test_only_what_is_old_is_written(tmp_path: Path) -> None:
    assert set(write_schemas(tmp_path)) == set(schema_files())
    (tmp_path / "docs/schemas/quiz.json").write_text("{}")
    assert write_schemas(tmp_path) == ["docs/schemas/quiz.json"]
