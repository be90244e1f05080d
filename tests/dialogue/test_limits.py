"""The limits of the dialogue: every one has its value and its measurement, and others can be tried."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest

from benchmarks.understanding.limits import beyond_chance, in_quiz, others
from img_pathway.dialogue.limits import FILE, Limits, limits, load, trying
from img_pathway.dialogue.listening import GOAL
from tests.dialogue.hearing import guessed
from tests.quiz.content import bot

NAMES = [field.name for field in fields(Limits)]


def test_every_limit_has_a_value_and_what_was_measured_of_it() -> None:
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    assert list(kept) == NAMES
    assert all(f" at {one['value']:g}" in one["measured"] for one in kept.values())


def test_a_limit_without_a_value_is_named(tmp_path: Path) -> None:
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    del kept["fact_met"]
    path = tmp_path / "limits.json"
    path.write_text(json.dumps(kept))
    with pytest.raises(KeyError, match="fact_met"):
        load(path)


def test_other_limits_hold_only_while_they_are_tried() -> None:
    message = guessed("hm the thing there", "ask/what", band="ask")
    assert message.band == "ask"
    with trying(replace(limits(), right=0.05)):
        assert message.band == "answer"
    assert message.band == "ask"


@pytest.mark.parametrize(
    ("better", "worse", "sure"),
    [(0, 0, False), (5, 0, False), (7, 0, True), (9, 1, False), (20, 5, True), (5, 20, False)],
)
def test_a_change_has_to_be_better_beyond_chance(better: int, worse: int, sure: bool) -> None:
    assert beyond_chance(better, worse) is sure


def test_probabilities_are_tried_by_tenths_and_numbers_by_one() -> None:
    assert list(others(0.9)) == [0.7, 0.8, 0.85, 0.95, 1.0]
    assert list(others(4)) == [3, 5]


def test_messages_for_tuning_belong_to_questions_that_there_are() -> None:
    asked = {one.asked for one in in_quiz()}
    assert asked - {GOAL} <= set(bot().engine.quiz.questions)
    assert len(in_quiz()) > 70
