"""Under the last answer people can say whether it helped."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from img_pathway.dialogue.bot import Bot
from img_pathway.serve.supervisor import Supervisor
from tests.channels.browserless import Visitor
from tests.widget.browser import Launch
from tests.widget.page import Person
from tests.widget.test_adapts import fits
from tests.widget.test_axe import violations

pytestmark = [pytest.mark.server, pytest.mark.browser]
ASKED = "what is a residency?"


def row(person: Person) -> Locator:
    return person.chat.get_by_role("group", name="Did that help?")


def test_it_stands_under_the_last_answer_alone(person: Person) -> None:
    expect(row(person)).to_have_count(0)
    person.says(ASKED)
    expect(person.last.get_by_role("group", name="Did that help?")).to_be_visible()
    person.says("what is a fellowship?")
    expect(row(person)).to_have_count(1)
    expect(person.last.get_by_role("group", name="Did that help?")).to_be_visible()
    person.says("hello")
    expect(row(person)).to_have_count(0)
    person.says("check my eligibility")
    expect(row(person)).to_have_count(0)


def test_a_no_is_sent_and_stays_answered_after_a_reload(person: Person, bot: Bot, running: Supervisor) -> None:
    person.says(ASKED).presses("No")
    expect(row(person)).to_have_count(0)
    expect(person.last).to_contain_text(bot.say("not_helped"))
    expect(person.last).to_contain_text(bot.organization.contact.email)
    assert [event["text"] for event in Visitor(running, person.token).stored("user")] == [ASKED, "helped:no"]
    said = [ASKED, bot.say("helped_no")]
    assert person.said == said
    person.reloads().is_answered(2)
    assert person.said == said
    expect(row(person)).to_have_count(0)


def test_it_is_answered_with_the_keyboard(person: Person, bot: Bot) -> None:
    person.says(ASKED)
    yes, no = (row(person).get_by_role("button", name=name) for name in ("Yes", "No"))
    yes.focus()
    person.page.keyboard.press("Tab")
    expect(no).to_be_focused()
    person.page.keyboard.press("Shift+Tab")
    expect(yes).to_be_focused()
    person.page.keyboard.press("Enter")
    person.is_answered(2)
    assert person.said[-1] == bot.say("helped_yes")
    # The button is gone; the keyboard stays in the conversation.
    expect(person.log).to_be_focused()


def test_a_second_click_sends_nothing(person: Person, running: Supervisor) -> None:
    person.says(ASKED)
    row(person).get_by_role("button", name="No").dblclick()
    person.is_answered(2)
    assert len(Visitor(running, person.token).stored("user")) == 2


@pytest.mark.parametrize("width", [320, 390])
def test_it_fits_and_is_accessible_on_a_phone(comes_back: Callable[..., Person], width: int) -> None:
    person = comes_back(ASKED, viewport={"width": width, "height": 700})
    expect(row(person)).to_be_visible()
    assert fits(person)
    assert violations(person.frame) == []


def test_it_fits_with_text_twice_as_large(comes_back: Callable[..., Person], launch: Launch) -> None:
    with launch("--blink-settings=defaultFontSize=32") as browser:
        person = comes_back(ASKED, browser=browser, viewport={"width": 390, "height": 844})
        expect(row(person)).to_be_visible()
        assert fits(person)


def test_in_arabic_it_is_asked_in_arabic(arrives: Callable[..., Person]) -> None:
    person = arrives().goes_to_the_chat("#language=ar")
    person.chat.get_by_role("textbox").fill(ASKED)
    person.chat.get_by_role("textbox").press("Enter")
    expect(person.chat.get_by_role("group", name="هل أفادك هذا؟")).to_be_visible()
