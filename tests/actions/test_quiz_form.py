"""The form while the quiz is open: what it takes, what it leaves to Rasa's rules, and when it asks."""

from __future__ import annotations

import pytest

from actions.quiz_form import ActionAskQuiz, ValidateQuizForm
from actions.turn import ENQUIRY, QUIZ, QUIZ_ANSWER, Done, said
from img_pathway.dialogue.understood import Understood
from img_pathway.quiz import State
from img_pathway.reply import Reply
from tests.actions.given import (
    GREETING,
    LENGTH,
    LONG,
    asked,
    asking,
    basis,
    given,
    payloads,
    ran,
    said_by_person,
    says,
    typed,
)
from tests.dialogue.hearing import heard

GIVES_WAY = Done()
CLICK = heard("stage:graduate")
STAGE = asked("stage")
RECORD = "i graduated in 2015 in pakistan and passed step 1"


def take(message: Understood, state: State = STAGE) -> Done:
    return ValidateQuizForm().act(asking(message, state))


def state_after(done: Done) -> State:
    return State(**done.slots[QUIZ])


# What the form leaves to others


def test_a_message_that_was_answered_is_not_taken_again() -> None:
    answered = [said_by_person(CLICK), ran("action_answer"), ran("quiz_form")]
    assert ValidateQuizForm().act(asking(CLICK, STAGE, events=answered)) == GIVES_WAY
    only_the_form = [said_by_person(CLICK), ran("action_extract_slots"), ran("quiz_form")]
    assert state_after(ValidateQuizForm().act(asking(CLICK, STAGE, events=only_the_form))).answers


@pytest.mark.parametrize(
    "message",
    [
        LONG,
        GREETING,
        heard("what photo should i upload for eras", "faq/eras_photo"),
        heard("please delete everything you know of me", "delete_data"),
        heard("thank you so much", "small_talk/thanks"),
        heard("graduate", danger="crisis"),
        heard("stage:graduate", danger="emergency"),
    ],
    ids=lambda message: message.danger or message.text,
)
def test_what_is_no_answer_gives_way(message: Understood) -> None:
    assert take(message) == GIVES_WAY


@pytest.mark.parametrize(
    "click", ["helped:yes", "helped:no", "delete:all", "faq:eras_photo", "ask:length:observership", "faq:gone"]
)
def test_a_click_of_something_else_gives_way(click: str) -> None:
    assert take(heard(click)) == GIVES_WAY


# What the form takes


def test_an_answer_is_kept_and_the_form_goes_on() -> None:
    done = take(CLICK)
    assert dict(done.slots) == {QUIZ: STAGE.with_answer("stage", "graduate").to_slot(), QUIZ_ANSWER: None}
    assert said(asking(CLICK, STAGE), done) == (Reply(), Reply())
    assert (done.asks, dict(done.agreed)) == (False, {})


def test_an_answer_among_other_words_is_kept_and_shown() -> None:
    done = take(typed("well i am a graduate already"))
    assert state_after(done).answers == {"stage": "graduate"}
    assert says(done, "noted_list")


def test_a_few_words_that_name_nothing_are_asked_again_and_set_nothing_new() -> None:
    done = take(typed("banana"))
    assert says(done, "ask_again")
    assert dict(done.slots) == {QUIZ: STAGE.to_slot(), QUIZ_ANSWER: None}


def test_a_record_opens_the_quiz_without_a_question_open() -> None:
    done = ValidateQuizForm().act(given(heard(RECORD, "tell_about_me")))
    assert state_after(done).answers["graduation_year"] == 2015
    assert done.slots[QUIZ_ANSWER] is None
    assert says(done, "noted_list")


def test_the_last_answer_ends_the_form_with_the_result() -> None:
    done = take(heard("internship_post:home_year"), asked("internship_post", "internship", stage="graduate"))
    assert done.slots[QUIZ_ANSWER] == "finished"
    assert state_after(done).asked is None
    assert [id_ for id_ in basis(done) if id_.startswith("outcome/")]


def test_who_stops_ends_the_form_and_keeps_the_answers() -> None:
    done = take(heard("stop", "quiz_stop"), asked("progress", stage="graduate"))
    assert done.slots[QUIZ_ANSWER] == "stopped"
    assert state_after(done).answers == {"stage": "graduate"}
    assert payloads(done) == ["quiz:resume", "quiz:result", "quiz:restart"]


def test_another_persons_record_is_not_mixed_with_the_open_one() -> None:
    state = asked("progress", stage="clinical")
    done = take(heard("my cousin graduated in 2015 in pakistan", "tell_about_me"), state)
    assert says(done, "other_person", who="cousin")
    assert dict(done.slots) == {QUIZ: state.to_slot(), QUIZ_ANSWER: None}


def test_the_quiz_sets_nothing_of_an_enquiry() -> None:
    for message in (CLICK, typed("banana"), heard("stop", "quiz_stop")):
        assert ENQUIRY not in take(message).slots


# A question beside a record

BESIDE = ("tell_about_me", ("ask/length", 0.5))


def test_a_record_is_kept_and_the_question_beside_it_is_answered_first() -> None:
    message, state = heard(f"{RECORD}. and how long is an observership", *BESIDE), asked("goal", None)
    done = take(message, state)
    answer, noted = said(asking(message, state), done)
    assert LENGTH in answer.basis
    assert (answer.options, answer.asks_if_helped) == ((), False)
    assert noted.text
    assert state_after(done).answers["graduation_year"] == 2015
    assert done.slots[QUIZ_ANSWER] is None


def test_whether_they_may_is_decided_by_the_record_that_is_told() -> None:
    message, state = heard(f"{RECORD}, can i still do electives", "tell_about_me"), asked("goal", None)
    done = take(message, state)
    assert "outcome/clerkship" in said(asking(message, state), done)[0].basis
    assert state_after(done).answers["stage"] == "graduate"


def test_a_record_that_is_known_already_answers_nothing_beside() -> None:
    message = heard(f"{RECORD}, can i still do electives", "tell_about_me")
    known = state_after(take(message, asked("goal", None)))
    again = take(message, known)
    assert again.record is None
    assert state_after(again).answers == known.answers


# Asking


def test_the_next_question_is_asked_and_remembered() -> None:
    done = ActionAskQuiz().act(given(CLICK, state=State("certification", {"stage": "graduate"}, ("stage",))))
    assert basis(done) == ["question/school_place"]
    assert state_after(done) == asked("school_place", stage="graduate")
    assert list(done.slots) == [QUIZ]


def test_the_goal_is_asked_first() -> None:
    done = ActionAskQuiz().act(given(heard("check me", "quiz_start")))
    assert basis(done) == ["question/goal"]
    assert says(done, "goal_question")
    assert done.slots[QUIZ]["asked"] == "goal"


def test_the_goal_is_not_asked_again_after_something_else_was_answered() -> None:
    answered = [said_by_person(LONG), ran("action_answer")]
    assert ActionAskQuiz().act(asking(LONG, asked("goal", None), events=answered)) == Done()
    not_an_answer = [said_by_person(typed("banana"))]
    again = ActionAskQuiz().act(asking(typed("banana"), asked("goal", None), events=not_an_answer))
    assert basis(again) == ["question/goal"]


def test_any_other_question_is_asked_again_after_something_else_was_answered() -> None:
    answered = [said_by_person(LONG), ran("action_answer")]
    assert basis(ActionAskQuiz().act(asking(LONG, STAGE, events=answered))) == ["question/stage"]
