"""One probability for each candidate: evidence counts, nothing is a candidate too, and all sums up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from img_pathway.dialogue.message_reader import without_false_alarm
from img_pathway.dialogue.understood import Guess, Understood
from img_pathway.nlu.chooser import EVIDENCE, Chooser, candidates, evidence
from tests.quiz.content import bot

CALIBRATION = [
    # A torn model is right half of the time, a sure one nearly always; what is far from all examples has no answer.
    *[("what is an observership", (("ask/what", 0.4), ("faq/rotation_visa_which_one", 0.5)), "ask/what")] * 6,
    *[("define externship", (("ask/what", 0.3), ("faq/eras_photo", 0.6)), "ask/what")] * 6,
    *[("may i bring my chess trophies", (("faq/eras_hobbies_volunteering", 0.9),), "faq/eras_hobbies_volunteering")]
    * 8,
    *[("is the sky blue in ohio", (("faq/eras_photo", 0.2), ("decline/off_topic", 0.7)), "decline/off_topic")] * 8,
    *[("who feeds my parrot", (("faq/eras_photo", 0.1), ("faq/letters_waive", 0.1)), "")] * 6,
]


def guessed(text: str, *guesses: tuple[str, float]) -> Understood:
    """A message with the candidates of a model, and the evidence of its words."""
    made = [Guess(label, probability, near=probability) for label, probability in guesses]
    ours = tuple(guess for guess in made if guess.intent not in ("decline", "emergency"))
    return bot().messages.read(Understood(text, ours, tuple(g for g in made if g not in ours)))


@pytest.fixture(scope="module")
def chooser() -> Chooser:
    messages = [guessed(text, *guesses) for text, guesses, _ in CALIBRATION]
    return Chooser.fit(messages, [{right} - {""} for *_, right in CALIBRATION])


def test_all_candidates_and_nothing_share_one_probability(chooser: Chooser) -> None:
    for text, guesses, _ in CALIBRATION:
        found = chooser(guessed(text, *guesses))
        held = sum(guess.probability for guess in candidates(found))
        assert 0.0 < held <= 1.0 + 1e-9
        assert found.in_scope == pytest.approx(1.0 - sum(guess.probability for guess in found.declined))
        assert [g.probability for g in found.guesses] == sorted((g.probability for g in found.guesses), reverse=True)


def test_what_the_words_show_outweighs_a_small_lead(chooser: Chooser) -> None:
    found = chooser(guessed("what is a clerkship", ("ask/what", 0.4), ("faq/rotation_visa_which_one", 0.5)))
    assert found.best.label == "ask/what"


@pytest.mark.parametrize(
    ("text", "label", "other"),
    [
        ("step 1 in five days, do what", "faq/step_3_how_to_study", True),
        ("step 3 in five days, do what", "faq/step_3_how_to_study", False),
        ("step 3 or step 1 first, how do i study", "faq/step_3_how_to_study", False),
        ("five days left, do what", "faq/step_3_how_to_study", False),
        ("my letters are old, do what", "faq/step_3_how_to_study", False),  # of no exam at all
        ("j-1 transfer", "faq/h1b_payment_new", True),
    ],
)
def test_what_is_of_another_exam_or_visa_than_the_one_named_is_known(text: str, label: str, other: bool) -> None:
    assert guessed(text, (label, 0.9)).best.other is other


def test_where_everything_is_far_nothing_is_likely(chooser: Chooser) -> None:
    near = chooser(guessed("which trophies may i bring", ("faq/eras_hobbies_volunteering", 0.9)))
    far = chooser(guessed("who waters my plants", ("faq/eras_photo", 0.1), ("faq/letters_waive", 0.1)))
    assert near.score > 0.7
    assert far.score < 0.5


def test_what_is_not_ours_competes_with_the_rest(chooser: Chooser) -> None:
    found = chooser(guessed("is grass green in utah", ("faq/eras_photo", 0.2), ("decline/off_topic", 0.7)))
    assert not found.ours
    assert found.best.label == "decline/off_topic"


def test_a_message_without_candidates_is_not_understood(chooser: Chooser) -> None:
    found = chooser(guessed("hm"))
    assert (found.guesses, found.right, found.in_scope) == ((), 0.0, 1.0)


def test_evidence_has_a_row_for_each_candidate_and_one_for_nothing() -> None:
    rows = evidence(guessed("what is a clerkship", ("ask/what", 0.4), ("decline/premed", 0.5)))
    assert rows.shape == (3, len(EVIDENCE) + 1)
    assert np.isfinite(rows).all()
    assert rows[-1].tolist() == [0.0] * len(EVIDENCE) + [1.0]


@pytest.mark.parametrize("text", ["emergency medicine", "what is emergency medicine"])
def test_a_word_of_danger_in_the_name_of_a_topic_is_no_alarm(text: str) -> None:
    heard = replace(guessed(text, ("ask/what", 0.1), ("emergency", 0.9)), in_scope=0.1)
    assert without_false_alarm(heard).best.label == "ask/what"


def test_danger_beside_the_name_of_another_topic_stays_one() -> None:
    heard = replace(guessed("chest pain after my clerkship", ("ask/what", 0.1), ("emergency", 0.9)), in_scope=0.1)
    assert without_false_alarm(heard).best.label == "emergency"
