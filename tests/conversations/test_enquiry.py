"""Asking for a rotation, over HTTP: from the result to the row in the database, with questions in between."""

from __future__ import annotations

import pytest

from img_pathway.enquiry.words import load_enquiry_words
from img_pathway.serve.supervisor import Supervisor
from tests.channels.browserless import Visitor
from tests.serving import ROOT, rows
from tests.talking import Talk

pytestmark = pytest.mark.server
WORDS = load_enquiry_words(ROOT / "data" / "enquiry.yml")
ASKS = {question.id: question.asks for question in WORDS.questions}


def enquiries(running: Supervisor, conversation: str) -> list[tuple[str, str]]:
    return rows(running, "SELECT told, profile FROM enquiries WHERE conversation = :id", id=conversation)


def visitor(running: Supervisor, talk: Talk) -> Visitor:
    return Visitor(running, talk.token)


def test_from_the_result_to_the_database_and_out_of_it(running: Supervisor, talk: Talk) -> None:
    talk.says("check my eligibility").says("goal:clinical").says("stage:graduate").says("school_place:elsewhere")
    talk.says("status:visa").says("entry_ban:not_listed").says("visit:watch").result("clinical").offered(
        "enquiry:start"
    )
    talk.says("enquiry:start").contains(ASKS["name"]).says("amina diallo").contains(ASKS["email"])
    talk.says("amina@example.com").says("skip").says("internal medicine").says("skip").says("skip")
    talk.contains(ASKS["profile"]).says("enquiry:yes").contains("amina@example.com").says("enquiry:yes")
    assert "amina@example.com" in talk.text
    who = visitor(running, talk)
    ((told, profile),) = enquiries(running, who.conversation)
    assert "Internal medicine" in told
    assert "isa" in profile
    assert who.asks("DELETE", "/chat/session").json() == {"deleted": True}
    assert enquiries(running, who.conversation) == []


def test_a_question_in_the_middle_is_answered_and_the_enquiry_goes_on(running: Supervisor, talk: Talk) -> None:
    talk.says("enquiry:start").says("Amina")
    talk.says("how long is an observership?").fact("observership_length").contains(ASKS["email"])
    talk.says("stop").contains(WORDS.stopped)
    assert enquiries(running, visitor(running, talk).conversation) == []


def test_without_a_yes_nothing_is_kept(running: Supervisor, talk: Talk) -> None:
    talk.says("please have somebody contact me about a rotation").contains(ASKS["name"])
    talk.says("Amina").says("amina@example.com").says("skip").says("skip").says("skip").says("skip")
    talk.says("enquiry:no").contains(WORDS.not_sent)
    assert enquiries(running, visitor(running, talk).conversation) == []


def test_an_enquiry_pauses_the_quiz_and_it_goes_on_after_it(talk: Talk) -> None:
    talk.says("check my eligibility").says("goal:match").says("stage:graduate").asked("school_place")
    talk.says("enquiry:start").contains(ASKS["name"]).says("stop").says("continue").asked("school_place")


def test_the_log_holds_no_name(running: Supervisor, talk: Talk) -> None:
    talk.says("enquiry:start").says("Zebediah Quux").says("zebediah@example.com").says("stop")
    for part in running.parts:
        log = part.log.read_text(encoding="utf-8", errors="replace").lower()
        assert "zebediah" not in log
