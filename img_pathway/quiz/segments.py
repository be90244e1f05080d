"""Pieces of a message between commas and the like, with what is said in each and where."""

from __future__ import annotations

from dataclasses import dataclass

from img_pathway.knowledge.mentions import Mention
from img_pathway.quiz.model import Heard

NEAR = 2
"""How close a "not" or a "passed" stands to what it is said of."""

# Words that do not count between a "not" and what it denies: "not on the ban list", "not yet a graduate".
_FILLERS = {"a", "an", "the", "on", "in", "any", "yet", "my", "been"}


@dataclass(frozen=True)
class Segment:
    """One piece of a message, in words."""

    words: list[str]
    subjects: list[tuple[Mention, str, Heard]]
    counts: list[tuple[Mention, str, Heard]]
    """Words that tell something only beside a number of times."""
    states: list[tuple[int, bool]]
    """Where a "passed" or "pending" stands, and whether it says done."""
    wishes: list[int]
    negators: list[int]
    is_question: bool
    is_supposed: bool
    """After "if": what is only supposed of exams ("if I pass step 1") is no fact."""


def exams(segment: Segment) -> list[tuple[int, Heard]]:
    """Where a piece names an exam or the like, of which a pass or a failure has to be told."""
    return [(mention.start, heard) for mention, _, heard in segment.subjects if not heard.bare]


def exam_at(segment: Segment, position: int) -> Heard | None:
    """The exam of which a word tells: right behind it, else the last before it, else the first behind it."""
    named = exams(segment)
    right_behind = [heard for start, heard in named if start == position + 1]
    before = [heard for start, heard in named if start < position]
    return next(iter([*right_behind, *before[-1:], *(heard for _, heard in named)]), None)


def is_near(words: list[str], negator: int, position: int) -> bool:
    """Whether a "not" stands so close before a word that it denies it."""
    between = [word for word in words[negator + 1 : position] if word not in _FILLERS]
    return negator < position and len(between) < NEAR
