"""Content that many tests share, read once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from img_pathway.dialogue.bot import Bot, load_bot
from img_pathway.knowledge import Knowledge

ROOT = Path(__file__).parent.parent
# A fixed day, so that a season that turns does not turn a test.
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def bot() -> Bot:
    return load_bot(ROOT / "data", TODAY)


@pytest.fixture(scope="session")
def knowledge(bot: Bot) -> Knowledge:
    return bot.knowledge
