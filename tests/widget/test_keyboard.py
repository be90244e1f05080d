"""Without a mouse, and with a screen reader."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.widget.page import Person

pytestmark = [pytest.mark.server, pytest.mark.browser]
GRADUATED = "Graduated, I have my degree"


def tab_to(person: Person, holds: Callable[[], bool], key: str = "Tab") -> None:
    """Goes on with a key until the focus is where it should be."""
    for _ in range(60):
        if holds():
            return
        person.page.keyboard.press(key)
    raise AssertionError(f"not reached; the focus is on {person.focused!r}")


def launcher_has_focus(person: Person) -> bool:
    return bool(person.launcher.evaluate("e => e.getRootNode().activeElement === e"))


def test_everything_can_be_done_with_the_keyboard_alone(arrives: Callable[..., Person]) -> None:
    person = arrives().visits()
    keyboard = person.page.keyboard
    tab_to(person, lambda: launcher_has_focus(person))
    keyboard.press("Enter")
    person.is_ready()
    expect(person.composer).to_be_focused()
    keyboard.type("check my eligibility")
    keyboard.press("Enter")
    person.is_answered(1)
    expect(person.composer).to_be_focused()
    tab_to(person, lambda: "Match" in person.focused, "Shift+Tab")
    keyboard.press("Enter")
    person.is_answered(2)
    tab_to(person, lambda: GRADUATED in person.focused)
    keyboard.press("Space")
    person.is_answered(3)
    assert person.progress.startswith("Question 2")
    keyboard.press("Escape")
    person.has_it_closed()
    expect(person.launcher).to_be_focused()


def test_shift_and_enter_begin_a_new_line(person: Person) -> None:
    person.composer.press_sequentially("one")
    person.composer.press("Shift+Enter")
    person.composer.press_sequentially("two")
    expect(person.composer).to_have_value("one\ntwo")
    assert person.said == []


def test_escape_returns_to_the_button_of_the_site_that_opened_the_chat(arrives: Callable[..., Person]) -> None:
    person = arrives().visits()
    opener = person.page.get_by_role("button", name="Find my pathway")
    opener.press("Enter")
    person.is_ready()
    expect(person.composer).to_be_focused()
    person.page.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_escape_closes_the_menu_and_the_question_first(person: Person) -> None:
    person.button("Menu").press("Enter")
    expect(person.button("Delete my answers")).to_be_visible()
    person.page.keyboard.press("Escape")
    expect(person.button("Delete my answers")).to_be_hidden()
    expect(person.button("Menu")).to_be_focused()
    person.chooses("Delete my answers")
    expect(person.chat.get_by_role("dialog")).to_be_visible()
    person.page.keyboard.press("Escape")
    expect(person.chat.get_by_role("dialog")).to_have_count(0)
    person.has_heard_all().has_it_open()


@pytest.mark.parametrize("where", ["in the app", "on the site"])
def test_an_answer_never_takes_the_focus(person: Person, where: str) -> None:
    answer = person.waits_for_answers()
    person.writes("check my eligibility")
    expect(person.chat.locator(".typing")).to_be_visible()
    there = person.button("Menu") if where == "in the app" else person.page.get_by_role("link", name="Contact")
    there.focus()
    answer()
    person.is_answered(1)
    expect(person.announcer).to_contain_text("What do you want to find out?")
    expect(there).to_be_focused()


def test_the_focus_is_not_lost_with_a_button_that_goes_away(comes_back: Callable[..., Person]) -> None:
    person = comes_back("check my eligibility", "goal:match")
    person.button("My answers").focus()
    person.page.keyboard.press("Enter")
    person.is_answered(3)
    expect(person.log).to_be_focused()


def test_a_closed_chat_that_gets_an_answer_says_so_on_its_button(person: Person) -> None:
    answer = person.waits_for_answers()
    person.writes("what is a residency?")
    expect(person.chat.locator(".typing")).to_be_visible()
    person.page.keyboard.press("Escape")
    expect(person.launcher).to_have_accessible_name("Open chat")
    answer()
    expect(person.launcher).to_have_accessible_name("Open chat, new answer")
    person.launcher.click()
    person.is_answered(1)
    expect(person.launcher).to_have_accessible_name("Close chat")


# Acts on the site at the moment when an answer is drawn, before anything that the app sends with it can arrive.
WHEN_ANSWERED = """act => {
    const app = document.querySelector('img-pathway').shadowRoot.querySelector('iframe').contentDocument;
    new MutationObserver((changes, observer) => {
        if (!app.querySelector('[data-answer]')) return;
        observer.disconnect();
        imgPathway[act]();
    }).observe(app, { childList: true, subtree: true }) }"""


@pytest.mark.parametrize(("act", "name"), [("open", "Open chat"), ("close", "Open chat, new answer")])
def test_an_answer_is_new_to_whom_the_chat_was_closed_when_it_came(person: Person, act: str, name: str) -> None:
    answer = person.waits_for_answers()
    person.writes("what is a residency?")
    if act == "open":
        person.button("Close chat").click()
        person.has_it_closed()
    person.page.evaluate(WHEN_ANSWERED, act)
    answer()
    expect(person.answers).to_have_count(1)
    person.has_heard_all().page.evaluate("() => imgPathway.close()")
    expect(person.launcher).to_have_accessible_name(name)


def test_the_transcript_is_a_log_and_answers_are_announced_apart_from_it(person: Person) -> None:
    expect(person.log).to_have_attribute("aria-live", "off")
    expect(person.announcer).to_have_attribute("aria-live", "polite")
    assert person.announcer.evaluate("e => !e.closest('[role=log]')")
    expect(person.announcer).to_be_empty()
    heard = person.listens()
    person.says("internship vs residency")
    expect(person.announcer).to_contain_text("Comparison: Internship, Residency.")
    expect(person.announcer.locator(":not(p)")).to_have_count(0)
    # By the time of the next announcement it would have been repeated.
    person.says("hello")
    expect(person.announcer).not_to_contain_text("Comparison")
    (said,) = [said for said in heard() if "Comparison" in said]
    assert "**" not in said


def test_who_reads_further_up_is_not_moved_and_can_go_to_the_answer(comes_back: Callable[..., Person]) -> None:
    said = ("what is a residency?", "what is a fellowship?", "internship vs residency")
    # Without motion every move of the transcript is over as soon as it begins.
    person = comes_back(*said, reduced_motion="reduce")
    answer = person.waits_for_answers()
    person.writes("what is a clerkship?")
    expect(person.chat.locator(".typing")).to_be_visible()
    person.log.hover()
    person.page.mouse.wheel(0, -50_000)
    expect(person.chat.get_by_text("Before you start")).to_be_in_viewport()
    answer()
    person.is_answered(4)
    expect(person.button("New answer")).to_be_visible()
    expect(person.chat.get_by_text("Before you start")).to_be_in_viewport()
    person.button("New answer").click()
    expect(person.bubbles.last).to_be_in_viewport()
    expect(person.button("New answer")).to_have_count(0)
