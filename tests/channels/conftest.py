"""Phones on every platform, and the server's routes without a model."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from img_pathway.dialogue.bot import Bot, load_bot
from img_pathway.serve.supervisor import Supervisor
from tests.channels.fakes import Platforms
from tests.channels.phones import PLATFORMS, Phone
from tests.channels.served import Served
from tests.serving import ROOT, SECRET, SECRETS, credentials_for_tests


@pytest.fixture(scope="session")
def bot() -> Bot:
    """The bot of today, because conversations are held on the day on which they run."""
    return load_bot(ROOT / "data", date.today())


@pytest.fixture()
def phone_on(
    running: Supervisor, platforms: Platforms, bot: Bot, responses: dict[str, list[str]]
) -> Callable[[str], Phone]:
    """A new person on a platform."""

    def begin(platform: str) -> Phone:
        address = running.settings.address
        return Phone(address, bot, responses, running=running, platforms=platforms, platform=platform)

    return begin


@pytest.fixture(params=PLATFORMS)
def phone(request: pytest.FixtureRequest, phone_on: Callable[[str], Phone]) -> Phone:
    """A new person on each platform in turn."""
    return phone_on(request.param)


@pytest.fixture(scope="session")
def secrets() -> None:
    """The environment in which the platforms are on."""
    os.environ.update(SECRETS, IMG_PATHWAY_SECRET=SECRET)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, platforms: Platforms, secrets: None) -> Iterator[Served]:
    """The routes of the server without a model behind them."""
    folder = tmp_path_factory.mktemp("served")
    server = Served(credentials_for_tests(folder, platforms.address), folder / "conversations.db")
    yield server
    server.close()
