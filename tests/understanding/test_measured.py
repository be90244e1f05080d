"""Figures are measured anew when, and only when, something changed that they depend on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.understanding import baseline
from benchmarks.understanding.measured import Measured
from benchmarks.understanding.running import ROOT

KNOWN = {"held_out": baseline.HELD_OUT, "folds": baseline.FOLDS}


class Counter:
    """Takes the place of a measurement."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> dict[str, Any]:
        self.times += 1
        return {"times": self.times}


@pytest.fixture()
def counter() -> Counter:
    return Counter()


@pytest.fixture()
def measured(tmp_path: Path, counter: Counter) -> Measured:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "one.yml").write_text("one")
    return Measured(Path("measured") / "figures.json", ("data/**/*.yml",), counter)


def test_the_same_inputs_are_measured_once(measured: Measured, counter: Counter, tmp_path: Path) -> None:
    assert measured.figures(tmp_path) == measured.figures(tmp_path) == {"times": 1}
    assert counter.times == 1


@pytest.mark.parametrize("change", ["text", "name", "new file"])
def test_other_inputs_are_measured_anew(measured: Measured, tmp_path: Path, change: str) -> None:
    measured.figures(tmp_path)
    file = tmp_path / "data" / "one.yml"
    if change == "text":
        file.write_text("two")
    elif change == "name":
        file.rename(file.with_name("two.yml"))
    else:
        file.with_name("two.yml").write_text("two")
    assert measured.figures(tmp_path) == {"times": 2}
    assert json.loads((tmp_path / measured.file).read_text())["figures"] == {"times": 2}


@pytest.mark.parametrize("name", KNOWN)
def test_each_pattern_of_the_inputs_finds_files(name: str) -> None:
    assert [pattern for pattern in KNOWN[name].inputs if not list(ROOT.glob(pattern))] == []
