"""The present model understands no less than the last stable one (`baseline.json`).

Figures of the same data and code are not measured again: `measured/` holds those of the last run, to be committed with
whatever changed them. After a change that is meant to move figures, and a look at the new report, `python -m
benchmarks.understanding baseline` writes the baseline anew.
"""

from __future__ import annotations

import copy
from typing import Any

import pytest

from benchmarks.understanding import baseline
from benchmarks.understanding.running import ROOT
from img_pathway.staff.gate import worse, worse_folds

STABLE: dict[str, Any] = {
    "totals": {"right": 0.8, "wrong": 0.1, "out_false_answers": 0.05},
    "topics": {"lor": {"f1": 0.9, "support": 10}, "step3": {"f1": 0.8, "support": 4}},
    "labels": {"faq/a": {"f1": 1.0, "support": 3}},
    "confusions": [["faq/a", "faq/b"], ["faq/c", "faq/d"]],
}


def changed(**parts: Any) -> dict[str, Any]:
    return {**copy.deepcopy(STABLE), **parts}


def test_the_gate_lets_equal_and_better_figures_pass() -> None:
    assert not worse(STABLE, STABLE)
    better = {"right": 0.9, "wrong": 0.05, "out_false_answers": 0.0}
    assert not worse(STABLE, changed(totals=better, confusions=[["faq/c", "faq/e"]]))


def test_the_gate_names_the_topic_that_got_worse_with_labels_and_new_confusions() -> None:
    topics = {"lor": {"f1": 0.7, "support": 10}, "step3": {"f1": 0.8, "support": 4}}
    labels = {"faq/a": {"f1": 0.3, "support": 3}}
    found = "\n".join(worse(STABLE, changed(topics=topics, labels=labels, confusions=[["faq/a", "faq/z"]])))
    assert "topic lor got worse" in found
    assert "label faq/a got worse" in found
    assert "faq/z was understood where faq/a was expected" in found
    assert "step3" not in found


def test_the_gate_forgives_one_utterance_of_a_topic() -> None:
    assert not worse(STABLE, changed(topics={**STABLE["topics"], "step3": {"f1": 0.55, "support": 4}}))
    assert worse(STABLE, changed(topics={**STABLE["topics"], "step3": {"f1": 0.45, "support": 4}}))


@pytest.mark.parametrize(("name", "value"), [("right", 0.77), ("wrong", 0.13), ("out_false_answers", 0.08)])
def test_the_gate_holds_the_floors(name: str, value: float) -> None:
    assert len(worse(STABLE, changed(totals={**STABLE["totals"], name: value}))) == 1


def test_the_gate_fails_for_many_new_confusions_alone() -> None:
    new = [["faq/c", f"faq/new{i}"] for i in range(6)]
    assert not worse(STABLE, changed(confusions=[*STABLE["confusions"], *new[:5]]))
    assert worse(STABLE, changed(confusions=[*STABLE["confusions"], *new]))


def test_the_gate_names_the_intent_that_cross_validation_finds_worse() -> None:
    stable = {"labels_right": 0.7, "intents_right": 0.9, "intents": {"decline/premed": {"f1": 0.9, "support": 100}}}
    assert not worse_folds(stable, stable)
    found = worse_folds(
        stable, {**stable, "labels_right": 0.6, "intents": {"decline/premed": {"f1": 0.8, "support": 100}}}
    )
    assert len(found) == 2
    assert "intent decline/premed got worse" in found[1]


@pytest.mark.server
def test_the_held_out_utterances_are_understood_as_before() -> None:
    found = worse(baseline.read()["held_out"], baseline.HELD_OUT.figures(ROOT))
    assert not found, "\n".join(found)


@pytest.mark.server
def test_what_people_really_write_is_understood_as_before() -> None:
    found = worse(baseline.read()["real"], baseline.REAL.figures(ROOT))
    assert not found, "\n".join(found)


@pytest.mark.server
def test_cross_validation_over_the_examples_is_as_good_as_before() -> None:
    found = worse_folds(baseline.read()["folds"], baseline.FOLDS.figures(ROOT))
    assert not found, "\n".join(found)
