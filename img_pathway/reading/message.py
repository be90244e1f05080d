"""Reads a message into claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from img_pathway.reading.claims import Claim, Mode
from img_pathway.reading.cues import OTHER, Cues
from img_pathway.reading.matters import Matters
from img_pathway.reading.outcomes import Outcome, outcome_of
from img_pathway.reading.people import ME, UNCLEAR, owners
from img_pathway.reading.phrases import Found
from img_pathway.reading.pieces import Sentence, sentences
from img_pathway.reading.schooling import Schooling, degree_years, school_countries
from img_pathway.reading.verdicts import Item, attached, is_month, items_of

DEGREE_YEAR, SCHOOL_ABROAD, FAILURES, PASS_AND_SCORE = "degree_year", "school_abroad", "failures", "pass_and_score"
"""Claims that no list of words names: the year of the degree, a school abroad, failed sittings of no named exam, and
"P/252"."""

_NOT_REACH = 4
# "Certified? No." is a question that the one who asks answers.
_SHORT_QUESTION = 4
_SENTENCE_WIDE = {"if", "let's say", "lets say", "were i", "say i", "suppose", "supposing", "imagine", "assuming", "unless", "agar", "what happens", "in case"}


@dataclass(frozen=True)
class Told:
    """What a message tells."""

    claims: tuple[Claim, ...] = ()
    asks: bool = False
    """Whether a part of it is a question."""
    corrects: bool = False
    """Whether it says that something was wrong."""


@dataclass(frozen=True)
class _Scene:
    """One sentence with all that was found in it."""

    sentence: Sentence
    matters: Sequence[Found]
    items: Sequence[Item]
    owners: Sequence[str]
    asked: frozenset[int]
    supposed: frozenset[int]
    reported: frozenset[int]


class MessageReader:
    """Reads messages with one set of words."""

    def __init__(
        self, matters: Matters, cues: Cues, schooling: Schooling, spell: Callable[[str], str], today: date
    ) -> None:
        """Take the words of the content."""
        self.matters, self.cues, self.schooling, self.spell, self.today = matters, cues, schooling, spell, today

    def read(self, text: str) -> Told:
        """Return what a message tells, in reading order."""
        parts = self._joined(sentences(text, self.spell))
        whose = owners(parts, self.cues, lambda part: bool(self.matters.find(part.texts)))
        scenes = [self._scene(part, row) for part, row in zip(parts, whose, strict=True)]
        claims = [claim for scene in scenes for claim in self._claims(scene)]
        corrects = any(self.cues.corrections.find(part.texts) for part in parts)
        return Told(tuple(claims), any(scene.asked for scene in scenes), corrects)

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
        names = [m for m in self.matters.find(part.texts)]
        if names or not any(not self.matters.is_bare(m) for m in self.matters.find(before.texts)):
            return False
        items = items_of(part, set(), self.cues)
        verdict = next((i for i in items if i.kind in ("passed", "failed", "tries", "score")), None)
        silent = self.cues.between | self.cues.first | self.cues.joiners
        said = {i for item in items for i in range(item.start, item.end)}
        return verdict is not None and all(i in said or part.texts[i] in silent for i in range(verdict.start))

    def _scene(self, sentence: Sentence, row: Sequence[str]) -> _Scene:
        words = sentence.texts
        found = self.matters.find(words)
        taken = {i for match in found for i in range(match.start, match.end)}
        items = items_of(sentence, taken, self.cues)
        return _Scene(
            sentence,
            found,
            items,
            row,
            self._asked(sentence, found),
            self._supposed(sentence),
            self._reported(sentence),
        )

    # What is no statement

    def _asked(self, sentence: Sentence, found: Sequence[Found]) -> frozenset[int]:
        """Words of a question: from where it opens to the end of the sentence."""
        for start, end in sentence.pieces():
            words = sentence.texts[start:end]
            opening = [m for m in self.cues.questions.find(words) if self._opens_question(sentence, start, words, m)]
            if opening:
                return frozenset(range(start + opening[0].start, self._question_end(sentence, start + opening[0].end)))
            inside = [m for m in found if start <= m.start < end]
            if sentence.asks and end == len(sentence.words) and len(inside) < 2:
                return frozenset(range(start, end))
        return frozenset()

    def _question_end(self, sentence: Sentence, start: int) -> int:
        """Where a question ends: with the sentence, or where a statement begins that no question mark follows."""
        if sentence.asks:
            return len(sentence.words)
        again = self.cues.restarts.find(sentence.texts[start + 1 :])
        return start + 1 + again[0].start if again else len(sentence.words)

    def _opens_question(self, sentence: Sentence, start: int, words: Sequence[str], match: Found) -> bool:
        """Whether a question begins here; behind a comma "which" and "when" go on with what was said."""
        if match.end - match.start > 1:
            return True
        joined = match.start == 1 and words[0] in (*self.cues.joiners, "so", "but", "now")
        return (match.start == 0 or joined) and (start == 0 or sentence.asks)

    def _supposed(self, sentence: Sentence) -> frozenset[int]:
        words, found = sentence.texts, set[int]()
        for match in self.cues.states.find(words):
            if match.id != "supposed":
                continue
            said = " ".join(words[match.start : match.end])
            if is_month(words, match.start):
                continue
            end = (
                len(words) if said in _SENTENCE_WIDE else next(e for s, e in sentence.pieces() if s <= match.start < e)
            )
            found.update(range(match.start, end))
        return frozenset(found)

    def _reported(self, sentence: Sentence) -> frozenset[int]:
        words = sentence.texts
        found = self.cues.reported.find(words)
        if not found:
            return frozenset()
        # "They told me …, so I am …": what one says oneself begins with a piece of its own.
        own = [s for s, e in sentence.pieces() if s > found[0].start and self.cues.subjects & set(words[s : s + 3])]
        return frozenset(range(found[0].start, own[0] if own else len(words)))

    # Claims

    def _claims(self, scene: _Scene) -> Iterator[Claim]:
        exams = [m for m in scene.matters if not self.matters.is_bare(m)]
        told = [m for m in scene.matters if self.matters.is_bare(m)]
        last: Mode | None = self._mode(scene, told[0]) if told else None
        groups, loose = attached(scene.sentence, exams, scene.items, self.cues, scene.owners)
        for group in groups:
            for position, exam in enumerate(group.exams):
                outcome = outcome_of(group, position, self.today)
                mode = self._seen(scene, exam, outcome.mode)
                if mode is None and exam.start in scene.asked | scene.supposed | scene.reported:
                    continue
                # "Step 2 passed, OET too".
                if mode is None and outcome.failures is None and self._goes_with_last(scene, exam):
                    mode = last
                last = mode
                if mode or outcome.failures is not None or outcome.tries is not None:
                    yield self._claim(scene, exam, mode or "sat", outcome)
        for match in scene.matters:
            if self.matters.is_bare(match) and self._counts(scene.sentence, match):
                yield self._claim(scene, match, self._mode(scene, match), Outcome(None, year=self._year_of(scene, match)))
        yield from self._loose_failures(scene, loose)
        yield from self._schooling(scene)
        if not exams:
            yield from self._pass_and_score(scene)

    def _year_of(self, scene: _Scene, match: Found) -> int | None:
        """The first year that stands behind something in its piece."""
        end = next(e for s, e in scene.sentence.pieces() if s <= match.start < e)
        return next((i.number for i in scene.items if i.kind == "year" and match.end <= i.start < end), None)

    def _counts(self, sentence: Sentence, match: Found) -> bool:
        """Whether words count here: some only alone, and some not behind another country ("Italian citizen")."""
        matter = self.matters.by_id[match.id]
        if matter.alone and (match.start, match.end) not in set(sentence.pieces()):
            return False
        return not matter.of_the_us or not any(p.end == match.start for p in self.schooling.places.find(sentence.texts))

    def _goes_with_last(self, scene: _Scene, exam: Found) -> bool:
        return bool(self.cues.also & set(scene.sentence.texts[exam.end : exam.end + 1]))

    def _claim(self, scene: _Scene, match: Found, mode: Mode, outcome: Outcome) -> Claim:
        who = scene.owners[match.start]
        return Claim(match.id, who, mode, outcome.failures, outcome.tries, outcome.year, who != UNCLEAR)

    def _seen(self, scene: _Scene, match: Found, mode: Mode | None) -> Mode | None:
        """The mode of a claim in the light of what is asked, supposed or only reported."""
        if mode is None:
            return None
        if match.start in scene.supposed or match.start in scene.reported:
            return "supposed"
        return "asked" if match.start in scene.asked else mode

    def _mode(self, scene: _Scene, match: Found) -> Mode:
        if match.start in scene.supposed or match.start in scene.reported:
            return "supposed"
        if match.start in scene.asked:
            return "asked"
        start, end = next((s, e) for s, e in scene.sentence.pieces() if s <= match.start < e)
        others = [m for m in scene.matters if m is not match and start <= m.start < end and m.start != match.start]
        low = max((m.end for m in others if m.end <= match.start), default=start)
        high = min((m.start for m in others if m.start >= match.end), default=end)
        before = [
            i
            for i in scene.items
            if low <= i.start and i.end <= match.start and not self._turns(scene, i.end, match.start)
        ]
        behind = [i for i in scene.items if match.end <= i.start < high]
        if self._is_denied(scene.sentence, before, match, high) or self._is_denied_with_last(scene, match, others):
            return "not"
        if any(i.kind == "over" for i in (*before[-1:], *behind)):
            after = next((scene.sentence.texts[s:e] for s, e in scene.sentence.pieces() if s == high), [])
            return "asked" if " ".join(after) in self.cues.yes_or_no else "over"
        if any(i.kind == "past" for i in before):
            return "past"
        if self._is_a_time(scene, match, before):
            return "past"
        ahead = any(i.kind == "year" and i.number > self.today.year for i in behind)
        if ahead or any(i.kind in ("planned", "pending") for i in before) or any(i.kind == "pending" for i in behind):
            return "planned"
        return "wished" if any(i.kind == "wished" for i in before) else "is"

    def _is_denied_with_last(self, scene: _Scene, match: Found, others: Sequence[Found]) -> bool:
        """Whether it is the next of a list that is denied: "no citizenship or green card"."""
        words = scene.sentence.texts
        last = next((m for m in others if m.end == match.start - 1 and words[m.end] in ("or", "nor")), None)
        return last is not None and self._mode(scene, last) == "not"

    def _is_a_time(self, scene: _Scene, match: Found, before: Sequence[Item]) -> bool:
        """Whether something only tells when an exam is or was: "passed step 1 in third year", "CK in final year"."""
        around = scene.sentence.texts[max(0, match.start - 2) : match.start]
        start = next(s for s, e in scene.sentence.pieces() if s <= match.start < e)
        exams = [m for m in scene.matters if start <= m.start < match.start and not self.matters.is_bare(m)]
        told = exams or any(i.kind in ("passed", "failed") for i in before)
        return bool(told) and bool({"in", "while", "during"} & set(around))

    def _turns(self, scene: _Scene, start: int, end: int) -> bool:
        """Whether somebody is named between two places: what was said before ends there."""
        return any(word in self.cues.subjects for word in scene.sentence.texts[start:end])

    def _is_denied(self, sentence: Sentence, before: Sequence[Item], match: Found, high: int) -> bool:
        words = sentence.texts
        for item in before:
            between = words[item.end : match.start]
            if (
                item.kind in ("negators", "not_yet")
                and len(between) <= _NOT_REACH
                and all(w in self.cues.between for w in between)
            ):
                return True
        behind = self.cues.behind.find(words[match.end : high])
        if any(m.start == 0 and match.end + m.end == high for m in behind):
            return True
        # "Certified? No": the answer is a piece by itself.
        after = next((words[s:e] for s, e in sentence.pieces() if s == match.end), [])
        return any(m.start == 0 and m.end == len(after) for m in self.cues.behind.find(after))

    def _loose_failures(self, scene: _Scene, loose: Sequence[Item]) -> Iterator[Claim]:
        """Failed sittings of an exam that is not named: "I failed it five times"."""
        for n, item in enumerate(loose):
            if item.kind not in ("failed", "missed") or item.start in scene.asked | scene.supposed | scene.reported:
                continue
            beside = [
                i
                for i in loose
                if i.kind in ("times", "tries") and min(abs(i.start - item.end), abs(item.start - i.end)) <= 2
            ]
            who = scene.owners[item.start]
            before = loose[n - 1] if n else None
            denied = before is not None and before.kind == "negators" and item.start - before.end <= 1
            if beside and not denied and self._names_nothing_else(scene, [item, *beside]):
                yield Claim(FAILURES, who, "failed", beside[0].number, sure=who != UNCLEAR)

    def _is_ahead(self, scene: _Scene, at: int) -> bool:
        """Whether what stands at a word is planned, wished or denied: "thinking of a Caribbean school"."""
        start = next(s for s, e in scene.sentence.pieces() if s <= at < e)
        kinds = ("planned", "pending", "wished", "negators")
        return any(i.kind in kinds and start <= i.start < at and not self._turns(scene, i.end, at) for i in scene.items)

    def _pass_and_score(self, scene: _Scene) -> Iterator[Claim]:
        """The short form of two exams, "P/252": a pass and a score as pieces side by side, and no exam named."""
        pieces = list(scene.sentence.pieces())
        alone = {(i.start, i.end): i.kind for i in scene.items if (i.start, i.end) in pieces}
        kinds = [alone.get(piece) for piece in pieces]
        for n, (one, other) in enumerate(pairwise(kinds)):
            if {one, other} == {"passed", "score"} and not set(range(*pieces[n])) & (scene.asked | scene.supposed):
                who = scene.owners[pieces[n][0]]
                yield Claim(PASS_AND_SCORE, who, "is", sure=who != UNCLEAR)
                return

    def _names_nothing_else(self, scene: _Scene, items: Sequence[Item]) -> bool:
        """Whether beside these a piece has small words alone: "failed it five times", not "failed the PLAB twice"."""
        start, end = next((s, e) for s, e in scene.sentence.pieces() if s <= items[0].start < e)
        said = {i for item in items for i in range(item.start, item.end)}
        silent = self.cues.between | self.cues.first | self.cues.joiners | self.cues.also
        words = scene.sentence.texts
        return all(
            i in said or words[i] in silent or words[i] in ("times", "it", "exam", "already") for i in range(start, end)
        )

    def _schooling(self, scene: _Scene) -> Iterator[Claim]:
        hidden = scene.asked | scene.supposed | scene.reported
        negated = frozenset(i.end - 1 for i in scene.items if i.kind == "negators")
        for degree in degree_years(scene.sentence, self.schooling, self.today.year, negators=negated):
            if degree.at not in hidden:
                who = scene.owners[degree.at]
                yield Claim(DEGREE_YEAR, who, "not" if degree.denied else "is", year=degree.year, sure=who != UNCLEAR)
        for at, _ in school_countries(scene.sentence, self.schooling):
            if at not in hidden and not self._is_ahead(scene, at):
                who = scene.owners[at]
                yield Claim(SCHOOL_ABROAD, who, "is", sure=who != UNCLEAR)


__all__ = ["DEGREE_YEAR", "FAILURES", "ME", "OTHER", "SCHOOL_ABROAD", "MessageReader", "Told"]
