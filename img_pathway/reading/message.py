"""Reads a message into claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from img_pathway.reading.claims import DEGREE_YEAR, SCHOOL_ABROAD, Claim
from img_pathway.reading.cues import Cues
from img_pathway.reading.exams import exam_claims
from img_pathway.reading.items import items_of
from img_pathway.reading.matters import Matters
from img_pathway.reading.modes import Modes
from img_pathway.reading.people import ME, THEY, owners
from img_pathway.reading.phrases import Found
from img_pathway.reading.pieces import Sentence, sentences
from img_pathway.reading.scene import Scene, asked_words, supposed_words
from img_pathway.reading.schooling import Schooling, degree_years, school_places

# "Certified? No." is a question that the one who asks answers.
_SHORT_QUESTION = 4
# What is still to come is so in what is supposed.
_HOPED = ("planned", "wished")


@dataclass(frozen=True)
class Told:
    """What a message tells."""

    claims: tuple[Claim, ...] = ()
    asks: bool = False
    """Whether a part of it is a question."""
    corrects: bool = False
    """Whether it says that something was wrong."""


class MessageReader:
    """Reads messages with one set of words."""

    def __init__(
        self, matters: Matters, cues: Cues, schooling: Schooling, spell: Callable[[str], str], today: date
    ) -> None:
        """Take the words of the content; `spell` puts right what is misspelled."""
        self.matters, self.cues, self.schooling, self.spell, self.today = matters, cues, schooling, spell, today
        self._modes = Modes(matters, cues)

    def read(self, text: str) -> Told:
        """Return what a message tells, in reading order."""
        parts = self._joined(sentences(text, self.spell, self.cues.pieces))
        whose = owners(parts, self.cues, lambda part: bool(self.matters.find(part.texts)))
        scenes = [self.scene(part, row) for part, row in zip(parts, whose, strict=True)]
        claims = tuple(claim for scene in scenes for claim in self.claims(scene))
        corrects = any(self.cues.corrections.find(part.texts) for part in parts)
        return Told(claims, any(scene.asked for scene in scenes), corrects)

    def suppose(self, text: str) -> tuple[Claim, ...]:
        """Return what a message supposes ("what if I pass step 1 next month"), as if it were so."""
        parts = self._joined(sentences(text, self.spell, self.cues.pieces))
        found = ((part, self.cues.supposing.find(part.texts)) for part in parts)
        clauses = [part.behind(cues[0].end) for part, cues in found if cues and cues[0].end < len(part.words)]
        whose = owners(clauses, self.cues, lambda part: bool(self.matters.find(part.texts)))
        scenes = (self.scene(part, row) for part, row in zip(clauses, whose, strict=True))
        claims = (claim for scene in scenes for claim in self.claims(scene))
        return tuple(replace(claim, mode="is") if claim.mode in _HOPED else claim for claim in claims)

    def scene(self, sentence: Sentence, whose: Sequence[str]) -> Scene:
        """Return a sentence with all that is found in it."""
        found = self.matters.find(sentence.texts)
        taken = {i for match in found if not self.matters.is_bare(match) for i in range(match.start, match.end)}
        items = items_of(sentence, taken, self.cues)
        asked, supposed = asked_words(sentence, found, self.cues), supposed_words(sentence, self.cues)
        return Scene(sentence, found, items, whose, asked, supposed)

    def claims(self, scene: Scene) -> Iterator[Claim]:
        """Yield what a sentence tells."""
        exams = [m for m in scene.matters if not self.matters.is_bare(m)]
        others = [m for m in scene.matters if self.matters.is_bare(m) and self._counts(scene, m)]
        modes = [self._modes.of(scene, match, self.today.year) for match in others]
        yield from exam_claims(scene, exams, self.cues, self.today, modes[0] if modes else None)
        for match, mode in zip(others, modes, strict=True):
            who, sure = scene.whose(match.start)
            # "They won't renew me" is told of me.
            who = ME if who == THEY and self.cues.first & set(scene.words[match.start : match.end]) else who
            yield Claim(match.id, who, mode, year=_year_of(scene, match), sure=sure)
        yield from self._schooling(scene)

    def _joined(self, parts: Sequence[Sentence]) -> list[Sentence]:
        """Sentences with those that only go on: "CK 1st try failed. 2nd: passed.", "Certified? Not yet."."""
        found: list[Sentence] = []
        for part in parts:
            if found and (self._answers(found[-1], part) or self._goes_on(found[-1], part)):
                found[-1] = found[-1].then(part)
            else:
                found.append(part)
        return found

    def _answers(self, before: Sentence, part: Sentence) -> bool:
        short = before.asks and len(before.words) <= _SHORT_QUESTION and bool(self.matters.find(before.texts))
        return short and part.texts[0] in self.cues.yes_or_no

    def _goes_on(self, before: Sentence, part: Sentence) -> bool:
        """Whether a sentence names nothing and begins with a verdict on the exam of the one before."""
        exam = any(not self.matters.is_bare(match) for match in self.matters.find(before.texts))
        if not exam or self.matters.find(part.texts):
            return False
        items = items_of(part, set(), self.cues)
        verdict = next((item for item in items if item.kind in ("passed", "failed", "tries", "score")), None)
        silent = self.cues.between | self.cues.first | self.cues.joiners
        said = {i for item in items for i in range(item.start, item.end)}
        return verdict is not None and all(i in said or part.texts[i] in silent for i in range(verdict.start))

    def _counts(self, scene: Scene, match: Found) -> bool:
        """Whether words count here: some only alone, and some not behind another country ("Italian citizen")."""
        matter = self.matters.by_id[match.id]
        if matter.alone and scene.piece(match.start) != (match.start, match.end):
            return False
        return not matter.of_the_us or not any(p.end == match.start for p in self.schooling.places.find(scene.words))

    def _schooling(self, scene: Scene) -> Iterator[Claim]:
        negated = frozenset(item.end - 1 for item in scene.items if item.kind == "negators")
        exams = frozenset(match.start for match in scene.matters if not self.matters.is_bare(match))
        for degree in degree_years(scene.sentence, self.schooling, self.today.year, negated, exams):
            if scene.states(degree.at):
                who, sure = scene.whose(degree.at)
                yield Claim(DEGREE_YEAR, who, "not" if degree.denied else "is", year=degree.year, sure=sure)
        for at in school_places(scene.sentence, self.schooling, exams):
            if scene.states(at) and not self._modes.is_ahead(scene, at):
                who, sure = scene.whose(at)
                yield Claim(SCHOOL_ABROAD, who, "is", sure=sure)


def _year_of(scene: Scene, match: Found) -> int | None:
    """The first year behind something in its piece, or else the last before it."""
    start, end = scene.piece(match.start)
    years = [item for item in scene.items if item.kind == "year" and start <= item.start < end]
    behind = [item.number for item in years if item.start >= match.end]
    before = [item.number for item in years if item.end <= match.start]
    return behind[0] if behind else before[-1] if before else None
