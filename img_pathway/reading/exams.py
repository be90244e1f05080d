"""Claims about exams and certificates: passed, failed so often, not yet, planned, or sat with an unknown result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from img_pathway.reading.claims import FAILURES, PASS_AND_SCORE, Claim, Mode
from img_pathway.reading.cues import Cues
from img_pathway.reading.items import Item
from img_pathway.reading.outcomes import Outcome, outcome_of
from img_pathway.reading.phrases import Found
from img_pathway.reading.scene import Scene
from img_pathway.reading.verdicts import attached

_BESIDE = 2


def exam_claims(scene: Scene, exams: Sequence[Found], cues: Cues, today: date, last: Mode | None) -> Iterator[Claim]:
    """Yield what is told of the exams of a sentence; `last` is the mode of what is told before them, if anything is."""
    # "Certificate expired" says nothing of an exam in the same sentence.
    taken = {i for match in scene.matters for i in range(match.start, match.end)}
    items = [item for item in scene.items if not taken & set(range(item.start, item.end))]
    groups, loose = attached(scene.sentence, exams, items, cues, scene.owners)
    for group in groups:
        for position, exam in enumerate(group.exams):
            outcome = outcome_of(group, position, today)
            # "Step 2 passed, OET too".
            follows = bool(cues.also & set(scene.words[exam.end : exam.end + 1]))
            mode = _mode(scene, exam, outcome, last if follows else None)
            last = mode
            if mode:
                who, sure = scene.whose(exam.start)
                yield Claim(exam.id, who, mode, outcome.failures, outcome.tries, outcome.year, sure)
    yield from _failures_of_no_exam(scene, loose, cues)
    if not exams:
        yield from _pass_and_score(scene)


def _mode(scene: Scene, exam: Found, outcome: Outcome, last: Mode | None) -> Mode | None:
    """The mode in the light of what is asked or supposed; none where nothing is told."""
    told = outcome.mode or (last if outcome.failures is None else None)
    counted = outcome.failures is not None or outcome.tries is not None
    if scene.states(exam.start):
        return told or ("sat" if counted else None)
    return None if told is None else "asked" if exam.start in scene.asked else "supposed"


def _failures_of_no_exam(scene: Scene, loose: Sequence[Item], cues: Cues) -> Iterator[Claim]:
    """Failed sittings of an exam that is not named: "I failed it five times"."""
    for n, item in enumerate(loose):
        if item.kind not in ("failed", "missed") or not scene.states(item.start):
            continue
        numbers = [i for i in loose if i.kind in ("times", "tries") and _distance(i, item) <= _BESIDE]
        before = loose[n - 1] if n else None
        denied = before is not None and before.kind == "negators" and item.start - before.end <= 1
        if numbers and not denied and _names_nothing_else(scene, [item, *numbers], cues):
            who, sure = scene.whose(item.start)
            yield Claim(FAILURES, who, "failed", numbers[0].number, sure=sure)


def _distance(one: Item, other: Item) -> int:
    return min(abs(one.start - other.end), abs(other.start - one.end))


def _names_nothing_else(scene: Scene, items: Sequence[Item], cues: Cues) -> bool:
    """Whether beside these a piece has small words alone: "failed it five times", not "failed the PLAB twice"."""
    said = {i for item in items for i in range(item.start, item.end)}
    silent = cues.between | cues.first | cues.joiners | cues.also | {"times", "already"}
    return all(i in said or scene.words[i] in silent for i in range(*scene.piece(items[0].start)))


def _pass_and_score(scene: Scene) -> Iterator[Claim]:
    """The short form of two exams, "P/252": a pass and a score as pieces side by side, and no exam named."""
    pieces = list(scene.sentence.pieces())
    alone = {(i.start, i.end): i.kind for i in scene.items if (i.start, i.end) in pieces}
    for (start, end), after in pairwise(pieces):
        if {alone.get((start, end)), alone.get(after)} == {"passed", "score"} and scene.states(start):
            who, sure = scene.whose(start)
            yield Claim(PASS_AND_SCORE, who, "is", sure=sure)
            return
