"""A sentence with all that was found in it: matters, cues, whose record it is, and which words state nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from img_pathway.reading.cues import Cues
from img_pathway.reading.items import Item, is_month
from img_pathway.reading.people import UNCLEAR
from img_pathway.reading.phrases import Found
from img_pathway.reading.pieces import Sentence

# Short words that still let a question begin behind them: "and is it", "so can I".
_BEFORE_QUESTION = {"so", "but", "now"}


@dataclass(frozen=True)
class Scene:
    """One sentence; positions count its words."""

    sentence: Sentence
    matters: Sequence[Found]
    items: Sequence[Item]
    owners: Sequence[str]
    asked: frozenset[int]
    supposed: frozenset[int]
    """Words that are only supposed, or told of what others say."""

    @property
    def words(self) -> list[str]:
        """Return the words of the sentence."""
        return self.sentence.texts

    def piece(self, at: int) -> tuple[int, int]:
        """Return where the piece of a word starts and ends."""
        return next((start, end) for start, end in self.sentence.pieces() if start <= at < end)

    def piece_from(self, start: int) -> list[str]:
        """Return the words of the piece that starts at a word; none where none does."""
        return next((self.words[s:e] for s, e in self.sentence.pieces() if s == start), [])

    def states(self, at: int) -> bool:
        """Return whether a word stands in a statement: not asked, not supposed."""
        return at not in self.asked and at not in self.supposed

    def whose(self, at: int) -> tuple[str, bool]:
        """Return of whom a word is told, and whether that is sure."""
        return self.owners[at], self.owners[at] != UNCLEAR


def asked_words(sentence: Sentence, found: Sequence[Found], cues: Cues) -> frozenset[int]:
    """Return the words of a question: from where it opens to where a statement begins again."""
    for start, end in sentence.pieces():
        words = sentence.texts[start:end]
        opening = [m for m in cues.questions.find(words) if _opens_question(sentence, start, m, cues)]
        if opening:
            return frozenset(range(start + opening[0].start, _question_end(sentence, start + opening[0].end, cues)))
        inside = [m for m in found if start <= m.start < end]
        # A whole record with a question mark behind it ("YOG 2016, CK 240, chances?") is told all the same.
        if sentence.asks and end == len(sentence.words) and len(inside) <= 1:
            return frozenset(range(start, end))
    return frozenset()


def _opens_question(sentence: Sentence, start: int, match: Found, cues: Cues) -> bool:
    """Whether a question begins here; behind a comma "which" and "when" go on with what was said."""
    if match.end - match.start > 1:
        return True
    joined = match.start == 1 and sentence.texts[start] in cues.joiners | _BEFORE_QUESTION
    return (match.start == 0 or joined) and (start == 0 or sentence.asks)


def _question_end(sentence: Sentence, start: int, cues: Cues) -> int:
    if sentence.asks:
        return len(sentence.words)
    again = cues.restarts.find(sentence.texts[start + 1 :])
    return start + 1 + again[0].start if again else len(sentence.words)


def supposed_words(sentence: Sentence, cues: Cues) -> frozenset[int]:
    """Return the words that are only supposed ("if I pass"), or told of what others say ("I heard that")."""
    words = sentence.texts
    supposed: set[int] = set()
    for match in cues.states.find(words):
        if match.id != "supposed" or is_month(words, match.start):
            continue
        supposed.update(range(match.start, next(e for s, e in sentence.pieces() if s <= match.start < e)))
    for match in cues.supposing.find(words):
        supposed.update(range(match.start, len(words)))
    reported = cues.reported.find(words)
    if reported:
        start = reported[0].start
        # "They told me …, so I am …": what one says oneself begins with a piece of its own.
        own = [s for s, e in sentence.pieces() if s > start and cues.subjects & set(words[s : s + 3])]
        supposed.update(range(start, own[0] if own else len(words)))
    return frozenset(supposed)
