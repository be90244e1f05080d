"""What the bot says in one turn: built once as plain data, rendered by every channel within its limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from pydantic import parse_obj_as

StepState = Literal["done", "here", "ahead", "unknown"]
SectionKind = Literal["can_now", "not_yet", "not_open", "good_to_know", "depends"]


@dataclass(frozen=True)
class Option:
    """One thing to click or type: `payload` is the command that a click sends, `basis` the id of what it leads to."""

    label: str
    payload: str
    basis: str = ""


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
    """One step of a plan, with how long it lasts where that is known."""

    text: str
    state: StepState
    takes: str | None = None


@dataclass(frozen=True)
class Verdict:
    """What is decided of one thing to be eligible for; `notes` say what is missing or would change it."""

    name: str
    says: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """Verdicts of one kind, under a title of the result card."""

    kind: SectionKind
    title: str
    items: tuple[Verdict, ...]


@dataclass(frozen=True)
class Given:
    """An answer that was given in the quiz; `change` is the message that asks its question again."""

    name: str
    answer: str
    change: str


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
    answers: tuple[Given, ...] = ()
    sections: tuple[Section, ...] = ()
    plan: tuple[PlanStep, ...] = ()
    closing: tuple[str, ...] = ()
    sources: tuple[Cited, ...] = ()
    asks_if_helped: bool = False
    """Whether a question was answered, so that people may say whether it helped."""
    basis: tuple[str, ...] = ()
    """Ids of what the reply says: `faq/<id>`, `ask/<attribute>/<topic>`, `compare/<a>+<b>`, `fact/<id>` and so on."""

    def to_dict(self) -> dict[str, Any]:
        """JSON for a channel that renders replies itself."""
        return asdict(self)

    @staticmethod
    def from_dict(found: Mapping[str, Any]) -> Reply:
        """What `to_dict` wrote, read back."""
        return parse_obj_as(Reply, found)

    def then(self, other: Reply) -> Reply:
        """This reply followed by another; the other's options and progress stand at the end."""
        return replace(
            other,
            text=(*self.text, *self.closing, *other.text),
            table=self.table or other.table,
            answers=self.answers or other.answers,
            sections=(*self.sections, *other.sections),
            plan=self.plan or other.plan,
            sources=merged(self.sources, other.sources),
            asks_if_helped=self.asks_if_helped or other.asks_if_helped,
            basis=tuple(dict.fromkeys((*self.basis, *other.basis))),
        )


def merged(*groups: Iterable[Cited]) -> tuple[Cited, ...]:
    """Sources of several answers, each address once."""
    return tuple({cited.url: cited for group in groups for cited in group}.values())
