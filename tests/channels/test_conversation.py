"""Exchanges read from events, and what a number stands for."""

from __future__ import annotations

from typing import Any

import pytest

from img_pathway.channels.conversation import exchanges, meant
from img_pathway.channels.rendering import short
from img_pathway.channels.wording import LONGEST_TEXT, as_text, clean, is_too_long, shown
from img_pathway.reply import Option, Progress, Reply

WELCOME = Reply(text=("Hello",), options=(Option("Check me", "check"), Option("Residency", "residency"))).to_dict()


def heard(text: str, message_id: str = "m") -> dict[str, Any]:
    return {"event": "user", "text": text, "message_id": message_id, "timestamp": 1.0}


def said(reply: Reply) -> dict[str, Any]:
    return {"event": "bot", "text": "…", "metadata": {"reply": reply.to_dict()}}


def test_a_plain_response_of_rasa_becomes_a_reply() -> None:
    event = {"event": "bot", "text": "One\n\nTwo", "data": {"buttons": [{"title": "A", "payload": "a"}]}}
    ((reply,),) = [exchange.replies for exchange in exchanges([heard("hi"), event])]
    assert Reply.from_dict(reply) == Reply(text=("One", "Two"), options=(Option("A", "a"),))


def test_a_label_is_shown_where_an_option_was_clicked_even_an_old_one() -> None:
    events = [heard("check"), said(Reply(options=(Option("A", "a"),))), heard("hm"), said(Reply()), heard("a")]
    assert [exchange.text for exchange in exchanges(events, WELCOME)] == ["Check me", "hm", "A"]
    assert [exchange.took for exchange in exchanges(events, WELCOME)] == ["check", None, None]


def test_what_was_typed_took_the_option_for_which_the_quiz_took_it() -> None:
    question = said(Reply(options=(Option("Student", "stage:student"), Option("Graduate", "stage:graduate"))))
    kept: dict[str, Any] = {"event": "slot", "name": "quiz", "value": {"goal": "match", "answers": {}}}
    answered = {**kept, "value": {"goal": "match", "answers": {"stage": "graduate", "year": 2015}}}
    events = [heard("check me"), kept, question, heard("why"), kept, question, heard("2"), answered, said(Reply())]
    assert [(exchange.text, exchange.took) for exchange in exchanges(events)] == [
        ("check me", None),
        ("why", None),
        ("2", "stage:graduate"),
    ]


def test_a_button_of_the_window_is_shown_in_its_words() -> None:
    events = [heard("what is x"), said(Reply(asks_if_helped=True)), heard("helped:no")]
    shown_ = exchanges(events, WELCOME, {"helped:no": "No, it did not"})
    assert [(exchange.said, exchange.text) for exchange in shown_][-1] == ("helped:no", "No, it did not")


def test_a_number_stands_for_an_option_but_not_in_the_quiz() -> None:
    assert meant("2", [], WELCOME) == "residency"
    assert meant(" 1. ", [], WELCOME) == "check"
    assert meant("3", [], WELCOME) == "3"
    assert meant("2 years", [], WELCOME) == "2 years"
    question = Reply(options=(Option("Never", "attempts:never"),), progress=Progress(1, 9))
    assert meant("1", exchanges([heard("hi"), said(question)]), WELCOME) == "1"


def test_a_label_stands_for_its_option_whatever_its_case_and_accents_and_so_does_its_beginning() -> None:
    offered = Reply(options=(Option("Médico, I graduated", "a"), Option("Student, final year", "b")))
    history = exchanges([heard("hi"), said(offered)])
    assert meant("MEDICO, i graduated", history, WELCOME) == "a"
    assert meant("student, final", history, WELCOME) == "b"
    # One word may mean anything, and what begins two labels means neither.
    assert meant("student", history, WELCOME) == "student"
    twins = exchanges([heard("hi"), said(Reply(options=(Option("No, not yet", "a"), Option("No, not me", "b"))))])
    assert meant("no, not", twins, WELCOME) == "no, not"


def test_a_reference_stands_for_the_option_that_was_offered_last_or_before() -> None:
    long = "What is the difference between a clerkship and a sub-internship, and which of them do programs want?"
    history = exchanges([heard("hi"), said(Reply(options=(Option("A", long),))), heard("hm"), said(Reply())])
    reference = short(long, 64)
    assert len(reference.encode()) <= 64
    assert meant(reference, history, WELCOME) == long
    assert meant("~made up", history, WELCOME) == "~made up"


@pytest.mark.parametrize(
    ("text", "is_long"),
    [
        ("x" * LONGEST_TEXT, False),
        ("x" * (LONGEST_TEXT + 1), True),
        ("\ufdfa" * 55, False),  # 18 characters each
        ("\ufdfa" * 56, True),
        ("\u3300" * 251, True),  # 4 characters each
        ("\u2473" * 501, True),  # "20"
        ("\ud55c" * LONGEST_TEXT, False),
        ("e\u0301" * 500, False),
        ("e\u0301" * 501, True),  # one character each as it is read, but two as it is sent
        ("\U0001f642" * LONGEST_TEXT, False),
        ("\u0344" * 501, True),
        ("\ud800" * LONGEST_TEXT, False),
    ],
    ids=ascii,
)
def test_a_text_is_as_long_as_what_is_read_of_it(text: str, is_long: bool) -> None:
    assert is_too_long(text) == is_long


def test_text_for_rasa_is_never_a_command_and_is_shown_as_typed() -> None:
    for typed in ("/restart", " /restart", "/intent{}", "//", "a/b"):
        assert not as_text(typed).strip().startswith("/")
        assert shown(as_text(typed)) == typed.strip()
    assert clean("a\x00b\ud800c\td\n") == "a b c\td"
