"""axe-core finds nothing in any state, in light and in dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page, expect

from tests.widget.page import MESSAGES, Person
from tests.widget.trouble import Refusing

pytestmark = [pytest.mark.server, pytest.mark.browser]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "iframes": False}


def violations(where: Page | Frame) -> list[str]:
    found = Axe().run(where, options=OPTIONS).response["violations"]
    return [f"{one['id']}: {node['html'][:200]} {node['failureSummary']}" for one in found for node in one["nodes"]]


def closed(person: Person) -> None:
    expect(person.visits().page.get_by_role("button", name="Not sure where you stand?")).to_be_visible()


def opened(person: Person) -> None:
    person.visits().opens()


def in_the_menu(person: Person) -> None:
    person.visits().opens().button("Menu").click()
    expect(person.button("Delete my answers")).to_be_visible()


def asked_whether_sure(person: Person) -> None:
    person.visits().opens().chooses("Delete my answers")
    expect(person.chat.get_by_role("dialog")).to_be_visible()


def in_the_quiz(person: Person) -> None:
    person.visits().opens().says("check my eligibility").picks("A residency place (the Match)")
    person.picks("Graduated, I have my degree").presses("My answers")


def comparing(person: Person) -> None:
    person.visits().opens().says("internship vs residency")


def failing(person: Person) -> None:
    person.visits().opens()
    person.page.context.route(MESSAGES, Refusing(413))
    person.writes("what is a residency?")
    expect(person.pending).to_contain_text("Not sent")
    person.page.context.set_offline(True)
    person.writes("what is a fellowship?")
    expect(person.banner).to_contain_text("offline")
    expect(person.pending.last).to_contain_text("Waiting for your internet connection")


def unreachable(person: Person) -> None:
    person.visits()
    person.page.context.route("**/chat/sessions", Refusing())
    person.launcher.click()
    expect(person.chat.get_by_role("heading", name="The assistant cannot be reached")).to_be_visible()


STATES = [closed, opened, in_the_menu, asked_whether_sure, in_the_quiz, comparing, failing, unreachable]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_there_are_no_violations(arrives: Callable[..., Person], state: Callable[[Person], None], scheme: str) -> None:
    person = arrives(color_scheme=scheme, reduced_motion="reduce")
    state(person)
    assert violations(person.page) == []
    if state is not closed:
        assert violations(person.frame) == []


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_there_are_no_violations_at_the_result(finished: Callable[..., Person], scheme: str, width: int) -> None:
    person = finished(color_scheme=scheme, reduced_motion="reduce", viewport={"width": width, "height": 900})
    person.frame.evaluate("() => document.querySelectorAll('details').forEach(e => { e.open = true })")
    assert violations(person.frame) == []


def test_axe_would_find_something(person: Person) -> None:
    person.frame.evaluate("() => document.querySelector('textarea').removeAttribute('aria-label')")
    person.frame.evaluate("() => document.querySelector('textarea').removeAttribute('placeholder')")
    assert [found for found in violations(person.frame) if found.startswith("label")]
