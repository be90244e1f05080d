"""What became of a message, in the words of staff and of metrics."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from img_pathway.channels.talks import turns_of
from img_pathway.channels.turn_outcome import MISSES, TurnOutcome, outcome_of
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.labels import NOT_HELPED
from img_pathway.dialogue.understood import Band
from img_pathway.reply import Reply
from tests.channels.turn_events import does, heard, opens, said, sets
from tests.dialogue.hearing import guessed

IN_QUIZ = [opens("quiz_form"), sets("quiz", {"asked": "stage"})]
IN_ENQUIRY = [opens("quiz_form"), sets("enquiry", {"asked": "name"})]
MISSED = does("action_not_understood")


def understood(message: dict[str, Any], band: Band = "answer", *, ours: bool = True) -> dict[str, Any]:
    label = "ask/what" if ours else "decline/off_topic"
    found = replace(guessed(message["text"], label, band=band, ours=ours), label=label)
    return {**message, "parse_data": {**message["parse_data"], "understood": found.to_dict()}}


@pytest.mark.parametrize(
    ("before", "message", "then", "word", "metric"),
    [
        ([], heard("hi"), [does("action_answer")], "understood", "answered"),
        ([], heard("hi"), [], "understood", "answered"),
        ([], heard("check me"), [does("quiz_form")], "understood", "quiz"),
        ([], heard("check me"), [does("action_answer"), does("quiz_form")], "understood", "answered"),
        (IN_QUIZ, heard("stage:a"), [does("quiz_form")], "understood", "quiz"),
        ([], heard("rotation"), [does("quiz_form"), sets("enquiry", {"asked": "name"})], "understood", "enquiry"),
        ([], heard("no help", intent=NOT_HELPED), [does("action_not_helped")], "understood", "did_not_help"),
        ([], heard("hi"), [heard("no help", intent=NOT_HELPED)], "did not help", "did_not_help"),
        ([], heard("hi"), [MISSED, heard("no help", intent=NOT_HELPED)], "not understood", "not_understood"),
        ([], understood(heard("hm"), band="ask"), [MISSED], "asked back", "asked_back"),
        ([], understood(heard("hm"), band="decline"), [MISSED], "not understood", "not_understood"),
        ([], understood(heard("pizza"), ours=False), [does("utter_off_topic")], "declined", "declined"),
        ([], understood(heard("pizza"), ours=False), [does("action_answer")], "understood", "answered"),
        ([], heard("hi"), [does("utter_greet")], "understood", "answered"),
        ([], heard("help", intent="emergency"), [does("utter_emergency")], "danger", "danger"),
        (IN_ENQUIRY, heard("help", intent="emergency"), [does("utter_emergency")], "enquiry", "enquiry"),
        (IN_ENQUIRY, heard("Amina"), [MISSED], "enquiry", "enquiry"),
    ],
)  # fmt: skip
def test_each_outcome_has_its_words(
    bot: Bot, before: list[dict[str, Any]], message: dict[str, Any], then: list[dict[str, Any]], word: str, metric: str
) -> None:
    outcome = outcome_of(turns_of([*before, message, *then])[0], bot)
    assert (outcome.word, outcome.metric) == (word, metric)


@pytest.mark.parametrize("phrase", ["ask_again", "ask_again_year"])
def test_no_answer_is_found_only_where_a_question_was_open(bot: Bot, phrase: str) -> None:
    turn = [heard("qwertz"), does("quiz_form"), said(Reply(text=("Well.", bot.say(phrase))))]
    found = [outcome_of(turns_of([*before, *turn])[0], bot) for before in ([], IN_QUIZ)]
    assert found == [TurnOutcome.QUIZ, TurnOutcome.NO_ANSWER_FOUND]


def test_what_is_missed_is_not_called_understood() -> None:
    assert {outcome.word for outcome in MISSES} == {
        "not understood", "asked back", "no answer found", "declined", "did not help",
    }  # fmt: skip
