"""The day that answers are given for."""

from __future__ import annotations

from datetime import date


def today() -> date:
    """The day on this machine; the one place that a running server asks for it."""
    return date.today()
