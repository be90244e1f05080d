"""Which facts need a fresh look, and noting that somebody has looked without touching any other line."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from img_pathway import cli
from img_pathway.content import ContentError
from img_pathway.content.editing import rows_of, with_row_after, with_row_changed
from img_pathway.content.strict_yaml import read_document
from img_pathway.staff import freshness
from img_pathway.staff.freshness import last_year, stale
from img_pathway.staff.verifying import verify, with_checked

ROOT = Path(__file__).parent.parent.parent
TODAY = date(2026, 11, 22)
KNOWLEDGE = sorted(p for p in (ROOT / "data/knowledge").glob("*.yml") if "\nfacts:" in p.read_text())
DATA = sorted((ROOT / "data").rglob("*.yml"))

FACT = """\
facts:
  # Why it is here.
  - id: first
    topic: t
    answers: [what]
    says: 'It is "so".'   # as they say
    as_of: "March 2026"
    changes: sometimes
    status: solid
    sources:
      - one
  - {id: second, topic: t, answers: [what], says: "A.", as_of: undated, changes: never, status: solid, sources: [one]}
"""


def fact(**given: object) -> SimpleNamespace:
    return SimpleNamespace(**{"season": None, "as_of": "2026", "changes": "sometimes", "checked": None, **given})


def seen(on: str) -> SimpleNamespace:
    return SimpleNamespace(on=on)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"changes": "each_season", "season": "2026 season"}, "season"),
        ({"changes": "each_season", "season": "2027 Match"}, None),
        ({"changes": "each_season", "season": "2026"}, None),
        ({"changes": "each_season", "season": "2024-25 cycle"}, "season"),
        ({"changes": "each_season", "season": "2026 season", "checked": seen("2026-11-01")}, None),
        ({"changes": "each_season", "season": "2026 season", "checked": seen("2026-09-01")}, "season"),
        ({"as_of": "July 2023"}, "age"),
        ({"as_of": "July 2023", "checked": seen("2026-01-05")}, None),
        ({"as_of": "2017-2024 FAM text"}, None),
        ({"as_of": "Sept 2024"}, "age"),
        ({"as_of": "undated"}, "undated"),
        ({"as_of": "undated", "checked": seen("2020-01-05")}, "age"),
        ({"as_of": "2012", "changes": "never"}, None),
    ],
)
def test_a_fact_needs_a_look_when_its_season_is_over_or_it_is_old(given: dict, why: str | None) -> None:
    assert freshness._why(fact(**given), TODAY, match_year=2027) == why


@pytest.mark.parametrize(
    ("text", "year"), [("2025-26 cycle", 2026), ("2024+", 2024), ("1 July 2025", 2025), ("x", None)]
)
def test_the_last_year_of_a_text(text: str, year: int | None) -> None:
    assert last_year(text) == year


def test_what_is_listed_names_line_and_address_and_starts_with_the_seasons() -> None:
    found = stale(ROOT / "data", TODAY)
    assert found[0].why == "season"
    file, line = found[0].place.split(":")
    assert found[0].fact.id in (ROOT / file).read_text().splitlines()[int(line) - 1]
    assert all(item.sources[0].startswith("http") for item in found)


def test_a_season_that_has_passed_fails_when_asked_to(monkeypatch: pytest.MonkeyPatch, capsys: object) -> None:
    found = stale(ROOT / "data", TODAY)
    monkeypatch.setattr(freshness, "stale", lambda *_: found)
    assert cli.main(["stale", "--fail"]) == 1
    assert cli.main(["stale"]) == 0
    monkeypatch.setattr(freshness, "stale", lambda *_: [item for item in found if item.why == "undated"])
    assert cli.main(["stale", "--fail"]) == 0


def test_a_note_is_one_more_line_and_the_next_one_takes_its_place() -> None:
    once, line = with_checked(FACT, "k.yml", "first", "Kim", TODAY)
    row = '    checked: {by: "Kim", on: "2026-11-22"}'
    assert rows_of(once)[line - 1] == row + "\n"
    assert rows_of(once)[: line - 1] + rows_of(once)[line:] == rows_of(FACT)
    twice, again = with_checked(once, "k.yml", "first", "Lee", date(2026, 12, 1))
    assert again == line
    assert [r for r in rows_of(twice) if r not in rows_of(FACT)] == ['    checked: {by: "Lee", on: "2026-12-01"}\n']


def test_a_fact_in_braces_is_left_to_the_person() -> None:
    with pytest.raises(ContentError, match="Write it yourself"):
        with_checked(FACT, "k.yml", "second", "Kim", TODAY)


@pytest.mark.parametrize("name", ["", " ", "x" * 81])
def test_nobody_is_no_name(name: str) -> None:
    with pytest.raises(ContentError):
        with_checked(FACT, "k.yml", "first", name, TODAY)


def test_an_unknown_fact_changes_nothing_and_names_the_nearest(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data/knowledge", tmp_path / "data/knowledge")
    with pytest.raises(LookupError, match="eras_2026_dates"):
        verify(tmp_path, "eras_2026_date", "Kim", TODAY)
    place = verify(tmp_path, "eras_2026_dates", "Kim", TODAY)
    changed = [p.name for p in KNOWLEDGE if p.read_bytes() != (tmp_path / "data/knowledge" / p.name).read_bytes()]
    assert changed == [Path(place.split(":")[0]).name]


@pytest.mark.parametrize("path", KNOWLEDGE, ids=lambda path: path.name)
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.data())
def test_all_other_lines_of_every_file_stay_byte_for_byte(path: Path, data: st.DataObject) -> None:
    text = path.read_bytes().decode()
    facts = [record["id"] for record in read_document(text, path.name).data["facts"]]
    name = data.draw(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1).filter(str.strip))[:60]
    new, line = with_checked(text, path.name, data.draw(st.sampled_from(facts)), name, TODAY)
    kept = new.encode().split(b"\n")
    del kept[line - 1]
    assert b"\n".join(kept) == text.encode()


@pytest.mark.parametrize("path", DATA, ids=lambda path: str(path.relative_to(ROOT / "data")))
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_line_more_or_another_line_leaves_the_rest_of_any_file_alone(path: Path, end: str) -> None:
    text = path.read_bytes().decode().replace("\n", end)
    rows = rows_of(text)
    assert "".join(rows) == text
    for line in {1, len(rows) // 2 + 1, len(rows)}:
        assert with_row_after(text, line, "new") == "".join([*rows[:line], "new" + end, *rows[line:]])
        assert with_row_changed(text, line, "new") == "".join([*rows[: line - 1], "new" + end, *rows[line:]])


def test_a_file_that_ends_without_a_line_break_keeps_doing_so() -> None:
    assert with_row_after("a\r\nb", 2, "c") == "a\r\nb\r\nc"
    assert with_row_after("a", 1, "c") == "a\nc"
