"""What people are told before their first message, and where there is no JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from img_pathway.dialogue.bot import Bot
from tests.widget.browser import Witness
from tests.widget.page import Person

pytestmark = [pytest.mark.server, pytest.mark.browser]


def test_before_the_first_message_people_read_what_it_is_and_what_it_keeps(person: Person, bot: Bot) -> None:
    notice = person.chat.locator(".notice ul")
    expect(notice).to_be_visible()
    for said in (
        f"automated assistant of {bot.organization.name}, not a person",
        "not legal or immigration advice",
        "kept for 180 days",
        "delete them at any time",
        "do not need to give your name",
    ):
        expect(notice).to_contain_text(said)
    expect(notice.get_by_role("link", name="Privacy")).to_have_attribute("href", str(bot.organization.privacy_link))


def test_after_the_first_message_it_is_folded_but_still_there(person: Person) -> None:
    person.says("what is a residency?")
    expect(person.chat.locator(".notice ul")).to_be_hidden()
    person.chat.get_by_text("Before you start").click()
    expect(person.chat.locator(".notice ul")).to_be_visible()


def test_nothing_asks_for_personal_data(person: Person) -> None:
    expect(person.chat.locator("input, select, textarea")).to_have_count(1)
    expect(person.composer).to_have_attribute("autocomplete", "off")


def test_nobody_gets_a_conversation_who_does_not_open_the_chat(
    arrives: Callable[..., Person], witness: Witness
) -> None:
    person = arrives().visits()
    person.launcher.hover()
    expect(person.chat.locator("h1")).to_be_attached()
    person.has_heard_all()
    assert [address for address in witness.addresses if "/chat/assets/app-" in address]
    assert not [address for address in witness.addresses if "/chat/sessions" in address]


def test_without_javascript_the_same_address_says_how_to_reach_people(arrives: Callable[..., Person], bot: Bot) -> None:
    person = arrives(java_script_enabled=False)
    page = person.page
    page.goto(f"{person.address}/chat/")
    shown = page.locator(".plain-page")
    organization = bot.organization
    expect(shown).to_be_visible()
    assert organization.bot_name in shown.inner_text()
    assert organization.contact.hours in shown.inner_text()
    for address in (f"mailto:{organization.contact.email}", f"tel:{organization.contact.phone}"):
        expect(shown.locator(f'a[href="{address}"]')).to_be_visible()
