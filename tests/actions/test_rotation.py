"""The rotation that fits, and those on offer."""

from __future__ import annotations

from actions.rotation_actions import ActionOffers, ActionRotation
from actions.turn import MISSES, QUIZ, Done
from img_pathway.quiz import State
from tests.actions.given import asked, asking, basis, given, payloads, says
from tests.dialogue.hearing import heard
from tests.quiz.content import bot

FITS = heard("which rotation fits", "rotation")
ENOUGH = {"stage": "graduate", "school_place": "elsewhere", "status": "green_card"}
RECORD = State("clinical", ENOUGH, tuple(ENOUGH))
ROTATIONS = [f"rotation/{rotation.id}" for rotation in bot().organization.rotations]


def rotations(done: Done) -> list[str]:
    return [id_ for id_ in basis(done) if id_.startswith("rotation/")]


def test_with_enough_known_a_rotation_is_named_and_nothing_follows() -> None:
    done = ActionRotation().act(given(FITS, state=RECORD, misses=1))
    (named,) = rotations(done)
    rotation = next(r for r in bot().organization.rotations if f"rotation/{r.id}" == named)
    assert (rotation.kind, f"outcome/{rotation.kind}" in basis(done)) == ("observership", True)
    assert payloads(done) == ["enquiry:start"]
    assert dict(done.slots) == {QUIZ: RECORD.to_slot(), MISSES: 0}
    assert not done.asks


def test_with_too_little_known_the_quiz_opens_for_clinical_experience() -> None:
    done = ActionRotation().act(given(FITS, misses=1))
    assert says(done, "rotation_ask")
    assert not rotations(done)
    assert dict(done.slots) == {QUIZ: State("clinical").to_slot(), MISSES: 0}
    assert done.asks


def test_another_quiz_that_is_going_on_is_not_thrown_away() -> None:
    state = asked("school_place", stage="graduate")
    done = ActionRotation().act(asking(FITS, state))
    assert says(done, "rotation_later")
    assert payloads(done) == ["goal:clinical"]
    assert done.slots[QUIZ] == state.to_slot()
    assert not done.asks


def test_what_the_message_tells_is_kept_and_decides() -> None:
    told = heard("i graduated abroad, an img, and i have a green card. which rotation fits", "rotation")
    done = ActionRotation().act(given(told))
    assert len(rotations(done)) == 1
    assert done.slots[QUIZ]["answers"] == ENOUGH
    assert not done.asks


def test_what_is_told_of_a_relative_leaves_the_own_record_as_it_was() -> None:
    told = heard("my cousin graduated in 2015, which rotation fits", "rotation")
    assert ActionRotation().act(given(told, state=RECORD)).slots[QUIZ] == RECORD.to_slot()


def test_the_specialty_that_is_named_goes_first_and_one_not_on_offer_is_said_so() -> None:
    on_offer = heard("which family medicine rotation fits", "rotation")
    done = ActionRotation().act(given(on_offer, state=RECORD))
    assert rotations(done) == ["rotation/example_observership_family_medicine"]
    pediatrics = ActionRotation().act(given(heard("which pediatrics rotation fits", "rotation"), state=RECORD))
    name = bot().knowledge.topics["pediatrics"].name
    assert says(pediatrics, "rotation_not_in", specialty=name)
    assert not says(done, "rotation_not_in", specialty=name)
    assert len(rotations(pediatrics)) == 1


def test_an_honest_no_names_none_and_asks_nothing() -> None:
    banned = {"stage": "graduate", "school_place": "elsewhere", "status": "visa", "entry_ban": "full"}
    done = ActionRotation().act(given(FITS, state=State("clinical", banned, tuple(banned))))
    assert says(done, "rotation_none")
    assert not rotations(done)
    assert not payloads(done)
    assert not done.asks


def test_all_rotations_are_listed_and_nothing_is_known_of_the_person_after_it() -> None:
    done = ActionOffers().act(given(heard("what rotations do you have", "offers"), misses=1))
    assert rotations(done) == ROTATIONS
    assert payloads(done) == ["quiz:start", "enquiry:start"]
    assert dict(done.slots) == {MISSES: 0}
    assert not done.asks
