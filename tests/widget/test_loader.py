"""The one line on the site, and what its attributes do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from img_pathway.channels.pages import HOST_POLICY
from tests.widget.page import Person
from tests.widget.test_words import words

pytestmark = [pytest.mark.server, pytest.mark.browser]
SITE = """<!doctype html><html lang="en"><title>A site</title><h1>A site</h1>
<a class="ask" href="/contact">Ask us</a> <button>Else</button>
<script src="/widget.js" defer {}></script>{}</html>"""

Site = Callable[..., Person]


@pytest.fixture()
def site(arrives: Callable[..., Person]) -> Site:
    """Somebody on a site that has the line with these attributes."""

    def visit(attributes: str = "", more: str = "") -> Person:
        person = arrives()
        headers = {"Content-Type": "text/html", "Content-Security-Policy": HOST_POLICY}
        body = SITE.format(attributes, more)
        person.page.context.route("**/a-site/", lambda route: route.fulfill(headers=headers, body=body))
        return person.visits("/a-site/")

    return visit


def test_the_line_alone_is_enough(site: Site) -> None:
    person = site()
    expect(person.launcher).to_have_accessible_name("Open chat")
    person.opens().says("what is a residency?")
    box = person.launcher.bounding_box()
    assert box is not None
    assert box["x"] > 1000


def test_the_line_twice_gives_one_launcher(site: Site) -> None:
    person = site(more='<script src="/widget.js" defer></script>')
    expect(person.page.locator("img-pathway")).to_have_count(1)


def test_the_color_is_the_sites(site: Site) -> None:
    person = site('data-color="#7a1f5c"').opens()
    fill = "e => getComputedStyle(e).backgroundColor"
    assert person.launcher.evaluate(fill) == "rgb(122, 31, 92)"
    assert person.chat.locator(".logo").evaluate(fill) == "rgb(122, 31, 92)"


@pytest.mark.parametrize("color", ["#ffff00", "#ffffff", "#000", "red;}", "#12345"])
def test_any_color_leaves_words_readable(site: Site, color: str) -> None:
    person = site(f'data-color="{color}"').opens()
    contrast = person.chat.locator(".logo").evaluate(
        """e => { const light = color => { const [r, g, b] = color.match(/[\\d.]+/g).map(v => v / 255)
              .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b };
          const [a, b] = [light(getComputedStyle(e).color), light(getComputedStyle(e).backgroundColor)];
          return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) }"""
    )
    assert contrast >= 4.5


def test_the_side_is_the_sites(site: Site) -> None:
    box = site('data-side="left"').launcher.bounding_box()
    assert box is not None
    assert box["x"] < 100


def test_the_label_is_the_sites(site: Site) -> None:
    person = site('data-label="Questions?"')
    expect(person.launcher).to_contain_text("Questions?")
    expect(person.launcher).to_have_accessible_name("Questions?")


def test_a_greeting_can_be_sent_away_for_good(site: Site) -> None:
    person = site('data-greeting="May I help? <b>x</b>"')
    greeting = person.page.get_by_role("button", name="May I help? <b>x</b>")
    expect(greeting).to_be_visible()
    person.page.get_by_role("button", name="Dismiss this message").click()
    expect(greeting).to_have_count(0)
    person.page.clock.install()
    person.page.reload()
    expect(person.launcher).to_be_visible()
    person.page.clock.run_for(10_000)
    expect(greeting).to_have_count(0)


def test_a_greeting_opens_the_chat(site: Site) -> None:
    person = site('data-greeting="May I help?"')
    person.page.get_by_role("button", name="May I help?").click()
    person.is_ready()


def test_elements_of_the_site_open_the_chat(site: Site) -> None:
    person = site('data-open=".ask"')
    person.page.get_by_text("Else").click()
    person.has_it_closed()
    person.page.get_by_text("Ask us").click()
    person.is_ready()
    assert person.page.url.endswith("/a-site/")


def test_scripts_of_the_site_open_and_close_it(site: Site) -> None:
    person = site()
    person.page.evaluate("() => imgPathway.open()")
    person.is_ready()
    person.page.evaluate("() => imgPathway.close()")
    person.has_it_closed()


def test_the_language_of_the_interface_is_the_sites(site: Site) -> None:
    person = site('data-language="ar"').opens()
    page = person.frame.locator("html")
    expect(page).to_have_attribute("lang", "ar")
    expect(page).to_have_attribute("dir", "rtl")
    expect(person.chat.get_by_role("textbox")).to_have_attribute("placeholder", words("ar")["write"])
    expect(person.launcher).to_have_accessible_name(words("ar")["launcher_close"])
    # The bot writes English, and says so to screen readers.
    expect(person.chat.locator(".reply").first).to_have_attribute("lang", "en")


def test_an_unknown_language_is_english(site: Site) -> None:
    expect(site('data-language="tlh"').opens().composer).to_be_visible()


def test_it_is_open_again_on_the_next_page_without_taking_the_keyboard(site: Site) -> None:
    person = site().opens().says("what is a residency?")
    person.page.goto(f"{person.address}/demo/")
    person.is_answered(1)
    person.has_it_open()
    expect(person.composer).not_to_be_focused()
