"""The kept results of understanding."""

from __future__ import annotations

from benchmarks.kept import Kept
from benchmarks.understanding.report import report

_KEPT = Kept("understanding", report)
kept, keep = _KEPT.all, _KEPT.keep
