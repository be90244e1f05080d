"""How long something takes, by the value of a fact: a number or a range, in days, weeks or months."""

from __future__ import annotations

import math
import re
from collections.abc import Container

from img_pathway.content import nearest
from img_pathway.knowledge import Knowledge
from img_pathway.quiz.model import Duration, Lasts

_RANGE = re.compile(r"(\d+)(?:-(\d+))?\Z")
_DAYS = {"days": 1.0, "weeks": 7.0, "months": 365.25 / 12}


class DurationError(Exception):
    """A duration that cannot be read; the message says what is wrong."""


def duration(lasts: Lasts, ready_by: str | None, dates: Container[str], knowledge: Knowledge) -> Duration:
    """Return the days that something takes, and the date by which it has to be done; raises DurationError."""
    fact = knowledge.facts.get(lasts.fact)
    if fact is None:
        raise DurationError(f'uses unknown fact "{lasts.fact}".{nearest(lasts.fact, knowledge.facts)}')
    found = _RANGE.match(str(fact.value).strip())
    if not found:
        raise DurationError(f'reckons with the fact "{lasts.fact}", whose value is no number and no range like 4-6.')
    by = lasts.by or ready_by
    if by is None or by not in dates:
        raise DurationError(f'has to be done by the date "{by}", which the season does not have.')
    quickest, slowest = int(found[1]), int(found[2] or found[1])
    # Months end where the longest do: a day too many is safer than one too few.
    return Duration(math.ceil(quickest * _DAYS[lasts.unit]), math.ceil(slowest * _DAYS[lasts.unit]), by)


__all__ = ["DurationError", "duration"]
