"""Which "passed", "failed", score or date belongs to which exam of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from img_pathway.reading.cues import Cues
from img_pathway.reading.phrases import Found
from img_pathway.reading.pieces import Sentence

_SCORE = re.compile(r"(?:1[5-9]|2[0-9])(?:[0-9]|x+)\Z")
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])[0-9]\Z")
_TIMES_WORDS = {"once": 1, "twice": 2, "thrice": 3}
_BY_X = re.compile(r"x([1-9])\Z|([1-9])x\Z")
_FAILS = {"fail", "fails", "failure", "failures", "f", "failed"}
_TRIES = {
    "attempt",
    "attempts",
    "try",
    "tries",
    "shot",
    "sitting",
    "sittings",
    "go",
    "time",
    "times",
    "baar",
    "bar",
    "chance",
}
_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
    "sixth": 6, "6th": 6, "teesri": 3, "pehli": 1, "dusri": 2,
}  # fmt: skip
# "Applied for the Match five times" counts no failures.
_OTHER_TRIES = re.compile("appl|match|unmatched|interview|visa|refus|observ|obs")
_OTHER_REACH = 5
_COUNTED = {"time", "times", "baar", "bar", "x"}
_MOST_TIMES = 12
_NEGATION_REACH = 4
# "Step 1 I will take": a plan so close behind its exam.
_BEHIND_REACH = 1
# So many words may stand between two exams that are named together.
_DETERMINERS = {"my", "the"}
# Small words bind only what stands beside them.
_CLOSE = (
    "negators", "not_yet", "times", "tries", "held", "held_behind", "planned", "pending", "wished", "supposed", "past",
)  # fmt: skip
# What stands right before a "passed" and makes it something else.
_UNREAL = {
    "wished": "hoped", "planned": "hoped", "pending": "hoped", "supposed": "supposed", "negators": "not_yet",
    "not_yet": "not_yet",
}  # fmt: skip
VERDICTS = ("passed", "failed", "missed", "hoped", "not_yet", "negators", "planned", "pending", "wished", "awaited")


@dataclass(frozen=True)
class Item:
    """Something said of an exam; `start` and `end` count words of the sentence.

    `kind` is that of a cue, or `score`, `times`, `tries`, `date` (a month) or `year`; `number` is theirs.
    """

    kind: str
    start: int
    end: int
    number: int = 0
    alone: bool = False
    """Whether it is a piece by itself."""


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


def items_of(sentence: Sentence, taken: set[int], cues: Cues) -> list[Item]:
    """Return all that can be said of exams in a sentence, in reading order; `taken` are words of names."""
    words = sentence.texts
    pieces = set(sentence.pieces())
    found = [
        Item(state.id, state.start, state.end)
        for state in cues.states.find(words)
        if not taken & set(range(state.start, state.end)) and not is_month(words, state.start)
    ]
    used = taken | {i for item in found for i in range(item.start, item.end)}
    for i, word in enumerate(words):
        counted = _counted(words, i) if i not in taken else None
        if counted:
            found.append(counted)
        elif i in used:
            continue
        elif _YEAR.match(word):
            found.append(Item("year", i, i + 1, int(word)))
        elif _SCORE.match(word):
            found.append(Item("score", i, i + 1, alone=(i, i + 1) in pieces))
        elif number := _month(word, cues):
            found.append(Item("date", i, i + 1, number))
    return list(_meant(sentence, sorted(found, key=lambda item: (item.start, -item.end))))


def _meant(sentence: Sentence, items: Sequence[Item]) -> Iterator[Item]:
    """Items with a pass that is wished, planned or denied as what it is: "must pass", "not yet passed"."""
    for n, item in enumerate(items):
        before = items[n - 1] if n else None
        close = before is not None and item.start - before.end <= 1
        close = close and not any(word.opens for word in sentence.words[before.end if before else 0 : item.start + 1])
        if item.kind == "passed" and close and before is not None and before.kind in _UNREAL:
            yield replace(item, kind=_UNREAL[before.kind])
        else:
            yield item


def is_month(words: Sequence[str], at: int) -> bool:
    """Return whether "may" is the month: "in may", "3 may", "may 2025"."""
    if words[at] != "may":
        return False
    beside = [*words[at - 1 : at], *words[at + 1 : at + 2]]
    return any(
        word.isdigit() or word in ("in", "by", "of", "on", "since", "last", "next", "until", "till") for word in beside
    )


def _month(word: str, cues: Cues) -> int:
    """The number of a month, by its name or the first letters of it; 0 for any other word."""
    if len(word) < 3:
        return 0
    return next((i for i, month in enumerate(cues.months, 1) if month.startswith(word)), 0)


def _counted(words: Sequence[str], i: int) -> Item | None:
    """A number of times at a word: "twice", "x3", "3 times", "2nd attempt", "attempts 2"."""
    word, after = words[i], words[i + 1 : i + 2]
    if any(_OTHER_TRIES.match(before) for before in words[max(0, i - _OTHER_REACH) : i]):
        return None
    by_x = _BY_X.match(word)
    if by_x:
        return Item("times", i, i + 1, int(by_x[1] or by_x[2]))
    if word in _TIMES_WORDS:
        return Item("times", i, i + 1, _TIMES_WORDS[word])
    if word in _ORDINALS and after and after[0] in _TRIES:
        return Item("tries", i, i + 2, _ORDINALS[word])
    number = int(word) if len(word) < 3 and word.isdecimal() and int(word) <= _MOST_TIMES else None
    if number is None:
        return None
    if after and (after[0] in _COUNTED or after[0] in _FAILS):
        return Item("times", i, i + 1 + (after[0] in _COUNTED), number)
    if after and after[0] in _TRIES:
        return Item("tries", i, i + 2, number)
    if i and words[i - 1] in ("attempts", "attempt", "try"):
        return Item("tries", i, i + 1, number)
    return None


def attached(
    sentence: Sentence, exams: Sequence[Found], items: Sequence[Item], cues: Cues, whose: Sequence[str]
) -> tuple[list[Named], list[Item]]:
    """Return exams with what is said of each, and what belongs to none; `whose` tells words of two people apart."""
    groups = _grouped(sentence, exams, items, cues)
    loose: list[Item] = []
    place = _Places(sentence, items, groups, cues)
    for item in items:
        near = [group for group in groups if whose[group.start] == whose[item.start]]
        left = max((g for g in near if g.end <= item.start), key=lambda g: g.end, default=None)
        right = min((g for g in near if g.start >= item.end), key=lambda g: g.start, default=None)
        owner = place.owner(item, left, right)
        (owner.items if owner else loose).append(item)
    return groups, loose


class _Places:
    """Where things stand in a sentence, and what that binds together."""

    def __init__(self, sentence: Sentence, items: Sequence[Item], groups: Sequence[Named], cues: Cues) -> None:
        self.sentence, self.items, self.groups = sentence, items, groups
        self.silent = cues.between | cues.first | cues.joiners
        self.piece: list[int] = []
        for i, word in enumerate(sentence.words):
            self.piece.append(0 if not i else self.piece[-1] + word.opens)

    def owner(self, item: Item, left: Named | None, right: Named | None) -> Named | None:
        """The exams of which something is said: those before it, or those behind it."""
        if item.kind == "negators":
            denied = next(
                (i for i in self.items if i.kind in ("passed", "failed") and 0 <= i.start - item.end <= 1), None
            )
            if denied is not None and not (right is not None and right.start < denied.start):
                return self.owner(denied, left, right)
        if item.kind in _CLOSE:
            return self._close(item, left, right)
        if left is not None and not self._same(left.end - 1, item.start) and not self._leans(item):
            left = None
        # "Passed" governs an exam behind it only where nothing else comes between.
        if right is not None and not self._governs(item, right):
            right = None
        if left is None or right is None:
            return left or right
        is_left, is_right = self._same(left.end - 1, item.start), self._same(right.start, item.end - 1)
        if is_left != is_right:
            return left if is_left else right
        if not is_left or item.kind in ("score", "date", "year"):
            return left
        return right if self._leads(item, left, right) else left

    def _same(self, one: int, other: int) -> bool:
        return self.piece[one] == self.piece[other]

    def _close(self, item: Item, left: Named | None, right: Named | None) -> Named | None:
        """Of small words: they bind only what stands beside them, or the piece before where they are one alone."""
        alone = self._fills(item)
        is_left = left is not None and (
            self._same(left.end - 1, item.start) or (alone and self._next(left.end - 1, item.start))
        )
        is_right = right is not None and self._same(right.start, item.end - 1)
        if item.kind == "negators":
            counted = right is not None and any(
                i.kind in ("times", "failed") and 0 <= i.start - item.end <= 1 for i in self.items
            )
            near = right is not None and right.start - item.end <= _NEGATION_REACH
            if right is not None and is_right and near and (counted or not self._said_between(item.end, right.start)):
                return right
            return left if left is not None and is_left and (alone or self._ends(item)) else None
        if item.kind in ("planned", "wished", "supposed") and left is not None and item.start - left.end > _BEHIND_REACH:
            is_left = False
        if is_left and is_right and left is not None and right is not None:
            counts = item.kind in ("times", "tries")
            return right if not counts and self._leads(item, left, right) else left
        return left if is_left else right if is_right else None

    def _leans(self, item: Item) -> bool:
        """Whether nothing of its own stands before something in its piece: "step 1 in May 2024, (then I) passed"."""
        start = item.start
        while start and not self.sentence.words[start].opens:
            start -= 1
        said = {i for other in self.items for i in range(other.start, other.end)}
        before = range(start, item.start)
        return all(i in said or self.sentence.words[i].text in self.silent for i in before)

    def _governs(self, item: Item, right: Named) -> bool:
        said = {i for other in self.items for i in range(other.start, other.end)}
        between = range(item.end, right.start)
        if any(self.sentence.words[i].opens for i in range(item.end, right.start + 1)):
            return False
        return all(i in said or self.sentence.words[i].text in self.silent | _TRIES for i in between)

    def _fills(self, item: Item) -> bool:
        start = item.start == 0 or self.sentence.words[item.start].opens
        return start and self._ends(item)

    def _ends(self, item: Item) -> bool:
        return item.end == len(self.sentence.words) or self.sentence.words[item.end].opens

    def _next(self, one: int, other: int) -> bool:
        return self.piece[other] - self.piece[one] == 1

    def _said_between(self, start: int, end: int) -> bool:
        return any(i.start >= start and i.end <= end and i.kind in VERDICTS for i in self.items)

    def _leads(self, item: Item, left: Named, right: Named) -> bool:
        """Whether verdicts stand before their exams here: "passed step 1 and failed ck"."""
        named = min(group.start for group in self.groups if self._same(group.start, left.start))
        if any(i.kind in VERDICTS and i.start < named and self._same(i.start, named) for i in self.items):
            return True
        said = any(left.end <= i.start < item.start for i in self.items if i.kind in (*VERDICTS, "score"))
        return said and item.end == right.start


def _grouped(sentence: Sentence, exams: Sequence[Found], items: Sequence[Item], cues: Cues) -> list[Named]:
    """Exams named side by side make one group: "step 1, step 2 ck and oet"."""
    groups: list[Named] = []
    for exam in exams:
        if groups and exam.start < groups[-1].end:
            continue
        if groups:
            between = range(groups[-1].end, exam.start)
            said = any(item.start < exam.start and item.end > groups[-1].end for item in items)
            joined = all(sentence.words[i].text in cues.joiners | _DETERMINERS for i in between)
            if not said and joined:
                groups[-1].exams.append(exam)
                continue
        groups.append(Named([exam]))
    return groups


__all__ = ["VERDICTS", "Item", "Named", "attached", "is_month", "items_of"]
