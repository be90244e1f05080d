"""10,000 hostile strings, as words of the person and as words of the bot, and none becomes more than text."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from img_pathway.reply import Cited, Given, Option, PlanStep, Progress, Reply, Section, Table, Verdict
from img_pathway.serve.supervisor import Supervisor
from tests.channels.browserless import Visitor
from tests.widget.browser import remembering
from tests.widget.hostile import TAGS, hostile
from tests.widget.page import MESSAGES, Person

pytestmark = [pytest.mark.server, pytest.mark.browser]
STRINGS, A_PAGE, A_REPLY = 10_000, 1_000, 20
# What the app itself draws; anything else came out of a string.
OURS = (
    "div", "p", "span", "ul", "ol", "li", "strong", "a", "details", "summary", "section", "h2", "h3", "button",
    "progress", "table", "thead", "tbody", "tr", "th", "td",
)  # fmt: skip
DRAWN = ("svg", "path", "circle")
STRANGE = """([ours, drawn]) => {
    const wrong = [];
    for (const e of document.querySelectorAll('body *')) {
        const attributes = [...e.attributes].map(a => a.name);
        const bad = attributes.filter(a => a.startsWith('on') || ['srcdoc', 'style', 'formaction', 'src'].includes(a));
        if (e.closest('.sheet') && e !== e.closest('.sheet')) {
            const known = e.closest('svg') ? e.closest('svg[aria-hidden=true]') && drawn.includes(e.localName)
                : ours.includes(e.localName);
            if (!known) wrong.push('element ' + e.outerHTML.slice(0, 200));
            if (bad.length) wrong.push('attributes ' + bad + ' ' + e.outerHTML.slice(0, 200));
        }
        if (e.localName === 'a') {
            if (!['https:', 'http:', 'mailto:', 'tel:'].includes(e.protocol)) wrong.push('link ' + e.href);
            if (e.rel !== 'noopener noreferrer' || e.target !== '_blank') wrong.push('bare link ' + e.href);
        }
    }
    if (window.hacked !== undefined) wrong.push('a script ran');
    return wrong;
}"""


def strange(person: Person) -> list[str]:
    return list(person.frame.evaluate(STRANGE, [OURS, DRAWN]))


def reply(strings: list[str]) -> Reply:
    """A reply that has one of the strings in each of its places; the first stands in all that are left."""
    given = itertools.cycle(strings)
    return Reply(
        text=tuple(next(given) for _ in range(4)),
        options=(Option(next(given), next(given)),),
        table=Table((next(given),), ((next(given), (next(given),)),)),
        progress=Progress(1, 2),
        why=next(given),
        answers=(Given(next(given), next(given), next(given)),),
        sections=(Section("can_now", next(given), (Verdict(next(given), next(given), (next(given),)),)),),
        plan=(PlanStep(next(given), "here", next(given)),),
        closing=(next(given),),
        sources=(Cited(next(given), next(given), next(given)),),
    )


def exchange(number: int, said: str, replies: Iterable[Reply]) -> dict[str, Any]:
    shown = [one.to_dict() for one in replies]
    return {"id": f"hostile-{number:08}", "text": said, "at": "2026-11-22T12:00:00Z", "replies": shown, "took": None}


def test_none_of_ten_thousand_strings_becomes_more_than_text(arrives: Callable[..., Person]) -> None:
    person = arrives().goes_to_the_chat()
    batch: list[str] = []

    def answer(route: Route) -> None:
        chunks = [batch[i : i + A_REPLY] for i in range(0, len(batch), A_REPLY)]
        said = [exchange(i, text, ()) for i, text in enumerate(batch)]
        heard = [exchange(len(batch) + i, "what?", (reply(chunk),)) for i, chunk in enumerate(chunks)]
        # As the only words of a reply, where nothing else bends them.
        told = [exchange(2 * len(batch) + i, "what?", (Reply(text=tuple(c)),)) for i, c in enumerate(chunks)]
        route.fulfill(json={"welcome": reply(batch).to_dict(), "history": [*said, *heard, *told]})

    person.page.context.route("**/chat/history", answer)
    strings = hostile(STRINGS)
    seen = 0
    while batch := list(itertools.islice(strings, A_PAGE)):
        person.reloads()
        shown = person.bubbles.evaluate_all("all => all.map(e => e.textContent)")
        assert shown[: len(batch)] == batch
        assert strange(person) == []
        seen += len(batch)
    assert seen == STRINGS


def test_the_strings_do_harm_where_nobody_takes_care(chromium: Browser) -> None:
    """Else the test above would say nothing."""
    context = chromium.new_context()
    page = context.new_page()
    context.route("**/*", lambda route: route.abort())
    strings = [text for text in hostile(len(TAGS)) if "refresh" not in text and "base" not in text]
    page.evaluate(
        """strings => {
            window.ran = 0;
            window.alert = () => { window.ran += 1 };
            Object.defineProperty(window, 'hacked', { set: () => { window.ran += 1 } });
            for (const s of strings) document.body.insertAdjacentHTML('beforeend', s);
        }""",
        strings,
    )
    page.wait_for_function("() => window.ran >= 5")
    context.close()


def test_what_is_announced_is_text(arrives: Callable[..., Person]) -> None:
    person = arrives().goes_to_the_chat()
    strings = list(hostile(60))
    told = exchange(1, strings[0], [Reply(text=tuple(strings)), reply(strings)])

    def answer(route: Route) -> None:
        route.fulfill(json=told | {"id": route.request.post_data_json["id"]})

    person.page.context.route(MESSAGES, answer)
    person.says(strings[0])
    expect(person.announcer).to_contain_text("<script>")
    expect(person.announcer.locator(":not(p)")).to_have_count(0)
    assert strange(person) == []


def test_the_real_bot_takes_them_as_text(arrives: Callable[..., Person], running: Supervisor) -> None:
    visitor = Visitor.of(running)
    strings = [text for text in hostile(81) if text.isprintable()][::2]
    for text in strings[:-4]:
        visitor.hears(text)
    person = arrives(storage_state=remembering(visitor)).visits().opens()
    for text in strings[-4:]:
        person.says(text)
    assert len(strings) > 30
    assert person.said == strings
    assert strange(person) == []
    assert person.frame.evaluate("() => window.hacked") is None
    assert person.page.evaluate("() => window.hacked") is None
