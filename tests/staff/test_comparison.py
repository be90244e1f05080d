"""A candidate beside what is live: who gets another verdict, what is answered otherwise, what may not be published."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from img_pathway.quiz import Engine
from img_pathway.staff.comparison import compare, engine_of
from img_pathway.staff.comparison_page import as_html, as_text
from img_pathway.staff.held_out import FOLDER
from img_pathway.staff.profiles import changed_verdicts
from img_pathway.staff.trial import Trial, Tried

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
BASELINE = json.loads((ROOT / FOLDER / "baseline.json").read_text())["held_out"]


@pytest.fixture(scope="module")
def live() -> Engine:
    return engine_of(ROOT, TODAY)


@pytest.fixture()
def changed(tmp_path: Path) -> Callable[[str, str, str], Engine]:
    def change(file: str, old: str, new: str) -> Engine:
        shutil.copytree(ROOT / "data", tmp_path / "data", dirs_exist_ok=True)
        path = tmp_path / "data" / "quiz" / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))
        return engine_of(tmp_path, TODAY)

    return change


def trial(*tried: Tried, right: float | None = None, **stories: str) -> Trial:
    """A trial that reaches the floors, or has another share of right answers."""
    topics = {name: {**one, "precision": 1.0, "recall": 1.0} for name, one in BASELINE["topics"].items()}
    totals: dict[str, Any] = {
        **dict.fromkeys(("right_or_offered", "false_declines", "out_declined", "language_recognized"), 0.9),
        **BASELINE["totals"],
    }
    if right is not None:
        totals["right"] = right
    pairs = [[expected, got, 1] for expected, got in BASELINE["confusions"]]
    return Trial(
        tried, {"totals": totals, "topics": topics, "labels": BASELINE["labels"], "confusions": pairs}, stories
    )


def test_the_same_content_gives_the_same_verdicts(live: Engine) -> None:
    assert changed_verdicts(live, live) == []


def test_a_changed_verdict_names_its_people(live: Engine, changed: Callable[[str, str, str], Engine]) -> None:
    found = changed_verdicts(live, changed("outcomes.yml", "verdict: likely", "verdict: possible"))
    assert found
    assert {(c.before, c.after) for c in found} == {("likely", "possible")}
    assert {c.outcome for c in found} == {"clerkship"}
    assert all("papers = ready" in c.people for c in found)


def test_the_way_back_is_the_same_people(live: Engine, changed: Callable[[str, str, str], Engine]) -> None:
    other = changed("outcomes.yml", "verdict: likely", "verdict: possible")
    there, back = changed_verdicts(live, other), changed_verdicts(other, live)
    assert {(c.people, c.before, c.after) for c in there} == {(c.people, c.after, c.before) for c in back}


def test_what_is_answered_otherwise_is_better_or_worse_or_neither() -> None:
    before = trial(
        Tried("a", "faq/x", "wrong", "X"),
        Tried("b", "faq/y", "right", "Y"),
        Tried("c", "faq/z", "right", "old words"),
        Tried("d", "faq/z", "right", "Z"),
        Tried("e", "ask/cost", "right", "E", ("ask/cost/oet", "fact/oet_fee")),
    )
    after = trial(
        Tried("a", "faq/y", "right", "Y"),
        Tried("b", "faq/x", "wrong", "X"),
        Tried("c", "faq/z", "right", "new words"),
        Tried("d", "faq/z", "right", "Z"),
        Tried("e", "ask/cost", "right", "E", ("ask/cost/usmle", "fact/oet_fee")),
    )
    found = compare(ROOT, after, before, ())
    assert [(pair.after.text, pair.kind) for pair in found.utterances] == [
        ("a", "better"),
        ("b", "worse"),
        ("c", "answered otherwise"),
        ("e", "answered otherwise"),
    ]
    assert not found.complaints
    for page in (as_text(found), as_html(found)):
        assert "Better: 1" in page
        assert "Worse: 1" in page
    assert "old words" in as_html(found)
    assert "ask/cost (ask/cost/oet)" in as_text(found)


def test_a_story_that_goes_otherwise_is_refused() -> None:
    found = compare(ROOT, trial(greeting='"greeting", turn 1 ("hi"): …'), None, ())
    assert len(found.complaints) == 1
    assert "cannot be published" in as_text(found)
    assert "cannot be published" in as_html(found)


def test_less_than_the_floor_is_refused_even_where_nothing_is_live() -> None:
    floor = BASELINE["totals"]["right"]
    assert not compare(ROOT, trial(right=floor - 0.01), None, ()).complaints
    assert compare(ROOT, trial(right=floor - 0.03), None, ()).complaints


def test_less_than_what_is_live_is_refused() -> None:
    floor = BASELINE["totals"]["right"]
    found = compare(ROOT, trial(right=floor), trial(right=floor + 0.03), ())
    assert [text for text in found.complaints if "Beside what is live" in text]
