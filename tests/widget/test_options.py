"""Options are buttons: easy to hit, marked when taken, and inert when their time is over."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from img_pathway.serve.supervisor import Supervisor
from tests.channels.browserless import Visitor
from tests.widget.page import Person, shorter_side

pytestmark = [pytest.mark.server, pytest.mark.browser]
GRADUATED = "Graduated, I have my degree"


@pytest.fixture()
def asked(comes_back: Callable[..., Person]) -> Person:
    """Somebody whom the quiz asks where they are in their training."""
    return comes_back("check my eligibility", "goal:match")


def test_options_are_buttons_that_a_finger_hits(asked: Person) -> None:
    options = asked.chat.get_by_role("list", name="Choices").last.get_by_role("button")
    assert options.count() == len(asked.offered) > 3
    for option in options.all():
        assert option.evaluate("e => e.tagName") == "BUTTON"
        assert shorter_side(option) >= 44


def test_the_one_taken_is_marked_and_announced(asked: Person) -> None:
    asked.picks(GRADUATED)
    taken = asked.option(GRADUATED)
    expect(taken).to_have_attribute("aria-pressed", "true")
    expect(taken).to_contain_text("You chose")
    expect(asked.chat.locator(".option[aria-pressed=true]", has_text=GRADUATED)).to_have_count(1)
    asked.reloads()
    expect(asked.option(GRADUATED)).to_have_attribute("aria-pressed", "true")


def test_what_was_taken_is_said_to_screen_readers_before_the_answer(asked: Person) -> None:
    heard = asked.listens()
    asked.picks(GRADUATED)
    expect(asked.announcer).to_contain_text("Question 2")
    assert f"You chose: {GRADUATED}." in " ".join(heard())


def test_old_options_stay_readable_and_do_nothing(asked: Person, running: Supervisor) -> None:
    asked.picks(GRADUATED)
    old = asked.option("Student, final year")
    expect(old).to_be_visible()
    expect(old).to_have_attribute("aria-disabled", "true")
    expect(old).to_have_attribute("tabindex", "-1")
    before = Visitor(running, asked.token).stored("user")
    old.dispatch_event("click")
    asked.says("why")
    assert len(Visitor(running, asked.token).stored("user")) == len(before) + 1


def test_a_second_click_before_the_answer_is_not_sent(asked: Person, running: Supervisor) -> None:
    asked.option(GRADUATED).dblclick()
    asked.is_answered(3)
    said = [event["text"] for event in Visitor(running, asked.token).stored("user")]
    assert said.count("stage:graduate") == 1


def test_the_label_can_be_typed_instead(asked: Person) -> None:
    asked.says("I graduated")
    assert asked.progress.startswith("Question 2 of about")


def test_the_number_can_be_typed_instead(asked: Person) -> None:
    number = asked.offered.index(GRADUATED) + 1
    expect(asked.option(GRADUATED).locator(".option-mark")).to_have_text(str(number))
    asked.says(str(number))
    assert asked.progress.startswith("Question 2 of about")
    for _ in range(2):
        expect(asked.option(GRADUATED)).to_have_attribute("aria-pressed", "true")
        asked.reloads()


def test_in_the_middle_of_options_anything_can_be_asked(asked: Person) -> None:
    asked.says("what is a residency?")
    assert "residency" in asked.last.inner_text().lower()
    assert GRADUATED in asked.offered
