"""Whether an answer helped, clicked and typed, over HTTP."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from img_pathway.channels.talks import read_talk
from img_pathway.channels.turn_outcome import outcome_of
from img_pathway.database.connect import connect
from img_pathway.dialogue.bot import Bot
from img_pathway.serve.supervisor import Supervisor
from tests.channels.browserless import Visitor
from tests.talking import Talk

pytestmark = pytest.mark.server
ASKED = "what kind of picture goes into myeras"


def asks_if_helped(talk: Talk) -> bool:
    return any(reply.asks_if_helped for reply in talk.replies)


@pytest.mark.parametrize("text", [ASKED, "how long is residency?", "internship vs residency"])
def test_under_an_answer_people_are_asked(talk: Talk, text: str) -> None:
    assert asks_if_helped(talk.says(text))


@pytest.mark.parametrize(
    "text", ["menu", "hello", "write me a poem about dogs", "check my eligibility", "talk to a person"]
)
def test_under_anything_else_they_are_not(talk: Talk, text: str) -> None:
    assert not asks_if_helped(talk.says(text))


def test_in_the_quiz_they_are_not(talk: Talk) -> None:
    talk.says("check my eligibility").says("goal:match").says(ASKED).common("eras_photo").asked("stage")
    assert not asks_if_helped(talk)


def test_a_yes_is_thanked_for(talk: Talk) -> None:
    talk.says(ASKED).says("helped:yes").response("utter_small_talk/thanks")
    assert not asks_if_helped(talk)


@pytest.mark.parametrize(
    "text", ["helped:no", "that didn't help", "you didn't answer my question", "not really what i was asking about"]
)
def test_a_no_gets_other_readings_and_a_person(talk: Talk, text: str) -> None:
    talk.says(ASKED).says(text).phrase("not_helped")
    assert talk.bot.organization.contact.email in talk.text
    assert talk.payloads
    assert talk.bot.knowledge.faq["eras_photo"].asks not in talk.payloads
    talk.says(talk.payloads[0])
    assert talk.bot.say("not_helped") not in talk.text


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("no that helped a lot thanks", "utter_small_talk/thanks"),
        ("that answer is simply wrong", "utter_small_talk/complaint"),
        ("no", None),
    ],
)
def test_what_is_near_to_it_is_taken_for_what_it_is(talk: Talk, text: str, response: str | None) -> None:
    talk.says(ASKED).says(text)
    assert talk.bot.say("not_helped") not in talk.text
    if response:
        talk.response(response)


@pytest.mark.parametrize("text", ["helped:yes", "helped:no", "that did not help me at all, sorry"])
def test_in_the_quiz_it_is_no_answer_and_the_question_comes_back(talk: Talk, text: str) -> None:
    talk.says(ASKED).says("check my eligibility").says("goal:match").asked("stage")
    talk.says(text).asked("stage").says("my answers").phrase("nothing_yet")


def test_in_an_enquiry_it_is_no_name(talk: Talk) -> None:
    asked = talk.says("enquiry:start").replies[-1].text[-1]
    talk.says("helped:no").phrase("not_helped").contains(asked)


def test_history_and_transcript_say_it_in_words_and_staff_see_the_message(
    running: Supervisor, talk: Talk, bot: Bot
) -> None:
    talk.says(ASKED).says("helped:no")
    visitor = Visitor(running, talk.token)
    assert [exchange["text"] for exchange in visitor.history()] == [ASKED, bot.say("helped_no")]
    assert bot.say("helped_no") in visitor.asks("GET", "/chat/transcript").text
    database = sa.engine.URL.create("sqlite", database=running.settings.database)
    turns = read_talk(connect(database), visitor.conversation)
    assert [outcome_of(turn, bot).word for turn in turns] == ["did not help", "understood"]
