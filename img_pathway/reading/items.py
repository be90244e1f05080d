"""Everything in a sentence that can be said of an exam: cues, scores, numbers of times, months and years."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from img_pathway.reading.cues import Cues
from img_pathway.reading.pieces import Sentence

_SCORE = re.compile(r"(?:1[5-9]|2[0-9])(?:[0-9]|x+)\Z")
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])[0-9]\Z")
_BY_X = re.compile(r"x([1-9])\Z|([1-9])x\Z")
_TIMES_WORDS = {"once": 1, "twice": 2, "thrice": 3}
_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
    "sixth": 6, "6th": 6, "teesri": 3, "pehli": 1, "dusri": 2,
}  # fmt: skip
_FAILS = {"fail", "fails", "failure", "failures", "f", "failed"}
_COUNTED = {"time", "times", "baar", "bar", "x"}
TRIES = {
    "attempt", "attempts", "try", "tries", "shot", "sitting", "sittings", "go", "time", "times", "baar", "bar",
    "chance",
}  # fmt: skip
"""Words that a number of sittings stands with."""
_MOST_TIMES = 12
# "Applied for the Match five times" counts no failures.
_OTHER_TRIES = re.compile("appl|match|unmatched|interview|visa|refus|observ|obs")
_OTHER_REACH = 5
# With these beside it, "may" is the month.
_BESIDE_MAY = {"in", "by", "of", "on", "since", "last", "next", "until", "till"}
_SHORTEST_MONTH = 3
# What stands right before a "passed" and makes it something else.
_UNREAL = {
    "wished": "hoped", "planned": "hoped", "pending": "hoped", "supposed": "supposed", "negators": "not_yet",
    "not_yet": "not_yet",
}  # fmt: skip


@dataclass(frozen=True)
class Item:
    """Something said; `start` and `end` count words of the sentence.

    `kind` is that of a cue, or `hoped`, `score`, `times`, `tries`, `date` (a month) or `year`; `number` is theirs.
    """

    kind: str
    start: int
    end: int
    number: int = 0
    alone: bool = False
    """Whether it is a piece by itself."""


def items_of(sentence: Sentence, taken: set[int], cues: Cues) -> list[Item]:
    """Return all that can be said of exams in a sentence, in reading order; `taken` are words of names."""
    words, pieces = sentence.texts, set(sentence.pieces())
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
        elif i not in used and _YEAR.match(word):
            found.append(Item("year", i, i + 1, int(word)))
        elif i not in used and _SCORE.match(word):
            found.append(Item("score", i, i + 1, alone=(i, i + 1) in pieces))
        elif i not in used and (month := _month(word, cues)):
            found.append(Item("date", i, i + 1, month))
    return list(_meant(sentence, sorted(found, key=lambda item: (item.start, -item.end))))


def is_month(words: Sequence[str], at: int) -> bool:
    """Return whether "may" is the month: "in may", "3 may", "may 2025"."""
    beside = [*words[max(0, at - 1) : at], *words[at + 1 : at + 2]]
    return words[at] == "may" and any(word.isdigit() or word in _BESIDE_MAY for word in beside)


def _meant(sentence: Sentence, items: Sequence[Item]) -> Iterator[Item]:
    """Items with a pass that is wished, planned or denied as what it is: "must pass", "not yet passed"."""
    before: Item | None = None
    for item in items:
        apart = before is None or item.start - before.end > 1
        apart = apart or any(word.opens for word in sentence.words[before.end if before else 0 : item.start + 1])
        unreal = _UNREAL.get(before.kind) if before and not apart and item.kind == "passed" else None
        yield replace(item, kind=unreal) if unreal else item
        before = item


def _month(word: str, cues: Cues) -> int:
    """The number of a month, by its name or the first letters of it; 0 for any other word."""
    if len(word) < _SHORTEST_MONTH:
        return 0
    return next((i for i, month in enumerate(cues.months, 1) if month.startswith(word)), 0)


def _counted(words: Sequence[str], i: int) -> Item | None:
    """A number of times at a word: "twice", "x3", "3 times", "2nd attempt", "attempts 2"."""
    word, after = words[i], next(iter(words[i + 1 : i + 2]), "")
    if any(_OTHER_TRIES.match(before) for before in words[max(0, i - _OTHER_REACH) : i]):
        return None
    by_x = _BY_X.match(word)
    number = int(word) if len(word) < len("100") and word.isdecimal() else _MOST_TIMES + 1
    told = number <= _MOST_TIMES
    shapes = (
        (by_x, "times", int(by_x[1] or by_x[2]) if by_x else 0, 1),
        (word in _TIMES_WORDS, "times", _TIMES_WORDS.get(word, 0), 1),
        (word in _ORDINALS and after in TRIES, "tries", _ORDINALS.get(word, 0), 2),
        (told and after in _COUNTED, "times", number, 2),
        (told and after in _FAILS, "times", number, 1),
        (told and after in TRIES, "tries", number, 2),
        (told and i and words[i - 1] in ("attempts", "attempt", "try"), "tries", number, 1),
    )
    return next((Item(kind, i, i + length, count) for holds, kind, count, length in shapes if holds), None)
