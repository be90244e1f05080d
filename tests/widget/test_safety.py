"""Strict policies hold, nothing leaves the server's origin, and strangers are not listened to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from img_pathway.serve.supervisor import Supervisor
from tests.widget.browser import Witness
from tests.widget.page import Person

pytestmark = [pytest.mark.server, pytest.mark.browser]
STRANGER = "http://stranger.example"


def test_all_of_it_works_on_a_site_that_allows_nothing_inline(person: Person, witness: Witness) -> None:
    policy = person.page.request.get(f"{person.address}/demo/").headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    person.says("internship vs residency").begins_the_quiz("A residency place (the Match)", "Not sure")
    person.button("Menu").click()
    # The launcher is drawn with its styles, which a policy may stop.
    assert person.launcher.evaluate("e => getComputedStyle(e).position") == "fixed"
    assert witness.wrong == []


def test_nobody_else_is_asked_for_anything(finished: Callable[..., Person], witness: Witness) -> None:
    person = finished()
    assert len(witness.addresses) > 8
    assert witness.origins() == {person.address}


def test_links_leave_without_telling_from_where(finished: Callable[..., Person]) -> None:
    for link in finished().chat.locator("a[href]").all():
        assert link.get_attribute("rel") == "noopener noreferrer"
        assert link.get_attribute("target") == "_blank"


def test_scripts_of_the_site_see_nothing_of_the_conversation(person: Person) -> None:
    person.says("what is a residency?")
    kept = person.page.evaluate("() => JSON.stringify([{ ...sessionStorage }, document.documentElement.outerHTML])")
    assert "what is a residency" not in kept


@pytest.fixture()
def stranger(chromium: Browser) -> Iterator[Page]:
    """A page of another site, in a browser where it can reach the bot."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.route(
        f"{STRANGER}/**", lambda route: route.fulfill(content_type="text/html", body="<title>stranger</title>")
    )
    page = context.new_page()
    page.goto(f"{STRANGER}/")
    yield page
    context.close()


def test_messages_of_other_sites_are_ignored(stranger: Page, running: Supervisor) -> None:
    with stranger.expect_popup() as popup:
        stranger.evaluate("address => { window.site = window.open(address) }", f"{running.settings.address}/demo/")
    person = Person(popup.value, running.settings.address)
    person.chat = person.page.frame_locator("img-pathway iframe")
    person.opens()
    person.page.evaluate("() => addEventListener('message', ({ data }) => { window.last ||= data === 'last' })")
    for body in ({"kind": "close"}, {"kind": "wide", "on": True}, {"kind": "answered"}):
        stranger.evaluate("body => site.postMessage({ app: 'img-pathway', body }, '*')", body)
    # Only what the same sender sends arrives in order.
    stranger.evaluate("() => site.postMessage('last', '*')")
    person.page.wait_for_function("() => window.last")
    person.has_it_open()
    expect(person.page.locator("img-pathway [data-wide]")).to_have_count(0)
    # The app's own window is out of a stranger's reach.
    assert stranger.evaluate("() => site.length") == 0


def test_messages_of_the_same_site_but_not_of_the_frame_are_ignored(person: Person) -> None:
    person.page.evaluate("() => postMessage({ app: 'img-pathway', body: { kind: 'close' } }, '*')")
    person.has_heard_all().has_it_open()
    # The frame itself is listened to.
    person.frame.evaluate("() => parent.postMessage({ app: 'img-pathway', body: { kind: 'close' } }, '*')")
    person.has_it_closed()


def test_the_app_listens_to_the_page_that_holds_it_and_to_nobody_beside_it(person: Person) -> None:
    opened = {"app": "img-pathway", "body": {"kind": "opened", "focus": True}}
    to_the_app = """message => parent.document.querySelector('img-pathway').shadowRoot.querySelector('iframe')
        .contentWindow.postMessage(message, '*')"""
    person.button("Menu").focus()
    person.page.evaluate("() => { document.body.append(document.createElement('iframe')) }")
    person.page.frames[-1].evaluate(to_the_app, opened)
    person.has_heard_all()
    expect(person.button("Menu")).to_be_focused()
    person.page.evaluate(to_the_app, opened)
    expect(person.composer).to_be_focused()


def test_a_site_that_is_not_named_cannot_frame_the_chat(stranger: Page, running: Supervisor) -> None:
    frame = f"<iframe src='{running.settings.address}/chat/#host={STRANGER}'></iframe>"
    with stranger.expect_event("framenavigated", lambda frame: frame.url.startswith("chrome-error:")):
        stranger.set_content(frame)
    expect(stranger.frame_locator("iframe").locator("img-pathway-chat")).to_have_count(0)
