"""The real content on a fixed day, loaded once for all tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from img_pathway.dialogue.bot import Bot, load_bot
from img_pathway.quiz import Engine

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 22)
"""The same day as in tests/conftest.py; people aim at the Match of 2027."""


def bot() -> Bot:
    """The bot over the real content."""
    return load_bot(ROOT / "data", TODAY)


def engine() -> Engine:
    """The engine over the real content."""
    return bot().engine
