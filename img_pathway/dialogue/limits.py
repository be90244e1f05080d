"""All limits from which on evidence decides, in one record; limits.json has their values, and how each was measured."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("limits.json")


@dataclass(frozen=True)
class Limits:
    """Probabilities, cosine similarities and numbers of words; tuned with `make limits`, never by hand."""

    # Scope and trust
    in_scope: float
    """Probability of being ours from which on a message is answered and not declined."""
    right: float
    """Probability of the first guess being right from which on it is answered without asking back."""
    near_decline: float
    """Likeness to an example of what is not ours from which on the reason is said."""
    surely_not_ours: float
    """Probability of not being ours from which on a long message is no answer to an open question."""
    english: float
    """Score from which on an understood message in plain letters is English, whatever its letters look like."""

    # Questions
    bare_name: float
    """Probability up to which a mere name is looked up, whatever the first guess makes of it."""
    fact_met: float
    """Cosine similarity from which on a fact tells what is asked about where no topic is named."""
    next_part: float
    """By so much a question has to be surer with the one before it than alone, to be read with it."""

    # What people tell of themselves
    told_alone: float
    """Score up to which a single thing told is a record and not whatever else was guessed."""
    story: int
    """So many things told are a record."""
    whole_record: int
    """So many things told outweigh a guess at a question below `question_in_record`."""
    question_in_record: float
    """Probability from which on a question in a whole record is answered first."""
    asked_beside: float
    """Probability from which on a question beside a record is answered with it."""

    # While a question is open
    few_words: int
    """Up to so many words may be meant as an answer, whatever they look like."""
    sure_of_few_words: float
    """Score from which on so few words are something else than an answer."""
    clear_all: float
    """Probability from which on all answers are cleared, which cannot be undone."""


def load(path: Path = FILE) -> Limits:
    """Read the limits; raises KeyError for one without a value."""
    found: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return Limits(**{field.name: found[field.name]["value"] for field in fields(Limits)})


_trying: ContextVar[Limits | None] = ContextVar("limits", default=None)
_KEPT = load()


def limits() -> Limits:
    """Return the limits that hold here."""
    return _trying.get() or _KEPT


@contextmanager
def trying(others: Limits) -> Iterator[None]:
    """Let other limits hold for a while, in this thread or task alone: to measure what they would change."""
    token = _trying.set(others)
    try:
        yield
    finally:
        _trying.reset(token)
