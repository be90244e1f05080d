"""How fast the website widget opens and draws, and how much it weighs, in a browser against a running bot."""

from __future__ import annotations

import argparse
import gzip
import statistics
import tempfile
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Page

from img_pathway.serve.supervisor import launched
from tests.serving import ROOT, running_bot
from tests.widget.browser import chromium
from tests.widget.page import ANSWERED, LAUNCHER, Person

OPEN_GOAL_MS, DRAW_GOAL_MS = 300, 100
QUESTIONS = ("what is a residency?", "internship vs residency", "check my eligibility", "goal:match")

# Notes in every window when a person clicked, and when something was painted that they wait for.
CLOCK = """(() => {
    const now = () => performance.timeOrigin + performance.now();
    const painted = note => requestAnimationFrame(() => setTimeout(() => note(now())));
    addEventListener('click', () => { window.clicked ??= now() }, { capture: true });
    const drawn = new Map();
    window.drawn = drawn;
    const look = () => {
        const field = document.querySelector('textarea');
        if (window.ready === undefined && field && document.querySelector('.answer')) {
            window.ready = null;
            painted(time => { window.ready = time });
        }
        const count = document.querySelectorAll('ANSWERED').length;
        if (count && !drawn.has(count)) {
            drawn.set(count, null);
            painted(time => drawn.set(count, time));
        }
    };
    const watch = () => new MutationObserver(look).observe(document, { childList: true, subtree: true });
    watch();
    // The empty document that a frame begins with may give its window to the next one.
    addEventListener('DOMContentLoaded', watch);
})()""".replace("ANSWERED", ANSWERED)
ARRIVED = """() => {
    const answers = performance.getEntriesByType('resource').filter(e => e.name.endsWith('/chat/messages'));
    return performance.timeOrigin + answers.at(-1).responseEnd;
}"""


def spread(values: list[float]) -> str:
    ordered = sorted(values)
    return f"{statistics.median(ordered):.0f} | {ordered[int(len(ordered) * 0.95)]:.0f} | {ordered[-1]:.0f}"


def visit(browser: Browser, address: str) -> Person:
    """Somebody who was never here: nothing is in the cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(CLOCK)
    return Person(context.new_page(), address)


def opening(browser: Browser, address: str, is_loaded: bool) -> float:
    """From the click to a field to write in and a welcome to read; the frame is loaded before, or is not."""
    person = visit(browser, address)
    if is_loaded:
        person.visits()
        person.chat.locator("textarea").wait_for(state="attached")
    else:
        person.page.goto(f"{address}/demo/", wait_until="commit")
        person.chat = person.page.frame_locator("img-pathway iframe")
    person.page.locator(LAUNCHER).click()
    person.is_ready()
    person.frame.wait_for_function("() => window.ready")
    took = float(person.frame.evaluate("() => window.ready")) - clicked(person.page)
    person.page.context.close()
    return took


def clicked(page: Page) -> float:
    return float(page.evaluate("() => window.clicked"))


def drawing(browser: Browser, address: str) -> list[float]:
    """From the last byte of an answer to the answer on the screen."""
    person = visit(browser, address).visits().opens()
    took = []
    for number, question in enumerate(QUESTIONS, 1):
        person.says(question)
        person.frame.wait_for_function("count => window.drawn.get(count)", arg=number)
        drawn = float(person.frame.evaluate("count => window.drawn.get(count)", number))
        took.append(drawn - float(person.frame.evaluate(ARRIVED)))
    person.page.context.close()
    return took


def weights() -> list[str]:
    dist = ROOT / "widget" / "dist"
    served = sorted(path for path in dist.rglob("*") if path.suffix in (".js", ".css", ".html", ".json"))
    sizes = {str(path.relative_to(dist)): len(gzip.compress(path.read_bytes(), mtime=0)) for path in served}
    needed = sum(size for name, size in sizes.items() if "words-" not in name)
    rows = [f"| {name} | {size / 1024:.1f} |" for name, size in sizes.items()]
    return [*rows, f"| **all that a visitor loads in English** | **{needed / 1024:.1f}** |"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=25)
    runs = parser.parse_args().runs
    with (
        tempfile.TemporaryDirectory() as folder,
        running_bot(Path(folder), launch=launched) as bot,
        chromium() as launch,
    ):
        address = bot.settings.address
        with launch() as browser:
            opening(browser, address, True)  # the first one starts processes
            loaded = [opening(browser, address, True) for _ in range(runs)]
            at_once = [opening(browser, address, False) for _ in range(runs)]
            drawn = [ms for _ in range(runs) for ms in drawing(browser, address)]
            version = browser.version
    report = "\n".join(
        [
            "# Website widget",
            "",
            f"{runs} visits of a browser with an empty cache, headless Chromium {version}, bot on the same machine.",
            f"Written by `make bench-widget` on {date.today()}; times are of one run on one machine, to the frame that "
            "shows it.",
            "",
            "| milliseconds | median | p95 | worst | goal |",
            "|---|---|---|---|---|",
            f"| click to a chat that can be used | {spread(loaded)} | {OPEN_GOAL_MS} |",
            f"| the same, clicked before anything of the chat is loaded | {spread(at_once)} | |",
            f"| answer received to answer drawn | {spread(drawn)} | {DRAW_GOAL_MS} |",
            "",
            "| file | KB gzipped |",
            "|---|---|",
            *weights(),
        ]
    )
    print(report)
    (ROOT / "benchmarks" / "results" / "widget.md").write_text(f"{report}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
