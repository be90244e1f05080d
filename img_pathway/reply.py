"""What the bot says in one turn: built once as plain data, rendered by every channel within its limits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Option:
    """One thing to click or type: `payload` is the message that a click sends."""

    label: str
    payload: str


@dataclass(frozen=True)
class Cited:
    """A source under an answer, with the date of what it says."""

    title: str
    url: str
    as_of: str


@dataclass(frozen=True)
class Table:
    """A comparison: `columns` head the cells of each row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class PlanStep:
    """One step of a plan; `state` is done, here, ahead or unknown."""

    text: str
    state: str


@dataclass(frozen=True)
class Section:
    """A titled group of the result card."""

    kind: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Progress:
    """Where the quiz is: question `number` of about `total`."""

    number: int
    total: int


@dataclass(frozen=True)
class Reply:
    """One turn of the bot."""

    text: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    table: Table | None = None
    progress: Progress | None = None
    why: str | None = None
    sections: tuple[Section, ...] = ()
    plan: tuple[PlanStep, ...] = ()
    closing: tuple[str, ...] = ()
    sources: tuple[Cited, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """JSON for a channel that renders replies itself."""
        return asdict(self)

    def then(self, other: Reply) -> Reply:
        """This reply followed by another; the other's options and progress stand at the end."""
        return replace(
            other,
            text=(*self.text, *self.closing, *other.text),
            table=self.table or other.table,
            sections=(*self.sections, *other.sections),
            plan=self.plan or other.plan,
            sources=merged(self.sources, other.sources),
        )


def merged(*groups: Iterable[Cited]) -> tuple[Cited, ...]:
    """Sources of several answers, each address once."""
    return tuple({cited.url: cited for group in groups for cited in group}.values())
