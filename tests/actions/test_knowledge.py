"""Questions: what is looked up, what is remembered, and what a person tells of themselves in them."""

from __future__ import annotations

from actions.knowledge_actions import ActionAnswer
from actions.turn import ATTRIBUTE, MISSES, QUIZ, RECENT, TOPICS, Done
from img_pathway.dialogue.asking import Context
from img_pathway.quiz import State
from tests.actions.given import LENGTH, LONG, asked, asking, basis, given, says
from tests.dialogue.hearing import heard

TOLD_ONE = heard("i am in my final year, how long is an observership?", "ask/length")
TOLD_SEVERAL = heard("i graduated in 2015, how long is an observership?", "ask/length")
OF_NOBODY = heard("graduated 2015, how long is an observership?", "ask/length")
OF_ANOTHER = heard("my cousin graduated in 2015, how long is an observership for her?", "ask/length")
REMEMBERED = {TOPICS: ["observership"], ATTRIBUTE: "length", RECENT: ["observership"], MISSES: 0}


def answers(done: Done) -> dict[str, object]:
    return dict(State(**done.slots[QUIZ]).answers)


def test_a_question_is_answered_and_remembered_and_leaves_the_quiz_alone() -> None:
    done = ActionAnswer().act(given(LONG, misses=1))
    assert LENGTH in basis(done)
    assert dict(done.slots) == REMEMBERED
    assert not done.asks
    assert done.replies[0].asks_if_helped


def test_a_question_that_names_nothing_leans_on_the_turn_before() -> None:
    before = Context(("observership",), "what", ("observership", "residency"))
    done = ActionAnswer().act(given(heard("and how long is it", "ask/length"), context=before))
    assert LENGTH in basis(done)
    assert done.slots[RECENT] == ["observership", "residency"]


def test_while_a_question_of_the_quiz_is_open_nobody_is_asked_whether_it_helped() -> None:
    done = ActionAnswer().act(asking(LONG, asked("stage")))
    assert LENGTH in basis(done)
    assert not done.replies[0].asks_if_helped
    assert QUIZ not in done.slots


def test_one_thing_told_is_kept_and_shown_too() -> None:
    done = ActionAnswer().act(given(TOLD_ONE))
    assert LENGTH in basis(done)
    assert says(done, "noted")
    assert answers(done) == {"stage": "final_year"}


def test_several_things_told_are_kept_and_shown() -> None:
    done = ActionAnswer().act(given(TOLD_SEVERAL))
    assert LENGTH in basis(done)
    assert says(done, "noted")
    assert answers(done) == {"graduation_year": 2015, "stage": "graduate"}


def test_what_is_kept_goes_to_what_is_known_and_the_open_question_stays_open() -> None:
    done = ActionAnswer().act(asking(TOLD_SEVERAL, asked("attempts", progress="step_1")))
    assert answers(done)["progress"] == "step_1"
    assert done.slots[QUIZ]["asked"] == "attempts"


def test_what_is_not_told_in_the_first_person_is_not_kept() -> None:
    assert OF_NOBODY.told.answers
    done = ActionAnswer().act(given(OF_NOBODY))
    assert LENGTH in basis(done)
    assert QUIZ not in done.slots
    assert not says(done, "noted")


def test_what_is_told_of_a_relative_is_kept_only_where_no_other_record_is_open() -> None:
    first = ActionAnswer().act(given(OF_ANOTHER))
    assert (first.slots[QUIZ]["about"], answers(first)["graduation_year"]) == ("cousin", 2015)
    own = State("match", {"stage": "clinical"}, ("stage",))
    done = ActionAnswer().act(given(OF_ANOTHER, state=own))
    assert LENGTH in basis(done)
    assert QUIZ not in done.slots
    assert not says(done, "noted")


def test_what_was_told_before_and_is_told_again_sets_nothing() -> None:
    known = State(None, TOLD_ONE.told.answers, tuple(TOLD_ONE.told.answers))
    assert QUIZ not in ActionAnswer().act(given(TOLD_ONE, state=known)).slots


def test_what_is_known_decides_and_so_does_what_the_question_tells() -> None:
    may_i = heard("can i do a clerkship", "ask/who")
    assert "outcome/clerkship" not in basis(ActionAnswer().act(given(may_i)))
    assert "outcome/clerkship" in basis(ActionAnswer().act(given(may_i, state=asked("visa", stage="graduate"))))
    told = heard("i graduated, can i do a clerkship", "ask/who")
    assert "outcome/clerkship" in basis(ActionAnswer().act(given(told)))
