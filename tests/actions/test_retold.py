"""What is told or supposed of a record while no question is open, whatever the message is guessed to be."""

from __future__ import annotations

import pytest

from actions.help_actions import ActionDeleteData, ActionMenu, ActionNotUnderstood
from actions.knowledge_actions import ActionAnswer
from actions.rotation_actions import ActionRotation
from actions.turn import MISSES, QUIZ, retold
from img_pathway.quiz import State
from tests.actions.given import asking, given, says
from tests.dialogue.hearing import heard
from tests.quiz.content import bot

ANSWERS = {
    "stage": "graduate",
    "school_place": "elsewhere",
    "progress": "certified",
    "status": "visa",
}
RECORD = State("certification", ANSWERS, tuple(ANSWERS))
QUIZ_OF = bot().engine.quiz


def test_a_correction_gives_the_result_anew() -> None:
    done = retold(given(heard("sorry, i have no green card but i am a citizen", "ask/what"), state=RECORD, misses=1))
    assert done is not None
    assert State.from_slot(done.slots[QUIZ], QUIZ_OF).answers["status"] == "citizen"
    assert done.slots[MISSES] == 0
    assert done.replies[0].sections
    assert not done.asks
    assert done.record == {**ANSWERS, "status": "citizen"}


def test_what_the_correction_leaves_open_is_asked() -> None:
    done = retold(given(heard("sorry, i am not certified yet", band="ask"), state=RECORD))
    assert done is not None
    assert done.asks


def test_what_is_supposed_is_not_kept() -> None:
    done = retold(given(heard("what if my certificate expires?", band="ask"), state=RECORD))
    done = done or retold(given(heard("suppose my certificate is expired", band="ask"), state=RECORD))
    assert done is not None
    assert State.from_slot(done.slots[QUIZ], QUIZ_OF) == RECORD
    assert done.record is None


@pytest.mark.parametrize(
    "text",
    ["what is an observership", "thanks a lot", "i am certified now, what does an observership cost", ""],
)
def test_a_question_and_small_talk_are_left_to_their_actions(text: str) -> None:
    assert retold(given(heard(text, "ask/what"), state=RECORD)) is None


def test_without_a_record_and_while_a_question_is_open_it_is_no_matter_of_these_actions() -> None:
    told = heard("i am a citizen", "ask/what")
    assert retold(given(told)) is None
    assert retold(asking(told, RECORD)) is None


def test_another_person_is_not_taken_for_the_one_who_writes() -> None:
    done = retold(given(heard("my wife is a US citizen", "ask/what"), state=RECORD))
    assert done is not None
    assert says(done, "other_person", who="wife")


def test_those_give_way_that_answer_a_message_that_is_only_guessed() -> None:
    assert all(action.gives_way for action in (ActionAnswer, ActionNotUnderstood, ActionMenu))
    assert not any(action.gives_way for action in (ActionRotation, ActionDeleteData))
