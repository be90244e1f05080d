"""Claims: of whom, about what, and whether it is so, was not, is planned, wished, asked or only supposed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mode = Literal["is", "not", "failed", "sat", "planned", "wished", "asked", "supposed", "over", "past"]

DEGREE_YEAR, SCHOOL_ABROAD = "degree_year", "school_abroad"
"""Matters that no list of words names: the year of the degree, and a school abroad."""
FAILURES, PASS_AND_SCORE = "failures", "pass_and_score"
"""And failed sittings of no named exam, and "P/252"."""


@dataclass(frozen=True)
class Claim:
    """One thing told; `matter` is the id under which its words are listed."""

    matter: str
    about: str
    mode: Mode
    failures: int | None = None
    """Failed sittings; none where no number is told."""
    tries: int | None = None
    """Sittings, where only their number is told: the last may have been the pass."""
    year: int | None = None
    """When it was, where that is told; of a degree, its year."""
    sure: bool = True
    """False where it can be read in two ways."""
