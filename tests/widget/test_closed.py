"""While the staff have closed the bot, the widget says so in the bot's words, and keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.helping import closed as closed_words
from img_pathway.serve.closing import Closing
from img_pathway.serve.supervisor import Supervisor
from tests.widget.page import Person

pytestmark = [pytest.mark.server, pytest.mark.browser]


@pytest.fixture()
def switch(running: Supervisor) -> Iterator[Closing]:
    closing = Closing(running.settings.switch)
    yield closing
    closing.open()


def test_who_writes_is_told_and_sends_it_again_when_it_is_open(person: Person, switch: Closing, bot: Bot) -> None:
    person.says("what is a residency?")
    switch.close("Kim Lee", "fees are wrong")
    person.writes("what is a fellowship?")
    expect(person.pending).to_contain_text(f"Not sent. {closed_words(bot).text[0]}")
    expect(person.announcer).to_contain_text("I am closed right now")
    person.reloads()
    expect(person.answers).to_have_count(1)
    switch.open()
    person.button("Try again").click()
    person.is_answered(2)


def test_who_comes_while_it_is_closed_reads_why_and_whom_to_ask(
    arrives: Callable[..., Person], switch: Closing, bot: Bot
) -> None:
    switch.close("Kim Lee", "")
    person = arrives().visits()
    person.launcher.click()
    notice = person.chat.locator(".unreachable")
    expect(notice).to_contain_text("The assistant is closed")
    expect(notice).to_contain_text(closed_words(bot).text[0])
    expect(notice.get_by_role("link", name=bot.organization.contact.email)).to_be_visible()
    switch.open()
    person.button("Try again").click()
    person.is_ready().says("what is a residency?")


def test_who_deletes_while_it_is_closed_is_told_that_it_is_done(person: Person, switch: Closing) -> None:
    person.says("what is a residency?")
    switch.close("Kim Lee", "")
    person.chooses("Delete my answers", "Delete")
    expect(person.banner).to_contain_text("deleted")
    expect(person.chat.locator(".unreachable")).to_contain_text("The assistant is closed")
