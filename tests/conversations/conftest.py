"""Conversations are held on the day on which they run."""

from __future__ import annotations

from datetime import date

import pytest

from img_pathway.dialogue.bot import Bot, load_bot
from tests.serving import ROOT


@pytest.fixture(scope="session")
def bot() -> Bot:
    return load_bot(ROOT / "data", date.today())
