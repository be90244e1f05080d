"""Phones on every platform."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from img_pathway.dialogue.bot import Bot, load_bot
from img_pathway.serve.supervisor import Supervisor
from tests.channels.fakes import Platforms
from tests.channels.phones import PLATFORMS, Phone
from tests.serving import ROOT


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
