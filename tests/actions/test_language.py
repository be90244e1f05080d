"""Answers in the person's own language."""

from __future__ import annotations

import pytest

from actions.language_actions import ActionInTheirLanguage
from img_pathway.dialogue.languages import said_in
from img_pathway.reply import Reply
from tests.actions.given import LONG, asked, asking, given, lines
from tests.dialogue.hearing import heard
from tests.quiz.content import bot

SPANISH = heard("no entiendo nada de lo que dice", band="ask", language="es", likely_language="es")


def test_another_language_is_answered_in_it_and_nothing_is_set() -> None:
    done = ActionInTheirLanguage().act(given(SPANISH, misses=1))
    assert lines(done) == [said_in(bot().languages["es"], "other_language", bot().organization)]
    assert not done.slots
    assert not done.asks


def test_so_it_is_while_a_question_is_open() -> None:
    assert ActionInTheirLanguage().act(asking(SPANISH, asked("stage"))) == ActionInTheirLanguage().act(given(SPANISH))


def test_english_gets_nothing() -> None:
    for message in (LONG, heard("i want to die", danger="crisis")):
        done = ActionInTheirLanguage().act(given(message))
        assert done.replies == (Reply(),)
        assert not done.slots


@pytest.mark.parametrize("danger", ["crisis", "emergency"])
def test_in_danger_the_likeliest_language_is_enough(danger: str) -> None:
    message = heard("ayuda me muero", danger=danger, likely_language="es")
    assert lines(ActionInTheirLanguage().act(given(message))) == [getattr(bot().languages["es"], danger)]


def test_a_likely_language_alone_is_too_little() -> None:
    message = heard("ayuda me muero", band="ask", likely_language="es")
    assert ActionInTheirLanguage().act(given(message)).replies == (Reply(),)


def test_a_language_without_sentences_gets_nothing() -> None:
    message = heard("mi ne komprenas vin", band="ask", language="eo", likely_language="eo")
    assert "eo" not in bot().languages
    assert ActionInTheirLanguage().act(given(message)).replies == (Reply(),)
