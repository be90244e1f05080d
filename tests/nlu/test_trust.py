"""How far a guess is trusted: fitted to utterances of both kinds, and moving the right way."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from img_pathway.content import ContentError
from img_pathway.dialogue.utterances import read_utterances
from img_pathway.nlu.trust import Reading, Trust
from tests.nlu.made_up import data, model

ROOT = Path(__file__).parents[2]
LABELS = ("faq/a", "faq/b", "decline/off_topic")
DECLINES = np.array([False, False, True])


def reading(*rows: tuple[tuple[float, float, float], tuple[float, float, float]]) -> Reading:
    """One row a message: probabilities and nearness of the labels."""
    chances = np.array([row[0] for row in rows], dtype=np.float32)
    near = np.array([row[1] for row in rows], dtype=np.float32)
    return Reading(chances, near, near.max(axis=1), DECLINES)


PLAIN = ((0.90, 0.05, 0.05), (0.9, 0.3, 0.1))
TORN = ((0.40, 0.38, 0.22), (0.5, 0.5, 0.2))
STRANGE = ((0.04, 0.03, 0.93), (0.1, 0.1, 0.8))
# Plain messages are ours and guessed right, torn ones ours and guessed wrong, strange ones not ours.
CALIBRATION = reading(*[PLAIN] * 6, *[TORN] * 6, *[STRANGE] * 6)
EXPECTED = [["faq/a"]] * 6 + [["faq/b"]] * 6 + [["decline/off_topic"]] * 6


@pytest.fixture(scope="module")
def trust() -> Trust:
    return Trust.fit(CALIBRATION, LABELS, EXPECTED)


def test_what_is_ours_is_likelier_ours_than_what_is_not(trust: Trust) -> None:
    plain, torn, strange = trust.in_scope(reading(PLAIN, TORN, STRANGE))
    assert plain > torn > strange
    assert plain > 0.5 > strange


def test_a_plain_guess_is_likelier_right_than_a_torn_one(trust: Trust) -> None:
    plain, torn = trust.right(reading(PLAIN, TORN))
    assert plain > 0.5 > torn


def test_all_are_probabilities(trust: Trust) -> None:
    extremes = reading(((1.0, 0.0, 0.0), (1.0, 0.0, 0.0)), ((0.0, 0.0, 1.0), (0.0, 0.0, 1.0)), PLAIN)
    for found in (trust.in_scope(extremes), trust.right(extremes)):
        assert ((found >= 0) & (found <= 1)).all()


def test_more_doubt_and_less_nearness_lower_the_trust(trust: Trust) -> None:
    steps = [((0.9 - 0.1 * i, 0.05 + 0.1 * i, 0.05), (0.9 - 0.1 * i, 0.3, 0.1)) for i in range(5)]
    found = trust.right(reading(*steps))
    assert (np.diff(found) < 0).all()


def test_more_probability_of_declines_lowers_the_scope(trust: Trust) -> None:
    steps = [((0.9 - 0.2 * i, 0.05, 0.05 + 0.2 * i), (0.9, 0.3, 0.1 + 0.2 * i)) for i in range(5)]
    found = trust.in_scope(reading(*steps))
    assert (np.diff(found) < 0).all()


def test_any_of_the_expected_labels_is_right() -> None:
    either = [["faq/b", "faq/a"]] * 6 + [["faq/b"]] * 6 + [["decline/off_topic"]] * 6
    np.testing.assert_allclose(
        Trust.fit(CALIBRATION, LABELS, either).right(CALIBRATION),
        Trust.fit(CALIBRATION, LABELS, EXPECTED).right(CALIBRATION),
    )


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        ([PLAIN, TORN], [["faq/a"], ["faq/b"]]),  # all ours
        ([STRANGE, STRANGE], [["decline/off_topic"]] * 2),  # none ours
        ([PLAIN, PLAIN, STRANGE], [["faq/a"], ["faq/a"], ["decline/off_topic"]]),  # all right
        ([PLAIN, TORN, STRANGE], [["faq/b"], ["faq/b"], ["decline/off_topic"]]),  # none right
    ],
)
def test_utterances_of_one_kind_alone_are_refused(messages: list, expected: list[list[str]]) -> None:
    with pytest.raises(ValueError, match="both kinds"):
        Trust.fit(reading(*messages), LABELS, expected)


def test_the_best_labels_are_of_the_kind_that_is_asked_for() -> None:
    found = reading(STRANGE)
    assert [LABELS[i] for i in found.best(declining=False)[0][:2]] == ["faq/a", "faq/b"]
    assert LABELS[found.best(declining=True)[0][0]] == "decline/off_topic"


def test_without_labels_that_decline_everything_is_ours_to_guess() -> None:
    free = Reading(CALIBRATION.probabilities, CALIBRATION.nearness, CALIBRATION.likeness, np.zeros(3, dtype=bool))
    assert free.best(declining=True)[0][0] == free.best(declining=False)[0][0]
    assert np.isfinite(free.scope_features()).all()


def test_a_model_is_read_with_the_labels_that_decline() -> None:
    known = data()
    found = Reading.of(model(known), known.texts, known.pooled, {"greet"})
    assert found.declines.tolist() == [False, True, False]
    assert found.probabilities.shape == (len(known.texts), 3)


def test_the_calibration_has_utterances_of_both_kinds() -> None:
    utterances = read_utterances(ROOT / "data" / "calibration.yml")
    declining = [u for u in utterances if u.expect and all(label.startswith("decline/") for label in u.expect)]
    assert 0 < len(declining) < len(utterances)


def test_a_wrong_key_of_an_utterance_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "calibration.yml"
    path.write_text('utterances:\n  - text: "hi"\n    topik: x\n')
    with pytest.raises(ContentError, match='Did you mean "topic"'):
        read_utterances(path)
