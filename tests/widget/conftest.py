"""One browser for all, a context for each test, and people who come to the chat."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from img_pathway.serve.supervisor import Supervisor
from tests.channels.browserless import Visitor
from tests.widget import browser
from tests.widget.browser import Launch, Witness, remembering
from tests.widget.page import PATIENCE_MS, Person

expect.set_options(timeout=PATIENCE_MS)
DESKTOP = {"width": 1280, "height": 900}


# Playwright's loop runs in this thread while a browser is there, so that no other test could run one.
@pytest.fixture(scope="package")
def launch() -> Iterator[Launch]:
    with browser.chromium() as start:
        yield start


@pytest.fixture(scope="package")
def chromium(launch: Launch) -> Iterator[Browser]:
    with launch() as started:
        yield started


@pytest.fixture()
def witness(running: Supervisor) -> Iterator[Witness]:
    """In no test may anything leave our own server, or an error pass unseen."""
    seen = Witness()
    yield seen
    assert seen.origins() <= {running.settings.address}
    assert seen.wrong == []


@pytest.fixture()
def arrives(chromium: Browser, running: Supervisor, witness: Witness) -> Iterator[Callable[..., Person]]:
    """Somebody with a browser of their own; options are Playwright's for a context."""
    contexts: list[BrowserContext] = []

    def arrive(browser: Browser = chromium, **options: Any) -> Person:
        context = browser.new_context(**{"viewport": DESKTOP, **options})
        witness.watch(context)
        contexts.append(context)
        return Person(context.new_page(), running.settings.address)

    yield arrive
    for context in contexts:
        if not context.browser or not context.browser.is_connected():
            continue
        context.unroute_all(behavior="ignoreErrors")
        context.close()


@pytest.fixture()
def comes_back(arrives: Callable[..., Person], running: Supervisor) -> Callable[..., Person]:
    """Somebody who said these things before, with the conversation open again."""

    def come_back(*said: str, **options: Any) -> Person:
        visitor = Visitor.of(running)
        for text in said:
            visitor.hears(text)
        return arrives(storage_state=remembering(visitor), **options).visits().opens()

    return come_back


@pytest.fixture()
def finished(arrives: Callable[..., Person], results: Callable[[str], Visitor]) -> Callable[..., Person]:
    """Somebody who sees the result of the quiz and will not say more: the conversation is shared by tests."""

    def finish(prefers: str = "Graduated, I have my degree", **options: Any) -> Person:
        return arrives(storage_state=remembering(results(prefers)), **options).visits().opens()

    return finish


@pytest.fixture(scope="session")
def results(running: Supervisor) -> Callable[[str], Visitor]:
    """Conversations that came to a result, by the answer that was preferred; else the first option was taken."""

    @cache
    def walk(prefers: str) -> Visitor:
        visitor = Visitor.of(running)
        visitor.hears("check my eligibility")
        reply = visitor.hears("goal:match")["replies"][-1]
        while reply["progress"]:
            options = {option["label"]: option["payload"] for option in reply["options"]}
            reply = visitor.hears(options.get(prefers) or next(iter(options.values())))["replies"][-1]
        assert reply["sections"]
        return visitor

    return walk


@pytest.fixture()
def person(arrives: Callable[..., Person]) -> Person:
    """Somebody new, with the chat open on a site."""
    return arrives().visits().opens()
