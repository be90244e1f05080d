"""Messages arrive once, or it is said that they did not; nobody waits for ever."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Route, expect

from img_pathway.serve.supervisor import Supervisor
from tests.channels.browserless import Visitor
from tests.widget.page import MESSAGES, Person
from tests.widget.trouble import Refusing

pytestmark = [pytest.mark.server, pytest.mark.browser]
AT_ONCE = {"Retry-After": "0"}


def heard(person: Person, running: Supervisor) -> list[str]:
    """What the server has of the person's words, in the database."""
    return [event["text"] for event in Visitor(running, person.token).stored("user") if event["text"]]


def test_what_is_written_offline_waits_and_is_sent_in_order(person: Person, running: Supervisor) -> None:
    person.page.context.set_offline(True)
    person.writes("what is a residency?").writes("what is a fellowship?")
    expect(person.banner).to_contain_text("You are offline")
    expect(person.pending).to_have_count(2)
    expect(person.pending.first).to_contain_text("Waiting for your internet connection")
    assert heard(person, running) == []
    person.page.context.set_offline(False)
    person.is_answered(2)
    expect(person.banner).to_have_count(0)
    assert heard(person, running) == person.said == ["what is a residency?", "what is a fellowship?"]


@pytest.mark.parametrize("status", [503, 429, 502])
def test_a_server_that_recovers_answers_once(person: Person, running: Supervisor, status: int) -> None:
    refusing = Refusing(status, times=2, headers=AT_ONCE)
    person.page.context.route(MESSAGES, refusing)
    person.says("what is a residency?")
    assert refusing.asked == 3
    assert heard(person, running) == ["what is a residency?"]


@pytest.mark.parametrize(("status", "words"), [(503, "cannot be reached"), (429, "wait a moment")])
def test_while_it_tries_again_it_says_so(person: Person, running: Supervisor, status: int, words: str) -> None:
    person.page.clock.install()
    person.page.context.route(MESSAGES, Refusing(status, headers={"Retry-After": "20"}))
    person.writes("what is a residency?")
    expect(person.banner).to_contain_text(words)
    expect(person.pending).to_have_attribute("data-state", "waiting")
    person.page.clock.run_for(21_000)
    person.is_answered(1)
    expect(person.banner).to_have_count(0)
    assert heard(person, running) == ["what is a residency?"]


def test_what_was_not_sent_says_so_and_can_be_sent_again(person: Person, running: Supervisor) -> None:
    person.page.context.route(MESSAGES, Refusing())
    person.writes("what is a residency?")
    expect(person.pending).to_contain_text("Not sent.")
    expect(person.announcer).to_contain_text("Not sent.")
    expect(person.chat.locator(".typing")).to_have_count(0)
    person.button("Try again").click()
    person.is_answered(1)
    assert heard(person, running) == ["what is a residency?"]


def test_what_was_not_sent_can_be_taken_away(person: Person) -> None:
    person.page.context.route(MESSAGES, Refusing())
    person.writes("what is a residency?")
    person.button("Remove").click()
    expect(person.pending).to_have_count(0)
    assert person.said == []


def test_an_answer_that_is_lost_on_the_way_is_fetched_and_not_given_twice(person: Person, running: Supervisor) -> None:
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            return route.continue_()
        # The server works on it and answers; the answer never arrives.
        lost.append(route.fetch().text())
        route.abort("connectionreset")

    person.page.context.route(MESSAGES, lose_the_first)
    person.says("what is a residency?")
    assert len(lost) == 1
    assert heard(person, running) == ["what is a residency?"]
    assert person.said == ["what is a residency?"]


def test_a_reload_while_a_message_is_under_way_loses_nothing_and_repeats_nothing(
    person: Person, running: Supervisor
) -> None:
    person.page.context.route(MESSAGES, lambda route: None, times=1)
    with person.page.expect_request(MESSAGES):
        person.writes("what is a residency?")
    person.reloads()
    expect(person.pending).to_contain_text("Not sent.")
    person.button("Try again").click()
    person.is_answered(1).reloads().is_answered(1)
    assert heard(person, running) == person.said == ["what is a residency?"]


def test_a_server_that_never_answers_is_not_waited_for_without_end(arrives: Callable[..., Person]) -> None:
    person = arrives()
    clock = person.page.clock
    clock.install()
    person.visits().opens()
    person.waits_for_answers()
    # From here on no time passes but what the test says.
    clock.pause_at(datetime.now() + timedelta(hours=1))
    person.writes("what is a residency?")
    expect(person.chat.locator(".typing")).to_be_visible()
    clock.run_for(9_000)
    expect(person.chat.locator(".typing")).to_contain_text("Your message is not lost")
    clock.run_for(16_000)
    # Five times 25 seconds, and between them pauses of these lengths at most; more would run into the next one.
    for pause in (1_500, 3_000, 5_000, 9_000):
        expect(person.pending).to_have_attribute("data-state", "waiting")
        clock.run_for(pause)
        expect(person.pending).to_have_attribute("data-state", "sending")
        clock.run_for(25_000)
    expect(person.button("Try again")).to_be_visible()
    expect(person.chat.locator(".typing")).to_have_count(0)
    expect(person.composer).to_be_editable()


def test_a_chat_that_cannot_be_opened_names_people_and_opens_later(arrives: Callable[..., Person]) -> None:
    person = arrives().visits()
    person.page.context.route("**/chat/sessions", Refusing())
    person.launcher.click()
    expect(person.chat.get_by_role("heading", name="The assistant cannot be reached")).to_be_visible()
    expect(person.chat.get_by_role("link", name=re.compile("@"))).to_be_visible()
    person.button("Try again").click()
    person.is_ready().says("what is a residency?")
