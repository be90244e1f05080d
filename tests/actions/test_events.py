"""What actions read in Rasa's events."""

from __future__ import annotations

import pytest

from actions.events import answered_before, offered_before, was_answered
from img_pathway.dialogue.understood import Understood
from img_pathway.reply import Option, Reply
from tests.actions.given import GREETING, LONG, ran, said_by_bot, said_by_person
from tests.dialogue.hearing import heard

NOT_HELPED = heard("that did not help", "not_helped")
YES = heard("yes", "affirm")


def offer(*payloads: str) -> Reply:
    return Reply(text=("Pick one.",), options=tuple(Option(payload, payload) for payload in payloads))


# Whether a message was answered


def test_a_message_that_another_action_dealt_with_was_answered() -> None:
    assert was_answered([said_by_person(LONG), ran("action_answer")])
    assert was_answered([said_by_person(LONG), ran("utter_small_talk"), ran("quiz_form")])


@pytest.mark.parametrize("step", ["quiz_form", "action_listen", "action_extract_slots"])
def test_a_step_of_the_form_is_no_answer(step: str) -> None:
    assert not was_answered([said_by_person(LONG), ran(step)])


def test_what_answered_the_message_before_does_not_count() -> None:
    assert not was_answered([said_by_person(LONG), ran("action_answer"), said_by_person(YES), ran("quiz_form")])


def test_where_nothing_happened_nothing_was_answered() -> None:
    assert not was_answered([])
    assert not was_answered([{"event": "slot", "name": "quiz"}])


# What was offered


def test_options_of_the_answer_before_were_offered() -> None:
    events = [said_by_person(LONG), said_by_bot(offer("a:b", "c:d")), said_by_bot(offer("e:f")), said_by_person(YES)]
    assert offered_before(events) == {"a:b", "c:d", "e:f"}


def test_options_of_older_answers_and_of_this_one_do_not_count() -> None:
    older = [said_by_person(GREETING), said_by_bot(offer("too:old"))]
    events = [
        *older,
        said_by_person(LONG),
        said_by_bot(offer("a:b")),
        said_by_person(YES),
        said_by_bot(offer("too:new")),
    ]
    assert offered_before(events) == {"a:b"}


def test_a_first_message_was_offered_nothing() -> None:
    assert offered_before([]) == frozenset()
    assert offered_before([said_by_bot(offer("a:b")), said_by_person(YES)]) == frozenset()


def test_a_message_of_rasa_itself_offers_nothing() -> None:
    for metadata in ({}, None, {"utter_action": "utter_small_talk"}):
        events = [said_by_person(LONG), {"event": "bot", "metadata": metadata}, said_by_person(YES)]
        assert offered_before(events) == frozenset()


# What an answer was to


def test_the_message_before_is_read_with_all_that_was_understood() -> None:
    assert answered_before([said_by_person(GREETING), said_by_person(LONG), said_by_person(NOT_HELPED)]) == LONG


def test_complaints_in_a_row_are_about_the_message_before_all_of_them() -> None:
    events = [said_by_person(LONG), said_by_person(NOT_HELPED), ran("action_not_helped"), said_by_person(NOT_HELPED)]
    assert answered_before(events) == LONG


def test_without_a_message_before_there_is_none() -> None:
    for events in ([], [said_by_person(LONG)], [said_by_person(NOT_HELPED), said_by_person(NOT_HELPED)]):
        assert answered_before(events) == Understood("")


def test_a_message_that_was_not_read_is_known_by_its_text() -> None:
    events = [{"event": "user", "text": "hm", "parse_data": None}, said_by_person(NOT_HELPED)]
    assert answered_before(events) == Understood("hm")
