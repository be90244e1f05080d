"""The committed decision table is what the content decides."""

from __future__ import annotations

import difflib
from datetime import date

from img_pathway.quiz import Engine, load_quiz
from tests.quiz.content import ROOT, TODAY, bot, engine
from tests.quiz.decision_table import COMMAND, FILE, table


def test_table_is_up_to_date() -> None:
    now = table(engine())
    committed = FILE.read_text(encoding="utf-8") if FILE.exists() else ""
    changes = [
        line
        for line in difflib.unified_diff(committed.splitlines(), now.splitlines(), "committed", "now", lineterm="", n=0)
        if not line.startswith("@@")
    ]
    shown = "\n".join(changes[:40])
    assert now == committed, f"{len(changes)} lines differ. If that is meant, run: {COMMAND}\n{shown}"


def test_table_stays_short_enough_to_review() -> None:
    assert len(table(engine()).splitlines()) < 2100


def test_table_does_not_change_with_the_season() -> None:
    """Years are told from the Match year, so only a changed rule changes the table."""
    later = date(TODAY.year + 3, TODAY.month, TODAY.day)
    assert table(Engine(load_quiz(ROOT / "data" / "quiz", bot().knowledge, later))) == table(engine())
