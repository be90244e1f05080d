"""A candidate beside what is live: what got better, what got worse, and whether it may be published."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from img_pathway.knowledge import load_knowledge
from img_pathway.quiz import Engine, load_quiz
from img_pathway.staff import gate
from img_pathway.staff.evaluation import GOOD
from img_pathway.staff.held_out import FOLDER
from img_pathway.staff.profiles import Changed, changed_verdicts
from img_pathway.staff.trial import Trial, Tried

FIGURES = {
    "right": "answered right, in scope",
    "right_or_offered": "right, or the right answer among those offered",
    "wrong": "answered wrongly, in scope",
    "false_declines": "declined although in scope",
    "out_declined": "declined, out of scope",
    "out_false_answers": "answered although out of scope",
    "language_recognized": "other languages recognized",
}


@dataclass(frozen=True)
class Pair:
    """An utterance as both understood and answered it."""

    before: Tried
    after: Tried

    @property
    def differs(self) -> bool:
        """Whether they answered otherwise, or in other words."""
        return (self.before.answers, self.before.said) != (self.after.answers, self.after.said)

    @property
    def kind(self) -> str:
        """What became of it: better, worse, or answered otherwise."""
        good = [one.verdict in GOOD for one in (self.before, self.after)]
        return "answered otherwise" if good[0] == good[1] else "better" if good[1] else "worse"


@dataclass(frozen=True)
class Comparison:
    """All that differs, and the complaints for which a candidate is refused."""

    figures: tuple[tuple[str, float | None, float], ...]
    """Name, before (none where nothing is live), after."""
    topics: tuple[tuple[str, float | None, float], ...]
    """F1 of each topic, those that changed most first."""
    utterances: tuple[Pair, ...]
    verdicts: tuple[Changed, ...]
    complaints: tuple[str, ...]


def compare(root: Path, after: Trial, before: Trial | None, verdicts: Sequence[Changed]) -> Comparison:
    """The comparison of two trials; without a live one, the candidate has to hold the floors alone."""
    pairs = [Pair(b, a) for b, a in zip(before.utterances, after.utterances, strict=True)] if before else []
    return Comparison(
        tuple((n, before.figures["totals"][n] if before else None, after.figures["totals"][n]) for n in FIGURES),
        tuple(_topics(before, after)),
        tuple(pair for pair in pairs if pair.differs),
        tuple(verdicts),
        tuple(_complaints(root, after, before)),
    )


def engine_of(home: Path, today: date) -> Engine:
    """The quiz of a folder's content."""
    return Engine(load_quiz(home / "data" / "quiz", load_knowledge(home / "data" / "knowledge"), today))


def verdicts_between(before: Path, after: Path, today: date) -> list[Changed]:
    """Everybody whose verdict differs between the contents of two folders."""
    return changed_verdicts(engine_of(before, today), engine_of(after, today))


def _complaints(root: Path, after: Trial, before: Trial | None) -> Iterator[str]:
    yield from after.stories.values()
    now = gate.snapshot(after.figures)
    floors = json.loads((root / FOLDER / "baseline.json").read_text(encoding="utf-8"))["held_out"]
    yield from gate.worse(floors, now)
    if before:
        yield from (f"Beside what is live: {text}" for text in gate.worse(gate.snapshot(before.figures), now))


def _topics(before: Trial | None, after: Trial) -> list[tuple[str, float | None, float]]:
    old = before.figures["topics"] if before else {}
    rows = [
        (t, float(old[t]["f1"]) if t in old else None, float(one["f1"])) for t, one in after.figures["topics"].items()
    ]
    return sorted(rows, key=lambda row: -abs(row[2] - (row[1] if row[1] is not None else row[2])))
