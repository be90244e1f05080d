"""What all that is said of an exam comes to: passed, failed so often, not yet, planned, or nothing sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from img_pathway.reading.claims import Mode
from img_pathway.reading.items import Item
from img_pathway.reading.verdicts import Named

# A bare date so close behind an exam is its own: "ck in feb"; and so many months ahead it is still to come.
_NEAR_DATE, _MONTHS_AHEAD = 3, 6
# A "not" so close before a failure denies it.
_DENIES = 2
_AHEAD = {"planned", "pending", "wished", "hoped"}
_OTHERWISE = _AHEAD | {"failed", "missed", "not_yet", "negators", "awaited", "date"}


@dataclass(frozen=True)
class Outcome:
    """Whether an exam was passed, and how often it was failed before; `tries` where only their number is told."""

    mode: Mode | None
    failures: int | None = None
    tries: int | None = None
    year: int | None = None


def outcome_of(named: Named, position: int, today: date) -> Outcome:
    """Return what is said of one of the exams that are named together; the first line that holds decides."""
    exam = named.exams[position]
    # Of "step 1 and ck 240" the score is that of the last.
    last = position == len(named.exams) - 1
    items = [i for i in named.items if i.kind != "score" or last or i.end <= named.start]
    kinds = {item.kind for item in items}
    no_failure = _denies_failing(items)
    failed = bool({"failed", "missed"} & kinds) and not no_failure
    ahead = _is_ahead(items, exam.end, today)
    passed = _is_passed(items, exam.start, exam.end, no_failure=no_failure)
    # "First try" without another word is a pass.
    passed = passed or (not failed and not ahead and "not_yet" not in kinds and _failures(items, passed=True) == 0)
    undone = bool({"not_yet", "missed"} & kinds) or ("negators" in kinds and not no_failure)
    year = next((i.number for i in items if i.kind == "year" and i.number <= today.year), None)
    tries = max((i.number for i in items if i.kind == "tries"), default=None)
    # Whoever failed and is to sit again has not passed since.
    missed: Mode = "not" if "missed" in kinds or ahead else "failed"
    lines: tuple[tuple[bool, Outcome], ...] = (
        (any(i.kind == "supposed" and i.start < exam.end for i in items), Outcome("supposed")),
        ("over" in kinds, Outcome("over", year=year)),
        (("practice" in kinds and passed) or "awaited" in kinds, Outcome("sat", year=year)),
        (
            passed and (not undone or _came_right(items)),
            Outcome("is", 0 if no_failure else _failures(items, passed=True), year=year),
        ),
        (failed and not passed, Outcome(missed, _failures(items, passed=False), year=year)),
        # "Not two failures" says nothing of how many.
        (no_failure, Outcome(None, None if "times" in kinds else 0, year=year)),
        # "Passed" and "not" of one exam: which of them holds is not told.
        (passed, Outcome(None)),
        (undone, Outcome("not")),
        (ahead, Outcome("planned")),
    )
    return next((outcome for holds, outcome in lines if holds), Outcome(None, tries=tries))


def _is_passed(items: Sequence[Item], start: int, end: int, *, no_failure: bool) -> bool:
    """Whether a pass is told: by a word, by a score that did not fail, or by "I have step 1"."""
    if not no_failure and any(i.kind == "negators" and i.end <= start for i in items):
        return False
    otherwise = any(item.kind in _OTHERWISE for item in items)
    for n, item in enumerate(items):
        score = item.kind == "score" and not _fails_beside(items, n) and not _is_hoped_for(items, n)
        beside = item.end == start if item.kind == "held" else start in (item.end, item.start) or item.start == end
        held = item.kind in ("held", "held_behind") and beside and not otherwise
        if item.kind == "passed" or score or held:
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


def _denies_failing(items: Sequence[Item]) -> bool:
    return any(
        a.kind == "negators" and b.kind in ("failed", "times") and b.start - a.end <= _DENIES
        for a, b in pairwise(items)
    )


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
    if tries and (passed or explicit):
        return max(tries) - 1 if passed else max(tries)
    return len(explicit) if passed and explicit else None


def _is_ahead(items: Sequence[Item], end: int, today: date) -> bool:
    """Whether a sitting is still to come, by a word, by a year, or by a month that is near."""
    years = [item.number for item in items if item.kind == "year"]
    if any(item.kind in _AHEAD for item in items) or any(year > today.year for year in years):
        return True
    near = [i for i in items if i.kind == "date" and 0 <= i.start - end <= _NEAR_DATE]
    return not years and any(0 < (i.number - today.month) % 12 <= _MONTHS_AHEAD for i in near)
