"""Where the time of a test run goes: a table of its folders, printed at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any


def by_folder(reports: Iterable[Any]) -> list[tuple[str, int, float]]:
    """Return folder, number of tests and seconds of each folder, slowest first; setup and teardown count too."""
    seconds: dict[str, float] = defaultdict(float)
    tests: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        folder = str(PurePosixPath(report.nodeid.split("::")[0]).parent)
        seconds[folder] += report.duration
        tests[folder].add(report.nodeid)
    return sorted(((name, len(tests[name]), seconds[name]) for name in seconds), key=lambda row: -row[2])


def table(stats: Mapping[str, Iterable[Any]]) -> list[str]:
    """Return the lines of the table for the reports that pytest has gathered."""
    rows = by_folder(report for reports in stats.values() for report in reports if hasattr(report, "duration"))
    rows.append(("all", sum(row[1] for row in rows), sum(row[2] for row in rows)))
    return [f"{seconds / 60:7.2f} min  {count:5} tests  {name}" for name, count, seconds in rows]
