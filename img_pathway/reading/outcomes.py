"""What all that is said of an exam comes to: passed, failed so often, not yet, planned, or nothing sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from img_pathway.reading.claims import Mode
from img_pathway.reading.verdicts import Item, Named

_NEAR = 3
_MONTHS_AHEAD = 6


@dataclass(frozen=True)
class Outcome:
    """Whether an exam was passed, and how often it was failed before; `tries` where only their number is told."""

    mode: Mode | None
    failures: int | None = None
    tries: int | None = None
    year: int | None = None
    sure: bool = True


def outcome_of(named: Named, position: int, today: date) -> Outcome:
    """Return what is said of one of the exams that are named together."""
    items = [i for i in named.items if i.kind != "score" or position == len(named.exams) - 1 or i.end <= named.start]
    exam = named.exams[position]
    if any(item.kind == "supposed" and item.start < exam.end for item in items):
        return Outcome("supposed")
    kinds = {item.kind for item in items}
    year = next((i.number for i in items if i.kind == "year" and i.number <= today.year), None)
    denies_failing = _denies_failing(items)
    failed = bool({"failed", "missed"} & kinds) and not denies_failing
    denied = any(i.kind == "negators" and i.end <= exam.start for i in items) and not denies_failing
    passed = _passed(items, exam.start, exam.end) and not denied
    first = _failures(items, passed=passed or not failed)
    if first == 0 and not failed and "not_yet" not in kinds and not _is_ahead(items, exam.end, today):
        passed = True
    undone = bool({"not_yet", "missed"} & kinds) or ("negators" in kinds and not denies_failing)
    if "over" in kinds:
        return Outcome("over", year=year)
    if "practice" in kinds and passed:
        return Outcome(None)
    if "awaited" in kinds:
        return Outcome(None, year=year)
    if passed and (not undone or _came_right(items)):
        return Outcome("is", 0 if denies_failing else _failures(items, passed=True), year=year)
    if failed and not passed:
        # Whoever failed and is to sit again has not passed since.
        still = "missed" in kinds or _is_ahead(items, exam.end, today)
        return Outcome("not" if still else "failed", _failures(items, passed=False), year=year)
    if denies_failing:
        # "Not two failures" says nothing of how many.
        return Outcome(None, None if "times" in kinds else 0, year=year)
    if passed:
        # "Passed" and "not" of one exam: which of them holds is not told.
        return Outcome(None)
    if undone:
        return Outcome("not")
    if _is_ahead(items, exam.end, today):
        return Outcome("planned")
    return Outcome(None, tries=max((i.number for i in items if i.kind == "tries"), default=None))


def _passed(items: Sequence[Item], start: int, end: int) -> bool:
    """Whether a pass is told: one that is not itself wished, planned or denied, or a score that did not fail."""
    for n, item in enumerate(items):
        if item.kind == "passed":
            return True
        if item.kind == "score" and not _fails_beside(items, n) and not _is_hoped_for(items, n):
            return True
        held = (item.kind == "held" and item.end == start) or (item.kind == "held_behind" and item.start == end)
        if (held or (item.kind == "held_behind" and item.end == start)) and not _says_otherwise(items):
            return True
    return False


def _fails_beside(items: Sequence[Item], n: int) -> bool:
    """Whether a score is that of a failed sitting: "205 fail", "failed twice, 206 and 211"."""
    after = items[n + 1] if n + 1 < len(items) else None
    if after and after.kind == "failed" and after.start - items[n].end <= 1:
        return True
    behind = [i for i, item in enumerate(items[:n]) if item.kind == "failed"]
    if not behind:
        return False
    # "Failed, second try 222", "fail, fail, 205": the last is another sitting.
    return not (items[n].alone or any(item.kind in ("tries", "again") for item in items[behind[-1] : n]))


def _is_hoped_for(items: Sequence[Item], n: int) -> bool:
    return any(item.kind in ("wished", "planned", "supposed") and item.end <= items[n].start for item in items)


def _says_otherwise(items: Sequence[Item]) -> bool:
    return any(
        i.kind in ("failed", "not_yet", "negators", "planned", "pending", "wished", "awaited", "date") for i in items
    )


def _denies_failing(items: Sequence[Item]) -> bool:
    pairs = zip(items, items[1:], strict=False)
    return any(a.kind == "negators" and b.kind in ("failed", "times") and b.start - a.end <= 2 for a, b in pairs)


def _came_right(items: Sequence[Item]) -> bool:
    """Whether a pass is told behind everything that was missed: "did not pass at first, passed in May"."""
    missed = max((i.start for i in items if i.kind == "missed"), default=None)
    others = any(i.kind in ("not_yet", "negators") for i in items)
    return missed is not None and not others and any(i.kind in ("passed", "score") and i.start > missed for i in items)


def _failures(items: Sequence[Item], *, passed: bool) -> int | None:
    """Failed sittings, where their number is told."""
    explicit = [item for item in items if item.kind in ("failed", "missed")]
    times = [item.number for item in items if item.kind == "times"]
    tries = [item.number for item in items if item.kind == "tries"]
    if times and (explicit or not passed):
        return max(times)
    if tries:
        last = max(tries)
        return last - 1 if passed else last if explicit else None
    if passed and explicit:
        return len(explicit)
    return None


def _is_ahead(items: Sequence[Item], end: int, today: date) -> bool:
    if any(item.kind in ("planned", "pending", "wished", "hoped") for item in items):
        return True
    years = [item.number for item in items if item.kind == "year"]
    if any(year > today.year for year in years):
        return True
    near = [i for i in items if i.kind == "date" and 0 <= i.start - end <= _NEAR]
    return any(0 < (i.number - today.month) % 12 <= _MONTHS_AHEAD for i in near) and not years
