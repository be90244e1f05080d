"""The menu, a person to contact, misses, answers that did not help, and deleting."""

from __future__ import annotations

import pytest

from actions.help_actions import (
    ActionContact,
    ActionDeleteData,
    ActionMenu,
    ActionNotHelped,
    ActionNotUnderstood,
)
from actions.turn import ATTRIBUTE, ENQUIRY, MISSES, RECENT, TOPICS
from img_pathway.dialogue.asking import Context
from img_pathway.dialogue.deleting import offer
from img_pathway.dialogue.understood import Understood
from img_pathway.enquiry.talk import Draft
from img_pathway.quiz import State
from img_pathway.reply import Reply
from tests.actions.given import (
    GREETING,
    LONG,
    asked,
    asking,
    basis,
    enquiry_words,
    given,
    lines,
    payloads,
    ran,
    said_by_bot,
    said_by_person,
    says,
)
from tests.dialogue.hearing import heard
from tests.quiz.content import bot

NO_MISS = {MISSES: 0}
YES, DENIES = heard("yes", "affirm"), heard("no", "deny")
DELETE = heard("please delete everything you know of me", "delete_data")
OFFERED = [said_by_person(DELETE), ran("action_delete_data"), said_by_bot(offer(bot(), Reply()))]
NOT_HELPED = heard("helped:no")
LOST = heard("hm the thing there", band="decline")


# Menu and contact


def test_the_menu_is_shown_and_the_misses_are_over() -> None:
    done = ActionMenu().act(given(heard("what can you do", "what_can_you_do"), misses=1))
    assert basis(done) == ["help/menu"]
    assert "quiz:start" in payloads(done)
    assert dict(done.slots) == NO_MISS


def test_a_yes_to_the_offer_to_delete_says_how_it_is_done() -> None:
    done = ActionMenu().act(given(YES, events=[*OFFERED, said_by_person(YES)]))
    assert payloads(done) == ["delete:all"]
    assert says(done, "delete_how", option=bot().say("delete_option"))
    assert "help/menu" not in basis(done)
    assert dict(done.slots) == NO_MISS


@pytest.mark.parametrize(
    ("message", "before"),
    [(DENIES, OFFERED), (YES, []), (YES, [*OFFERED, said_by_person(LONG), ran("action_answer")])],
    ids=["a no", "nothing was offered", "something else came between"],
)
def test_any_other_yes_or_no_gets_the_menu(message: Understood, before: list[object]) -> None:
    done = ActionMenu().act(given(message, events=[*before, said_by_person(message)]))
    assert basis(done) == ["help/menu"]
    assert "delete:all" not in payloads(done)


def test_the_contact_is_given_and_the_misses_are_over() -> None:
    done = ActionContact().act(given(heard("i want to talk to a person", "contact_person"), misses=1))
    assert basis(done) == ["help/contact"]
    assert dict(done.slots) == NO_MISS


# Not understood


def test_a_first_miss_is_counted_and_what_was_spoken_of_stays() -> None:
    done = ActionNotUnderstood().act(given(LOST, context=Context(("residency",), "length", ("residency",))))
    assert says(done, "not_understood_nothing")
    assert dict(done.slots) == {MISSES: 1}


def test_a_second_miss_in_a_row_offers_a_person() -> None:
    done = ActionNotUnderstood().act(given(LOST, misses=1))
    assert says(done, "not_understood_twice")
    assert bot().organization.contact.email in "\n".join(lines(done))
    assert dict(done.slots) == {MISSES: 2}
    assert ActionNotUnderstood().act(given(LOST, misses=2)).slots == {MISSES: 3}


def test_a_topic_that_is_plain_is_remembered_and_the_miss_counts_all_the_same() -> None:
    half = heard("hm the thing there", ("faq/eras_photo", 0.3), ("faq/eras_apply_late", 0.3), band="ask")
    done = ActionNotUnderstood().act(given(half, misses=1))
    assert says(done, "did_you_mean")
    assert {f"fact/{id_}" for id_ in bot().knowledge.topics["eras"].gist} <= set(basis(done))
    assert dict(done.slots) == {TOPICS: ["eras"], ATTRIBUTE: "what", RECENT: ["eras"], MISSES: 2}


# Not helped


def test_other_readings_of_the_message_before_are_offered() -> None:
    before = heard("what photo should i upload", ("faq/eras_photo", 0.9), ("faq/eras_apply_late", 0.02))
    events = [said_by_person(GREETING), said_by_person(before), ran("action_answer"), said_by_person(NOT_HELPED)]
    done = ActionNotHelped().act(given(NOT_HELPED, events=events, misses=1))
    assert says(done, "not_helped")
    assert bot().organization.contact.email in "\n".join(lines(done))
    assert payloads(done) == ["faq:eras_apply_late"]
    assert dict(done.slots) == NO_MISS


def test_who_complains_twice_is_still_answered_about_the_question() -> None:
    before = heard("what photo should i upload", ("faq/eras_photo", 0.9), ("faq/eras_apply_late", 0.02))
    events = [said_by_person(before), said_by_person(NOT_HELPED), ran("action_not_helped"), said_by_person(NOT_HELPED)]
    assert payloads(ActionNotHelped().act(given(NOT_HELPED, events=events))) == ["faq:eras_apply_late"]


def test_without_a_message_before_only_a_person_is_offered() -> None:
    done = ActionNotHelped().act(given(NOT_HELPED, events=[said_by_person(NOT_HELPED)]))
    assert says(done, "in_other_words")
    assert payloads(done) == []


# Deleting


def test_deleting_is_offered_and_nothing_is_deleted_yet() -> None:
    done = ActionDeleteData().act(given(DELETE, misses=1))
    assert payloads(done) == ["delete:all"]
    assert dict(done.slots) == NO_MISS
    assert not done.asks


def test_beside_it_the_way_back_to_an_open_quiz_is_offered() -> None:
    done = ActionDeleteData().act(asking(DELETE, asked("stage")))
    assert payloads(done) == ["delete:all", "quiz:resume"]
    assert dict(done.slots) == NO_MISS
    without = ActionDeleteData().act(given(DELETE, state=State(None, {"stage": "graduate"}, ("stage",))))
    assert payloads(without) == ["delete:all"]


def test_an_enquiry_that_is_open_is_left_and_forgotten_first() -> None:
    done = ActionDeleteData().act(asking(DELETE, State(), draft=Draft({"name": "Amina"}, "email")))
    assert lines(done)[0] == enquiry_words().stopped
    assert payloads(done) == ["delete:all"]
    assert dict(done.slots) == {ENQUIRY: None, MISSES: 0}
    assert not done.agreed
