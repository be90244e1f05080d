"""The form while an enquiry is open: what is told, agreed to and forgotten, and what happens beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions import enquiry
from actions.quiz_form import ActionAskQuiz, ValidateQuizForm
from actions.turn import ENQUIRY, QUIZ, QUIZ_ANSWER, Done
from img_pathway.dialogue.understood import Understood
from img_pathway.enquiry.agreed import KEY
from img_pathway.enquiry.talk import Draft, filled
from img_pathway.quiz import State
from tests.actions.given import (
    LONG,
    asked,
    asking,
    basis,
    enquiry_words,
    given,
    lines,
    payloads,
    ran,
    said_by_person,
    typed,
)
from tests.dialogue.hearing import heard
from tests.quiz.content import bot

WORDS = enquiry_words()
FIELDS = {field.id: field for field in WORDS.questions}
NAME = Draft({}, "name")
TOLD = {"name": "Amina Diallo", "email": "amina@example.com", "phone": "", "specialty": "", "months": "", "city": ""}
CONSENT = Draft(TOLD, "consent")
STAGE = asked("stage")
KNOWN = asked("school_place", stage="graduate")
YES, NO = heard("enquiry:yes"), heard("enquiry:no")
OPENS = heard("can somebody contact me about a rotation", "enquiry_start")


def take(message: Understood, draft: Draft | None = NAME, state: State = STAGE) -> Done:
    return ValidateQuizForm().act(asking(message, state, draft=draft))


# Opening


@pytest.mark.parametrize("message", [OPENS, heard("enquiry:start")], ids=["words", "click"])
@pytest.mark.parametrize("state", [State(), STAGE], ids=["alone", "in the quiz"])
def test_it_opens_and_leaves_the_quiz_as_it_is(message: Understood, state: State) -> None:
    done = take(message, None, state)
    assert lines(done) == [filled(WORDS.begin, bot())]
    assert dict(done.slots) == {ENQUIRY: Draft().to_slot(), QUIZ_ANSWER: None}
    assert not done.agreed


def test_one_that_is_open_goes_on() -> None:
    done = take(OPENS, Draft({"name": "Amina"}, "email"))
    assert lines(done) == []
    assert dict(done.slots) == {QUIZ_ANSWER: None}


def test_its_open_question_is_asked_in_place_of_the_quizs() -> None:
    done = ActionAskQuiz().act(asking(OPENS, STAGE, draft=Draft()))
    assert lines(done) == [filled(FIELDS["name"].asks, bot())]
    assert dict(done.slots) == {ENQUIRY: NAME.to_slot()}


def test_its_question_is_asked_again_after_something_else_was_answered() -> None:
    answered = [said_by_person(LONG), ran("action_answer")]
    done = ActionAskQuiz().act(asking(LONG, asked("goal", None), draft=NAME, events=answered))
    assert lines(done) == [filled(FIELDS["name"].asks, bot())]


# Answering


def test_an_answer_is_kept_in_the_draft_alone() -> None:
    done = take(typed("Amina Diallo"))
    assert dict(done.slots) == {ENQUIRY: Draft({"name": "Amina Diallo"}).to_slot(), QUIZ_ANSWER: None}
    assert not done.agreed


def test_an_answer_that_cannot_be_right_changes_nothing() -> None:
    done = take(typed("amina at example"), Draft({"name": "Amina"}, "email"))
    assert lines(done) == [FIELDS["email"].wrong]
    assert dict(done.slots) == {ENQUIRY: Draft({"name": "Amina"}, "email").to_slot(), QUIZ_ANSWER: None}


def test_what_would_be_a_record_elsewhere_is_an_answer_here() -> None:
    done = take(typed("march, i graduated in 2015"), Draft(dict(list(TOLD.items())[:4]), "months"))
    assert QUIZ not in done.slots
    assert done.slots[ENQUIRY]["told"]["months"]


@pytest.mark.parametrize(
    "message",
    [
        LONG,
        heard("how much does it cost?", "ask/cost"),
        heard("please delete everything you know of me", "delete_data"),
        heard("Amina", danger="crisis"),
        heard("helped:no"),
        heard("delete:all"),
        heard("faq:eras_photo"),
    ],
    ids=lambda message: message.danger or message.text,
)
def test_what_is_no_answer_gives_way(message: Understood) -> None:
    assert take(message) == Done()


# Agreeing


def test_what_was_agreed_to_is_handed_over_once_and_the_draft_is_forgotten() -> None:
    done = take(YES, CONSENT)
    agreed = done.agreed[KEY]
    assert agreed["told"] == {"name": "Amina Diallo", "email": "amina@example.com"}
    assert agreed["profile"] == {}
    assert agreed["consent"] == filled(FIELDS["consent"].asks, bot())
    assert dict(done.slots) == {ENQUIRY: None, QUIZ_ANSWER: "sent"}
    assert lines(done) == [filled(WORDS.sent, bot(), number=agreed["id"], email="amina@example.com")]


@pytest.mark.parametrize(("may", "passed_on"), [("yes", 1), ("no", 0)])
def test_the_quiz_is_passed_on_only_with_a_yes_of_its_own(may: str, passed_on: int) -> None:
    agreed = take(YES, replace(CONSENT, told={**TOLD, "profile": may}), KNOWN).agreed[KEY]
    assert len(agreed["profile"]) == passed_on
    assert "profile" not in agreed["told"]


@pytest.mark.parametrize("end", [YES, NO, heard("stop", "quiz_stop")], ids=["yes", "no", "stop"])
def test_at_the_end_the_way_back_to_an_open_quiz_is_offered(end: Understood) -> None:
    assert payloads(take(end, CONSENT, KNOWN)) == ["quiz:resume"]
    assert payloads(take(end, CONSENT, State())) == []


# Leaving


@pytest.mark.parametrize(
    ("message", "draft"),
    [
        (NO, CONSENT),
        (heard("stop"), NAME),
        (heard("quiz:stop"), NAME),
        (heard("i do not want this anymore", "quiz_stop"), NAME),
    ],
    ids=lambda value: getattr(value, "text", ""),
)
def test_who_leaves_agrees_to_nothing_and_nothing_is_kept(message: Understood, draft: Draft) -> None:
    done = take(message, draft)
    assert dict(done.slots) == {ENQUIRY: None, QUIZ_ANSWER: "stopped"}
    assert not done.agreed


@pytest.mark.parametrize("said", ["hm", "maybe later"])
def test_what_is_no_yes_agrees_to_nothing(said: str) -> None:
    done = take(typed(said), CONSENT)
    assert lines(done) == [FIELDS["consent"].wrong]
    assert done.slots[ENQUIRY] == CONSENT.to_slot()
    assert not done.agreed


def test_it_can_be_left_only_while_it_is_open() -> None:
    left = enquiry.leave(given(typed("delete"), draft=NAME))
    assert lines(left) == [WORDS.stopped]
    assert dict(left.slots) == {ENQUIRY: None}
    assert enquiry.leave(given(typed("delete"))) == Done()


# The quiz meanwhile


def test_a_click_of_the_quiz_is_the_quizs_and_leaves_the_draft_alone() -> None:
    done = take(heard("stage:graduate"))
    assert dict(done.slots) == {QUIZ: STAGE.with_answer("stage", "graduate").to_slot(), QUIZ_ANSWER: None}


def test_words_of_the_quiz_are_not_the_quizs() -> None:
    done = take(typed("graduate"))
    assert QUIZ not in done.slots
    assert done.slots[ENQUIRY]["told"] == {"name": "graduate"}


@pytest.mark.parametrize(
    ("text", "label"), [("what are my answers?", "quiz_answers"), ("can i check my eligibility?", "quiz_start")]
)
def test_a_question_about_the_quiz_gives_way_and_neither_takes_it(text: str, label: str) -> None:
    assert take(heard(text, label)) == Done()


def test_a_click_back_corrects_the_enquiry_and_not_the_quiz() -> None:
    done = take(heard("quiz:back"), Draft({"name": "Amina"}, "email"), KNOWN)
    assert QUIZ not in done.slots
    assert done.slots[ENQUIRY]["told"] == {}


def test_a_result_that_is_clicked_meanwhile_is_shown_and_the_enquiry_goes_on() -> None:
    done = take(heard("quiz:result"), NAME, KNOWN)
    assert [id_ for id_ in basis(done) if id_.startswith("outcome/")]
    assert ENQUIRY not in done.slots
    assert done.slots[QUIZ_ANSWER] is None
