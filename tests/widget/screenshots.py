"""Takes the pictures of docs/images: `make screenshots`."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Route, expect

from img_pathway.serve.supervisor import Supervisor
from tests.serving import ROOT, running_bot
from tests.widget.browser import chromium
from tests.widget.page import MESSAGES, Person
from tests.widget.trouble import Refusing

IMAGES = ROOT / "docs" / "images"
DESKTOP = {"width": 1120, "height": 860}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
GRADUATED, MATCH = "Graduated, I have my degree", "A residency place (the Match)"
CLINICAL = "Clinical experience in the US"


def closed(person: Person) -> None:
    person.visits().page.get_by_role("button", name="Not sure where you stand?").wait_for()


def opened(person: Person) -> None:
    person.visits().opens()


def wide(person: Person) -> Person:
    person.button("Larger window").click()
    expect(person.page.locator("img-pathway [data-wide]")).to_be_visible()
    return person


def quiz(person: Person) -> None:
    person.visits().opens().begins_the_quiz(MATCH, GRADUATED, "Outside the US and Canada")


def result(person: Person) -> None:
    person.visits().opens().begins_the_quiz(CLINICAL, GRADUATED, "I need a visa (or ESTA)")
    person.picks("No, not listed").picks("Watch only (observership)")


def widened(person: Person) -> None:
    result(person)
    wide(person)


def comparison(person: Person) -> None:
    wide(person.visits().opens()).says("internship vs residency")


def right_to_left(person: Person) -> None:
    arabic = "<script src='/widget.js' defer data-language='ar'></script>"

    def translate(route: Route) -> None:
        page = route.fetch()
        route.fulfill(response=page, body=re.sub("<script.*?</script>", arabic, page.text(), flags=re.DOTALL))

    person.page.context.route("**/demo/", translate)
    person.visits()
    person.launcher.click()
    person.is_ready().option("Check my eligibility").click()
    person.is_answered(1)


def error(person: Person) -> None:
    person.visits().opens().says("what is a residency?")
    person.page.context.route(MESSAGES, Refusing())
    person.writes("and how long is a fellowship?")
    expect(person.pending).to_contain_text("Not sent")
    person.page.context.set_offline(True)
    person.writes("what does it cost?")
    expect(person.banner).to_contain_text("offline")
    expect(person.pending.last).to_contain_text("Waiting for your internet connection")


SHOTS: dict[str, tuple[Callable[[Person], None], dict[str, Any]]] = {
    "closed": (closed, {}),
    "open": (opened, {}),
    "quiz": (quiz, {}),
    "result": (widened, {}),
    "comparison": (comparison, {}),
    "dark": (quiz, {"color_scheme": "dark"}),
    "phone": (result, PHONE),
    "rtl": (right_to_left, {}),
    "error": (error, {}),
}


def take(browser: Browser, bot: Supervisor, name: str) -> None:
    state, options = SHOTS[name]
    context = browser.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce", **options})
    person = Person(context.new_page(), bot.settings.address)
    state(person)
    person.page.mouse.move(1, 1)
    person.page.screenshot(path=IMAGES / f"{name}.png")
    context.close()


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_bot(Path(folder)) as bot, chromium() as launch:
        browser = launch()
        for name in SHOTS:
            take(browser, bot, name)
            print(IMAGES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
