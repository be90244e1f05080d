"""Exchanges read from events, and what a number stands for."""

from __future__ import annotations

from typing import Any

from img_pathway.channels.conversation import exchanges, meant
from img_pathway.channels.wording import as_text, clean, shown
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
    assert [exchange.picked for exchange in exchanges(events, WELCOME)] == [None, None, None]


def test_a_number_stands_for_an_option_but_not_in_the_quiz() -> None:
    assert meant("2", [], WELCOME) == "residency"
    assert meant(" 1. ", [], WELCOME) == "check"
    assert meant("3", [], WELCOME) == "3"
    assert meant("2 years", [], WELCOME) == "2 years"
    question = Reply(options=(Option("Never", "attempts:never"),), progress=Progress(1, 9))
    assert meant("1", exchanges([heard("hi"), said(question)]), WELCOME) == "1"


def test_text_for_rasa_is_never_a_command_and_is_shown_as_typed() -> None:
    for typed in ("/restart", " /restart", "/intent{}", "//", "a/b"):
        assert not as_text(typed).strip().startswith("/")
        assert shown(as_text(typed)) == typed.strip()
    assert clean("a\x00b\ud800c\td\n") == "a b c\td"
