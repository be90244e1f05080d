"""A turn as the widget draws it, what a number or a label stands for, and text that is safe to hand on."""

from __future__ import annotations

import json

import pytest

from img_pathway.channels.conversation import meant, turn_json
from img_pathway.channels.rendering import short
from img_pathway.channels.talks import turns_of
from img_pathway.channels.wording import LONGEST_TEXT, as_text, clean, is_too_long, shown
from img_pathway.reply import Option, Progress, Reply
from tests.channels.turn_events import WELCOME, heard, said


def test_a_turn_as_json_has_these_keys_in_this_order() -> None:
    (turn,) = turns_of([heard("check", "message-1"), said(Reply(text=("Yes.",)))], WELCOME)
    replies = json.dumps([Reply(text=("Yes.",)).to_dict()])
    assert json.dumps(turn_json(turn)) == (
        f'{{"id": "message-1", "text": "Check me", "at": "1970-01-01T00:00:01+00:00", "replies": {replies}, '
        '"took": "check"}'
    )


def test_a_number_stands_for_an_option_but_not_in_the_quiz() -> None:
    assert meant("2", [], WELCOME) == "residency"
    assert meant(" 1. ", [], WELCOME) == "check"
    assert meant("3", [], WELCOME) == "3"
    assert meant("2 years", [], WELCOME) == "2 years"
    question = Reply(options=(Option("Never", "attempts:never"),), progress=Progress(1, 9))
    assert meant("1", turns_of([heard("hi"), said(question)]), WELCOME) == "1"


def test_a_label_stands_for_its_option_whatever_its_case_and_accents_and_so_does_its_beginning() -> None:
    offered = Reply(options=(Option("Médico, I graduated", "a"), Option("Student, final year", "b")))
    history = turns_of([heard("hi"), said(offered)])
    assert meant("MEDICO, i graduated", history, WELCOME) == "a"
    assert meant("student, final", history, WELCOME) == "b"
    # One word may mean anything, and what begins two labels means neither.
    assert meant("student", history, WELCOME) == "student"
    twins = turns_of([heard("hi"), said(Reply(options=(Option("No, not yet", "a"), Option("No, not me", "b"))))])
    assert meant("no, not", twins, WELCOME) == "no, not"


def test_a_reference_stands_for_the_option_that_was_offered_last_or_before() -> None:
    long = "What is the difference between a clerkship and a sub-internship, and which of them do programs want?"
    history = turns_of([heard("hi"), said(Reply(options=(Option("A", long),))), heard("hm"), said(Reply())])
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
