"""Which "passed", "failed", score or date belongs to which exam of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from img_pathway.reading.cues import Cues
from img_pathway.reading.items import TRIES, Item
from img_pathway.reading.phrases import Found
from img_pathway.reading.pieces import Sentence

# Between two exams that are named together.
_DETERMINERS = {"my", "the"}
# A "not" stands so close before its exam, a plan so close behind it ("step 1 I will take").
_NEGATION_REACH, _BEHIND_REACH = 4, 1
# Small words bind only what stands beside them.
_CLOSE = {
    "negators", "not_yet", "times", "tries", "held", "held_behind", "planned", "pending", "wished", "supposed", "past",
}  # fmt: skip
_FORWARD = {"planned", "wished", "supposed"}
_VERDICTS = {"passed", "failed", "missed", "hoped", "not_yet", "negators", "planned", "pending", "wished", "awaited"}


@dataclass
class Named:
    """Exams named together, and what is said of them."""

    exams: list[Found]
    items: list[Item] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Return where the first begins."""
        return self.exams[0].start

    @property
    def end(self) -> int:
        """Return where the last ends."""
        return self.exams[-1].end


def attached(
    sentence: Sentence, exams: Sequence[Found], items: Sequence[Item], cues: Cues, whose: Sequence[str]
) -> tuple[list[Named], list[Item]]:
    """Return exams with what is said of each, and what belongs to none; `whose` tells words of two people apart."""
    groups = _grouped(sentence, exams, items, cues)
    places = _Places(sentence, items, groups, cues)
    loose: list[Item] = []
    for item in items:
        near = [group for group in groups if whose[group.start] == whose[item.start]]
        left = max((g for g in near if g.end <= item.start), key=lambda g: g.end, default=None)
        right = min((g for g in near if g.start >= item.end), key=lambda g: g.start, default=None)
        owner = places.owner(item, left, right)
        (owner.items if owner else loose).append(item)
    return groups, loose


def _grouped(sentence: Sentence, exams: Sequence[Found], items: Sequence[Item], cues: Cues) -> list[Named]:
    """Exams named side by side make one group: "step 1, step 2 ck and oet"."""
    groups: list[Named] = []
    for exam in exams:
        last = groups[-1] if groups else None
        if last is not None and exam.start < last.end:
            continue
        between = range(last.end, exam.start) if last else range(0)
        said = last is None or any(item.start < exam.start and item.end > last.end for item in items)
        if last is not None and not said and all(sentence.texts[i] in cues.joiners | _DETERMINERS for i in between):
            last.exams.append(exam)
        else:
            groups.append(Named([exam]))
    return groups


class _Places:
    """Where things stand in a sentence, and what that binds together."""

    def __init__(self, sentence: Sentence, items: Sequence[Item], groups: Sequence[Named], cues: Cues) -> None:
        self.words, self.items, self.groups = sentence.words, items, groups
        self.silent = cues.between | cues.first | cues.joiners
        self.said = {i for item in items for i in range(item.start, item.end)}
        self.piece: list[int] = []
        for i, word in enumerate(sentence.words):
            self.piece.append(0 if not i else self.piece[-1] + word.opens)

    def owner(self, item: Item, left: Named | None, right: Named | None) -> Named | None:
        """Return the exams of which something is said: those before it, or those behind it."""
        denied = self._denied(item)
        if denied is not None and not (right is not None and right.start < denied.start):
            return self.owner(denied, left, right)
        if item.kind in _CLOSE:
            return self._beside(item, left, right)
        left = left if left is not None and (self._with_left(item, left) or self._leans(item)) else None
        # "Passed" governs an exam behind it only where nothing else comes between.
        right = right if right is not None and self._governs(item, right) else None
        if left is None or right is None:
            return left or right
        if not self._with_left(item, left):
            return right if self._with_right(item, right) else left
        leads = item.kind not in ("score", "date", "year") and self._leads(item, left, right)
        return right if self._with_right(item, right) and leads else left

    def _denied(self, item: Item) -> Item | None:
        """What a "not" right before it denies: both belong to the same exam."""
        if item.kind != "negators":
            return None
        return next((i for i in self.items if i.kind in ("passed", "failed") and 0 <= i.start - item.end <= 1), None)

    def _beside(self, item: Item, left: Named | None, right: Named | None) -> Named | None:
        """Of small words: they bind what stands in their piece, or the piece before where they are one alone."""
        alone = self._fills(item)
        if item.kind in _FORWARD and left is not None and item.start - left.end > _BEHIND_REACH:
            left = None
        if left is not None and not (self._with_left(item, left) or (alone and self._is_next(item, left))):
            left = None
        if right is not None and not self._with_right(item, right):
            right = None
        if item.kind == "negators":
            if right is not None and self._is_negated(item, right):
                return right
            return left if alone or self._ends(item) else None
        if left is None or right is None:
            return left or right
        return right if item.kind not in ("times", "tries") and self._leads(item, left, right) else left

    def _is_negated(self, item: Item, right: Named) -> bool:
        counted = any(i.kind in ("times", "failed") and 0 <= i.start - item.end <= 1 for i in self.items)
        said = any(i.start >= item.end and i.end <= right.start and i.kind in _VERDICTS for i in self.items)
        return right.start - item.end <= _NEGATION_REACH and (counted or not said)

    def _with_left(self, item: Item, left: Named) -> bool:
        return self.piece[left.end - 1] == self.piece[item.start]

    def _with_right(self, item: Item, right: Named) -> bool:
        return self.piece[right.start] == self.piece[item.end - 1]

    def _is_next(self, item: Item, left: Named) -> bool:
        return self.piece[item.start] - self.piece[left.end - 1] == 1

    def _leans(self, item: Item) -> bool:
        """Whether nothing of its own stands before something in its piece: "step 1 in May 2024, (then I) passed"."""
        start = item.start
        while start and not self.words[start].opens:
            start -= 1
        return all(self._is_silent(i) for i in range(start, item.start))

    def _governs(self, item: Item, right: Named) -> bool:
        if any(self.words[i].opens for i in range(item.end, right.start + 1)):
            return False
        return all(self._is_silent(i) or self.words[i].text in TRIES for i in range(item.end, right.start))

    def _is_silent(self, i: int) -> bool:
        return i in self.said or self.words[i].text in self.silent

    def _fills(self, item: Item) -> bool:
        return (item.start == 0 or self.words[item.start].opens) and self._ends(item)

    def _ends(self, item: Item) -> bool:
        return item.end == len(self.words) or self.words[item.end].opens

    def _leads(self, item: Item, left: Named, right: Named) -> bool:
        """Whether verdicts stand before their exams here: "passed step 1 and failed ck"."""
        here = self.piece[left.start]
        first = min(group.start for group in self.groups if self.piece[group.start] == here)
        if any(i.kind in _VERDICTS and i.start < first and self.piece[i.start] == here for i in self.items):
            return True
        said = any(left.end <= i.start < item.start for i in self.items if i.kind in _VERDICTS or i.kind == "score")
        return said and item.end == right.start
