"""Content that many tests share, read once, and the running bot."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date

import pytest

from img_pathway.content import load_document
from img_pathway.dialogue.bot import Bot, load_bot
from img_pathway.knowledge import Knowledge
from img_pathway.serve.supervisor import Supervisor
from tests import minutes
from tests.channels.fakes import Platforms
from tests.serving import PATIENCE_SECONDS, ROOT, running_bot
from tests.talking import Talk

# A fixed day, so that a season that turns does not turn a test.
TODAY = date(2026, 11, 22)


# Which tests run in one process when tests run in two, by a fixture that they share because it is slow to start. They
# begin in this order: while the first group trains a model, the other process runs what needs none.
NO_GROUP = ""
GROUPS = ("running", NO_GROUP, "chromium", "fleet", "office")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put tests that share servers into groups, in the order in which they should begin."""

    def group(item: pytest.Item) -> str:
        used = getattr(item, "fixturenames", ())
        return next((fixture for fixture in reversed(GROUPS) if fixture in used), NO_GROUP)

    items.sort(key=lambda item: GROUPS.index(group(item)))
    for item in items:
        if group(item):
            item.add_marker(pytest.mark.xdist_group(group(item)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show the minutes of each folder."""
    terminalreporter.section("minutes by folder")
    for line in minutes.table(terminalreporter.stats):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def bot() -> Bot:
    return load_bot(ROOT / "data", TODAY)


@pytest.fixture(scope="session")
def knowledge(bot: Bot) -> Knowledge:
    return bot.knowledge


@pytest.fixture(scope="session")
def platforms() -> Iterator[Platforms]:
    """The messaging platforms, made up."""
    made_up = Platforms()
    yield made_up
    made_up.close()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory, platforms: Platforms) -> Iterator[Supervisor]:
    """A running bot: Rasa and the action server, SQLite underneath, all channels on; started once."""
    with running_bot(tmp_path_factory.mktemp("server"), platforms.address) as supervisor:
        yield supervisor


@pytest.fixture()
def watched(running: Supervisor) -> Iterator[Supervisor]:
    """The running bot with somebody watching over it."""
    done = threading.Event()
    watching = threading.Thread(target=running.keep_running, args=(done.is_set,))
    watching.start()
    yield running
    done.set()
    watching.join(PATIENCE_SECONDS)


@pytest.fixture(scope="session")
def responses() -> dict[str, list[str]]:
    """The texts of every utter_… response."""
    found: dict[str, list[str]] = {}
    for path in (ROOT / "data" / "conversation").rglob("*.yml"):
        for name, variants in load_document(path).data.get("responses", {}).items():
            found[name] = [variant["text"] for variant in variants]
    return found


@pytest.fixture()
def talk(running: Supervisor, bot: Bot, responses: dict[str, list[str]]) -> Talk:
    return Talk(running.settings.address, bot, responses)
