"""How the bot hears what people tell of themselves: false facts, facts booked, corrections. Keeps a report."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.kept import Kept
from benchmarks.told_claims import APART_SET, OPEN_SET, load
from benchmarks.told_counting import details, figures
from benchmarks.told_hearing import hear
from benchmarks.told_judging import Judged, judge
from benchmarks.told_mapping import Table, load_table
from benchmarks.told_report import APART, LOOKS, TOLD, report, summary
from img_pathway.dialogue.bot import load_bot

DATA = Path(__file__).parent.parent / "data"
DAY = date(2026, 11, 30)
"""The day on which the messages are written; their years are counted from it."""
_KEPT = Kept("told", report)


def measure(path: Path) -> tuple[Table, list[Judged]]:
    """Return every message of a set with what came of it."""
    bot = load_bot(DATA, DAY)
    table = load_table(bot.engine.quiz, DAY.year)
    return table, [judge(table, message, hear(bot, table, message)) for message in load(path)]


def looked(results: Mapping[str, Any], day: date) -> list[str]:
    """Return the days on which the set kept aside was looked at, with one more."""
    return [*results.get(APART, {}).get(LOOKS, []), day.isoformat()]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.told", description=__doc__)
    parser.add_argument(
        "--apart", action="store_true", help="the set kept aside, for final figures; every look is kept"
    )
    if parser.parse_args().apart:
        # A look counts even if nothing comes of it: it is kept before the set is read.
        _KEPT.keep(APART, {LOOKS: looked(_KEPT.all(), date.today())})
        found = figures(measure(APART_SET)[1])
        _KEPT.keep(APART, found)
    else:
        table, judged = measure(OPEN_SET)
        found = figures(judged)
        _KEPT.keep(TOLD, {**found, **details(table, judged)})
    print(summary(found))


if __name__ == "__main__":
    main()
