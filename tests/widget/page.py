"""A person in front of a page that carries the chat: what they do, and what is there to see."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Frame, FrameLocator, Locator, Page, Route, expect

LAUNCHER = "img-pathway button.launcher"
# Nobody is left without a word for longer than this.
PATIENCE_MS = 15_000
ANSWERED = "[data-answer]"
MESSAGES = "**/chat/messages"
# Windows of one site get messages in the order in which they were sent, so all that were sent before have arrived.
ALL_ARRIVED = """() => new Promise(done => {
    addEventListener('message', ({ data }) => data === 'last' && done()); postMessage('last') })"""


def shorter_side(element: Locator) -> float:
    """Measure in pixels of the element's own document: they stay the same while the window moves into its place."""
    sides = "e => [e.getBoundingClientRect().width, e.getBoundingClientRect().height]"
    return float(min(element.evaluate(sides)))


class Person:
    """Drives one tab. `chat` is the app, in the frame of a host page or as a page of its own."""

    def __init__(self, page: Page, address: str) -> None:
        page.set_default_timeout(PATIENCE_MS)
        self.page, self.address = page, address
        self.chat: FrameLocator | Page = page

    # Coming and going

    def visits(self, path: str = "/demo/") -> Person:
        """Comes to a site that has the chat in a corner."""
        self.page.goto(f"{self.address}{path}")
        self.chat = self.page.frame_locator("img-pathway iframe")
        return self

    def goes_to_the_chat(self, options: str = "") -> Person:
        """Opens the chat as a page of its own."""
        self.page.goto(f"{self.address}/chat/{options}")
        self.chat = self.page
        return self.is_ready()

    def opens(self) -> Person:
        self.launcher.click()
        return self.is_ready()

    def is_ready(self) -> Person:
        """The welcome is there and can be answered."""
        expect(self.chat.locator(".answer").first).to_be_visible(timeout=PATIENCE_MS)
        return self

    def has_it_open(self) -> Person:
        """The window of the chat is open on the site."""
        expect(self.launcher).to_have_attribute("aria-expanded", "true")
        return self

    def has_it_closed(self) -> Person:
        """Only the launcher is there."""
        expect(self.launcher).to_have_attribute("aria-expanded", "false")
        return self

    def has_heard_all(self) -> Person:
        """Wait until the site and the app have received what they sent each other so far."""
        self.page.evaluate(ALL_ARRIVED)
        self.frame.evaluate(ALL_ARRIVED)
        return self

    def reloads(self) -> Person:
        self.page.reload()
        return self.is_ready()

    # Talking

    def writes(self, text: str) -> Person:
        """Sends a message and does not wait for anything."""
        self.composer.fill(text)
        self.composer.press("Enter")
        return self

    def says(self, text: str) -> Person:
        """Sends a message and waits for the answer."""
        before = self.answers.count()
        return self.writes(text).is_answered(before + 1)

    def picks(self, label: str) -> Person:
        """Clicks an option and waits for the answer."""
        before = self.answers.count()
        self.option(label).click()
        return self.is_answered(before + 1)

    def presses(self, name: str) -> Person:
        """Clicks a button that sends something (change, back, my answers) and waits for the answer."""
        before = self.answers.count()
        self.button(name).last.click()
        return self.is_answered(before + 1)

    def is_answered(self, answers: int) -> Person:
        """So many messages are answered, and none is under way."""
        expect(self.answers).to_have_count(answers, timeout=PATIENCE_MS)
        expect(self.pending).to_have_count(0)
        return self

    def chooses(self, *items: str) -> Person:
        """Opens the menu and takes an item; then answers the questions that it asks back."""
        self.button("Menu").click()
        self.button(items[0]).first.click()
        for answer in items[1:]:
            self.chat.get_by_role("dialog").get_by_role("button", name=answer, exact=True).click()
        return self

    def waits_for_answers(self) -> Callable[[], None]:
        """Hold messages back until what is returned is called; one that arrives here only then goes on at once."""
        held: list[Route] = []
        is_released = False

        def hold(route: Route) -> None:
            if is_released:
                route.continue_()
            else:
                held.append(route)

        def release() -> None:
            nonlocal is_released
            is_released = True
            for route in held:
                route.continue_()

        self.page.context.route(MESSAGES, hold)
        return release

    def listens(self) -> Callable[[], list[str]]:
        """Keeps what is announced from now on."""
        self.announcer.evaluate(
            "e => { window.heard = [];"
            " new MutationObserver(() => window.heard.push(e.textContent)).observe(e, { childList: true }) }"
        )
        return lambda: list(self.log.evaluate("() => window.heard"))

    # The quiz

    def begins_the_quiz(self, goal: str = "A residency place (the Match)", *labels: str) -> Person:
        self.says("check my eligibility").picks(goal)
        for label in labels:
            self.picks(label)
        return self

    def comes_to_the_result(self, *labels: str) -> Person:
        """Answers with these labels where they are offered, else with the first option, until the result is there."""
        for _ in range(15):
            if self.result.count():
                return self
            offered = self.offered
            self.picks(next((label for label in labels if label in offered), offered[0]))
        raise AssertionError("The quiz does not end.")

    # What is there

    @property
    def launcher(self) -> Locator:
        return self.page.locator(LAUNCHER)

    @property
    def frame(self) -> Frame:
        """The app's document, for scripts that look at the whole of it."""
        return next(frame for frame in self.page.frames if "/chat/" in frame.url)

    @property
    def composer(self) -> Locator:
        return self.chat.get_by_role("textbox", name="Write a message")

    @property
    def log(self) -> Locator:
        return self.chat.get_by_role("log")

    @property
    def announcer(self) -> Locator:
        return self.chat.locator(".announcer")

    @property
    def answers(self) -> Locator:
        """Messages with their answers; the welcome is none."""
        return self.chat.locator(ANSWERED)

    @property
    def last(self) -> Locator:
        return self.chat.locator(".answer").last

    @property
    def pending(self) -> Locator:
        """Messages that are not answered: on their way, waiting or failed."""
        return self.chat.locator(".exchange[data-state]")

    @property
    def banner(self) -> Locator:
        return self.chat.locator(".banner")

    @property
    def result(self) -> Locator:
        return self.chat.get_by_role("region", name="Your result")

    @property
    def progress(self) -> str:
        """Where the open question of the quiz says that it stands."""
        bar = self.chat.get_by_role("progressbar")
        expect(bar).to_have_count(1)
        return bar.get_attribute("aria-label") or ""

    @property
    def offered(self) -> list[str]:
        """Labels of the options that can be picked now."""
        return self.chat.locator(".option:not([aria-disabled]) .option-label").all_inner_texts()

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.chat.get_by_role("button", name=name, exact=isinstance(name, str))

    def option(self, label: str) -> Locator:
        """The newest option with this label."""
        return self.chat.locator(".option", has=self.page.get_by_text(label, exact=True)).last

    @property
    def bubbles(self) -> Locator:
        return self.chat.locator(".said > [dir=auto]")

    @property
    def said(self) -> list[str]:
        """What the person said, answered or not."""
        return self.bubbles.all_inner_texts()

    @property
    def token(self) -> str:
        """The token of the conversation, which the app keeps on the bot's origin."""
        kept = self.log.evaluate("() => JSON.parse(localStorage.getItem('img-pathway.session')).token")
        return str(kept)

    @property
    def focused(self) -> str:
        """The accessible name or text of what has the keyboard in the app; empty if nothing."""
        return str(
            self.log.evaluate(
                "() => { const e = document.activeElement;"
                " return !document.hasFocus() || e === document.body ? ''"
                " : e.getAttribute('aria-label') ?? e.textContent.trim() }"
            )
        )
