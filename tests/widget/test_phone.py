"""On a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.widget.page import Person, shorter_side

pytestmark = [pytest.mark.server, pytest.mark.browser]
SIZE = {"width": 390, "height": 844}
PHONE = {"viewport": SIZE, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}


@pytest.fixture()
def phone(arrives: Callable[..., Person]) -> Person:
    person = arrives(**PHONE).visits()
    person.launcher.tap()
    return person.is_ready()


def test_the_chat_fills_the_screen(phone: Person) -> None:
    frame, page = phone.page.locator("img-pathway iframe"), phone.page.locator("html")
    # It rises into its place.
    phone.page.wait_for_function("() => document.querySelector('img-pathway').shadowRoot.getAnimations().length === 0")
    assert frame.bounding_box() == {"x": 0, "y": 0, **{name: float(value) for name, value in SIZE.items()}}
    # The page behind it stays where it is.
    expect(page).to_have_css("overflow-y", "hidden")
    phone.button("Close chat").tap()
    phone.has_it_closed()
    expect(page).to_have_css("overflow-y", "visible")


def test_it_keeps_clear_of_notches(phone: Person) -> None:
    page = phone.page.request.get(f"{phone.address}/chat/").text()
    assert "viewport-fit=cover" in page
    assert "safe-area-inset-bottom" in phone.page.request.get(f"{phone.address}/widget.js").text()


def test_the_browser_does_not_zoom_in_on_the_field(phone: Person) -> None:
    assert phone.composer.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 16
    viewport = phone.frame.locator("meta[name=viewport]").get_attribute("content") or ""
    # Nor is zooming forbidden to those who need it.
    assert "user-scalable" not in viewport
    assert "maximum-scale" not in viewport


def test_the_keyboard_does_not_come_up_by_itself(phone: Person) -> None:
    expect(phone.composer).not_to_be_focused()
    phone.option("Check my eligibility").tap()
    phone.is_answered(1)
    expect(phone.composer).not_to_be_focused()
    phone.option("A residency place (the Match)").tap()
    phone.is_answered(2)
    expect(phone.composer).not_to_be_focused()


def test_everything_to_tap_is_large_enough(phone: Person) -> None:
    phone.says("check my eligibility")
    for button in phone.chat.locator("header button:visible, .option:not([aria-disabled]), .send").all():
        assert shorter_side(button) >= 44, button.inner_text()
