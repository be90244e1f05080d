"""The chat follows what people set: size of text, width, motion, colors, direction."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from tests.widget.page import Person

pytestmark = [pytest.mark.server, pytest.mark.browser]
GRADUATED = "Graduated, I have my degree"
# Everything that reaches out of the window sideways, apart from what is hidden from eyes.
TOO_WIDE = """() => [...document.querySelectorAll('body *')]
    .filter(e => !e.closest('.sr') && e.getClientRects().length
        && (e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1))
    .filter(e => getComputedStyle(e).clipPath === 'none' && !e.closest('thead'))
    .map(e => e.outerHTML.slice(0, 120))"""
LUMINANCE = """e => { const [r, g, b] = getComputedStyle(e).backgroundColor.match(/[\\d.]+/g).map(Number);
    return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255 }"""


def fits(person: Person) -> bool:
    assert person.frame.evaluate(TOO_WIDE) == []
    return bool(person.frame.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("height", [640, 256])
def test_at_320_pixels_nothing_scrolls_sideways(finished: Callable[..., Person], height: int) -> None:
    # 1280 x 1024 at 400 % is 320 x 256.
    person = finished(viewport={"width": 320, "height": height})
    assert fits(person)
    assert person.log.evaluate("e => e.scrollWidth <= e.clientWidth")
    person.composer.scroll_into_view_if_needed()
    expect(person.composer).to_be_in_viewport(ratio=0.9)
    assert person.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_text_can_be_twice_as_large(finished: Callable[..., Person], launch: Callable[..., Browser]) -> None:
    # As people set it in the browser; 16 pixels are usual.
    with launch("--blink-settings=defaultFontSize=32") as browser:
        person = finished(browser=browser)
        assert fits(person)
        expect(person.composer).to_be_in_viewport(ratio=0.9)
        expect(person.button("Menu")).to_be_in_viewport(ratio=0.9)
        expect(person.button("Close chat")).to_be_in_viewport(ratio=0.9)
        assert float(person.composer.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 32


def running_animations(person: Person) -> int:
    held = "() => document.getAnimations().filter(a => a.playState === 'running').length"
    return int(person.frame.evaluate(held))


@pytest.mark.parametrize(("motion", "moves"), [("reduce", False), ("no-preference", True)])
def test_nothing_moves_for_who_wants_no_motion(arrives: Callable[..., Person], motion: str, moves: bool) -> None:
    person = arrives(reduced_motion=motion).visits().opens()
    person.waits_for_answers()
    person.writes("what is a residency?")
    expect(person.chat.locator(".typing")).to_be_visible()
    assert (running_animations(person) > 0) is moves
    assert (person.log.evaluate("e => getComputedStyle(e).scrollBehavior") == "smooth") is moves
    panel = person.page.locator("img-pathway .panel")
    assert (panel.evaluate("e => getComputedStyle(e).animationName") != "none") is moves


def test_with_forced_colors_everything_keeps_an_edge(comes_back: Callable[..., Person]) -> None:
    person = comes_back("check my eligibility", "goal:match", "stage:graduate", forced_colors="active")
    for part in (person.option("Not sure"), person.composer, person.launcher):
        width, color = part.evaluate(
            "e => [parseFloat(getComputedStyle(e).borderTopWidth), getComputedStyle(e).borderTopColor]"
        )
        assert width >= 1
        assert color != "rgba(0, 0, 0, 0)"
    # What was taken is said in words, not by color alone.
    expect(person.option(GRADUATED)).to_contain_text("You chose")


def test_with_forced_colors_the_pathway_is_still_drawn(finished: Callable[..., Person]) -> None:
    person = finished(forced_colors="active")
    strokes = person.result.locator(".pathway svg circle").evaluate_all(
        "all => all.map(e => getComputedStyle(e).stroke)"
    )
    assert set(strokes) - {"none"}
    expect(person.result.locator("[aria-current=step]")).to_contain_text("You are here")


@pytest.mark.parametrize(("scheme", "dark"), [("dark", True), ("light", False)])
def test_it_is_dark_where_the_system_is_dark(arrives: Callable[..., Person], scheme: str, dark: bool) -> None:
    person = arrives(color_scheme=scheme).visits().opens()
    assert (person.frame.locator("body").evaluate(LUMINANCE) < 0.2) is dark


def test_from_right_to_left_everything_stands_mirrored(finished: Callable[..., Person]) -> None:
    person = finished()
    person.frame.evaluate("() => { document.documentElement.dir = 'rtl' }")
    assert fits(person)
    menu, title = person.button("Menu").bounding_box(), person.chat.locator("h1").bounding_box()
    assert menu is not None
    assert title is not None
    assert menu["x"] < title["x"]
    said = person.bubbles.last
    assert said.evaluate("e => e.getBoundingClientRect().left - 0 < innerWidth - e.getBoundingClientRect().right")
    # The bot writes English; its sentences begin at the left all the same.
    assert person.last.locator("p[dir=auto]").first.evaluate("e => getComputedStyle(e).direction") == "ltr"
