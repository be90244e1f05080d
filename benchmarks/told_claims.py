"""The gold sets of what people tell of themselves: messages, and the claims in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent.parent / "tests" / "quiz"
OPEN_SET, APART_SET = FOLDER / "told.yml", FOLDER / "told_apart.yml"
ME = "me"
SO = ("is", "failed", "not")
"""Modes of what is so; everything else is planned, wished, asked about or supposed."""


@dataclass(frozen=True)
class Claim:
    """One thing told of one person; tests/quiz/told.yml says what the fields mean."""

    about: str
    matter: str
    value: str
    mode: str
    times: int | None = None
    year: int | None = None
    months: int | None = None
    weeks: int | None = None
    corrects: bool = False
    unsure: bool = False


@dataclass(frozen=True)
class Message:
    """A message, and what may and may not be booked from it."""

    id: str
    text: str
    kind: str
    claims: tuple[Claim, ...] = ()
    asked: str | None = None
    """The question that is open."""
    before: tuple[Claim, ...] = ()
    """What is booked already."""


def load(path: Path) -> list[Message]:
    """Read a gold set; raises TypeError for a field that no claim and no message has."""
    # The parser in C: the file has thousands of lines.
    return [_message(raw) for raw in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)]


def _message(raw: Mapping[str, Any]) -> Message:
    claims = {name: tuple(_claim(claim) for claim in raw.get(name) or ()) for name in ("claims", "before")}
    return Message(**{**raw, **claims})


def _claim(raw: Mapping[str, Any]) -> Claim:
    return Claim(**{**raw, "value": str(raw["value"])})
