"""A conversation stays until the person ends it, and then it is gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from img_pathway.serve.supervisor import Supervisor
from tests.channels.browserless import Visitor, code
from tests.widget.page import Person

pytestmark = [pytest.mark.server, pytest.mark.browser]
QUIZ = ("check my eligibility", "goal:internship")


def test_it_survives_a_reload(person: Person) -> None:
    person.says("what is a residency?").begins_the_quiz()
    before = person.said, person.offered, person.last.inner_text()
    person.reloads()
    assert (person.said, person.offered, person.last.inner_text()) == before
    assert person.picks("Graduated, I have my degree").offered


def test_a_second_tab_shows_the_same_and_both_stay_together(person: Person) -> None:
    person.says("what is a residency?")
    other = Person(person.page.context.new_page(), person.address).visits().opens()
    assert other.said == person.said
    assert other.token == person.token
    other.says("and a fellowship?")
    person.is_answered(2)
    assert person.said == other.said == ["what is a residency?", "and a fellowship?"]


def test_it_survives_a_restart_of_the_server(person: Person, running: Supervisor) -> None:
    """What the server keeps over a restart: tests/channels/test_web_failures.py."""
    person.says("check my eligibility").picks("A residency place (the Match)")
    person.page.clock.install()
    token, server = person.token, "**/chat/**"
    person.page.context.route(server, lambda route: route.abort("connectionrefused"))
    person.option("Graduated, I have my degree").click()
    expect(person.banner).to_contain_text("cannot be reached")
    person.page.context.unroute(server)
    person.page.clock.run_for(10_000)
    person.is_answered(3)
    assert person.token == token
    assert person.reloads().said[-1] == "Graduated, I have my degree"
    said = [event["text"] for event in Visitor(running, token).stored("user")]
    assert said.count("stage:graduate") == 1
    assert len(Visitor(running, token).history()) == 3


def test_start_again_begins_a_new_conversation(person: Person) -> None:
    person.says("what is a residency?")
    before = person.token
    person.chooses("Start again", "Start again").is_answered(0)
    expect(person.banner).to_contain_text("new conversation")
    assert person.token != before
    assert person.reloads().said == []


def test_start_again_can_be_taken_back(person: Person) -> None:
    person.says("what is a residency?").chooses("Start again", "Cancel")
    expect(person.chat.get_by_role("dialog")).to_have_count(0)
    # By the time of the next answer a new conversation would have begun.
    assert person.says("what is a fellowship?").said == ["what is a residency?", "what is a fellowship?"]


def test_start_again_in_the_quiz_asks_the_first_question_again(comes_back: Callable[..., Person]) -> None:
    person = comes_back(*QUIZ, "stage:graduate")
    before = person.token
    person.chooses("Start again").is_answered(4)
    assert "What do you want to find out?" in person.last.inner_text()
    assert person.token == before


def test_delete_my_answers_leaves_nothing_on_the_server(comes_back: Callable[..., Person], running: Supervisor) -> None:
    person = comes_back(*QUIZ)
    visitor = Visitor(running, person.token)
    assert visitor.stored()
    person.chooses("Delete my answers", "Delete").is_answered(0)
    expect(person.banner).to_contain_text("deleted")
    assert visitor.stored() == []
    assert code(visitor.says("hello")) == "bad_token"
    assert person.token != visitor.token
    assert person.says("what is a residency?").said == ["what is a residency?"]


@pytest.mark.parametrize("way", ["click", "Delete everything", "1"])
def test_who_writes_to_delete_is_asked_as_in_the_menu(person: Person, running: Supervisor, way: str) -> None:
    person.says("what is a residency?").says("delete my data")
    visitor, dialog = Visitor(running, person.token), person.chat.get_by_role("dialog")

    def take() -> None:
        if way == "click":
            person.option("Delete everything").click()
        else:
            person.writes(way)

    take()
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_have_count(0)
    # By the time of the next answer the conversation would have been deleted, or the words sent.
    person.says("delete my data")
    assert len(visitor.stored("user")) == 3
    take()
    dialog.get_by_role("button", name="Delete", exact=True).click()
    person.is_answered(0)
    expect(person.banner).to_contain_text("deleted")
    assert visitor.stored() == []
    assert code(visitor.says("hello")) == "bad_token"


def test_what_cannot_be_deleted_is_said_and_stays(person: Person, running: Supervisor) -> None:
    person.says("what is a residency?")
    person.page.context.route("**/chat/session", lambda route: route.fulfill(status=503, json={}))
    person.chooses("Delete my answers", "Delete")
    expect(person.banner).to_contain_text("could not be deleted")
    assert person.said == ["what is a residency?"]
    assert Visitor(running, person.token).stored()


def test_who_comes_back_with_an_ended_conversation_is_told_and_gets_a_new_one(person: Person) -> None:
    visitor_token = person.says("what is a residency?").token
    person.page.request.delete(f"{person.address}/chat/session", headers={"Authorization": f"Bearer {visitor_token}"})
    person.reloads()
    expect(person.banner).to_contain_text("has ended")
    assert person.token != visitor_token
    person.says("what is a fellowship?")


@pytest.mark.parametrize(("item", "begins"), [("Save as text", "IMG"), ("Save as web page", "<!doctype html>")])
def test_the_transcript_is_a_file(comes_back: Callable[..., Person], item: str, begins: str, tmp_path: Path) -> None:
    person = comes_back("what is a residency?")
    with person.page.expect_download() as download:
        person.chooses(item)
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    content = file.read_text(encoding="utf-8")
    assert file.suffix == (".html" if begins.startswith("<") else ".txt")
    assert "what is a residency?" in content
    assert "not legal" in content
    assert content.startswith(begins) or not begins.startswith("<")


def test_the_result_can_be_printed(finished: Callable[..., Person]) -> None:
    person = finished()
    page = person.page
    person.log.evaluate("() => { window.print = () => { window.printed = true } }")
    person.result.get_by_role("button", name="Print").click()
    person.log.wait_for_function("() => window.printed")
    person.goes_to_the_chat()
    page.emulate_media(media="print")
    expect(person.result).to_be_visible()
    for not_on_paper in (person.composer, person.button("Menu"), person.result.get_by_role("button", name="Print")):
        expect(not_on_paper).to_be_hidden()
    # Paper does not scroll and does not unfold.
    assert person.log.evaluate("e => getComputedStyle(e).overflowY") == "visible"
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    expect(person.chat.locator("details:not([open])")).to_have_count(0)
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    expect(person.chat.locator("details:not([open])")).not_to_have_count(0)
    assert len(page.pdf()) > 10_000
