"""The small words of data/reading/cues.yml, ready to be found in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import StrictStr

from img_pathway.content import Record, load_document, read_records
from img_pathway.reading.phrases import Finder
from img_pathway.reading.pieces import PieceWords

Phrases = tuple[StrictStr, ...]
STATES = (
    "passed", "held", "held_behind", "failed", "missed", "not_yet", "planned", "pending", "awaited", "wished",
    "supposed", "past", "over", "practice", "neutral", "again", "negators",
)  # fmt: skip


class CueLists(Record):
    """Word lists by what they show."""

    passed: Phrases
    held: Phrases
    held_behind: Phrases
    failed: Phrases
    missed: Phrases
    not_yet: Phrases
    planned: Phrases
    pending: Phrases
    awaited: Phrases
    wished: Phrases
    supposing: Phrases
    supposed: Phrases
    past: Phrases
    again: Phrases
    neutral: Phrases
    practice: Phrases
    over: Phrases
    negators: Phrases
    denials_behind: Phrases
    between: Phrases
    question_starts: Phrases
    restarts: Phrases
    given: Phrases
    reported: Phrases
    corrections: Phrases
    first_person: Phrases
    subjects: Phrases
    possessives: Phrases
    third_person: Phrases
    yes_or_no: Phrases
    months: Phrases
    also: Phrases
    joiners: Phrases


class PieceLists(Record):
    """Words by which pieces begin."""

    openers: Phrases
    joined: Phrases
    after_and: Phrases
    after_im: Phrases
    titles: Phrases


class CuesFile(Record):
    """data/reading/cues.yml."""

    cues: CueLists
    pieces: PieceLists
    people: dict[StrictStr, Phrases]
    others: Phrases


@dataclass(frozen=True)
class Cues:
    """Finders over the words of a sentence."""

    pieces: PieceWords
    states: Finder
    supposing: Finder
    """Behind these all that follows in a sentence is supposed, not only the piece."""
    behind: Finder
    questions: Finder
    restarts: Finder
    given: Finder
    reported: Finder
    corrections: Finder
    people: Finder
    between: frozenset[str]
    first: frozenset[str]
    subjects: frozenset[str]
    possessives: frozenset[str]
    third: frozenset[str]
    yes_or_no: frozenset[str]
    months: tuple[str, ...]
    also: frozenset[str]
    joiners: frozenset[str]


OTHER = "other"
"""Somebody who is named and of whom nothing is kept."""


def load_cues(path: Path) -> Cues:
    """Read the word lists; raises ContentError."""
    file = read_records(load_document(path, path.parent.parent.parent), CuesFile)
    lists = file.cues

    def one(phrases: Iterable[str], id_: str = "") -> Finder:
        return Finder((phrase, id_ or phrase) for phrase in phrases)

    people = [(phrase, who) for who, phrases in file.people.items() for phrase in phrases]
    return Cues(
        pieces=PieceWords(**{name: frozenset(words) for name, words in file.pieces.dict().items()}),
        states=Finder((phrase, kind) for kind in STATES for phrase in getattr(lists, kind)),
        supposing=one(lists.supposing),
        behind=one(lists.denials_behind),
        questions=one(lists.question_starts),
        restarts=one(lists.restarts),
        given=one(lists.given),
        reported=one(lists.reported),
        corrections=one(lists.corrections),
        people=Finder([*people, *((phrase, OTHER) for phrase in file.others)]),
        between=frozenset(lists.between),
        first=frozenset(lists.first_person),
        subjects=frozenset(lists.subjects),
        possessives=frozenset(lists.possessives),
        third=frozenset(lists.third_person),
        yes_or_no=frozenset(lists.yes_or_no),
        months=lists.months,
        also=frozenset(lists.also),
        joiners=frozenset(lists.joiners),
    )
