"""What a story tells: piece by piece, which answers hold, which are denied, and which are only supposed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from img_pathway.knowledge.mentions import Mention, Phrases, Speller
from img_pathway.knowledge.text import fold, normalize, plural_forms
from img_pathway.quiz.entities import TIMES, times_beside, years
from img_pathway.quiz.model import Heard, Quiz
from img_pathway.quiz.segments import NEAR, Segment, exam_at, is_near
from img_pathway.quiz.state import Answer
from img_pathway.quiz.words import Words

_SEPARATORS = re.compile(r"[.;!?\n,]+|\b(?:but|if|because|so|also|then|though|however|although)\b")
# An item of a list ("step 1, step 2 ck and oet passed") borrows the verdict of its neighbor.
_LIST_ITEM = 5
_NEGATION_REACH = 3
_ME = {"i", "im", "i'm", "ive", "i've"}
_THEY = {"he", "she", "hes", "shes", "he's", "she's"}
_DOUBTS = ("what", "even", "wonder", "wondering", "asked", "idea", "clue")
# "Failed step 1 once, passed on the second try": what comes right later counts.
_CAME_RIGHT = {"passed", "cleared"}
_SCORE = re.compile(r"[12]\d\d")
# "Failed five times in total" says nothing of any one exam.
_OF_STEPS = {"progress", "skills", "step_3"}
_SUMS = {"total", "overall", "altogether", "combined", "together"}


class Stories:
    """Reads stories for one quiz."""

    def __init__(self, quiz: Quiz, words: Words, today: date) -> None:
        """Index how people say answers unasked."""
        self.quiz, self.words, self.today = quiz, words, today
        # One finder a question: "failed step 2" tells of the attempts and of Step 2.
        self._subjects = {
            name: Phrases((phrase, str(i)) for i, heard in enumerate(question.hears) for phrase in heard.about)
            for name, question in quiz.questions.items()
            if question.hears
        }

        told = {*words.graduation.vocabulary, *words.states.vocabulary}
        # "Graduates" are people in general, and no misspelling.
        self._spell = Speller(told, (form for word in told for form in plural_forms(word)))

    def answers(self, text: str) -> dict[str, Answer]:
        """What a message answers, asked or not, by question."""
        possible: dict[str, set[str]] = {}
        firm: set[str] = set()
        segments = self._own(list(self._segments(text)))
        for i, segment in enumerate(segments):
            for mention, question, heard in () if segment.is_question else segment.counts:
                self._narrow(possible, question, self._counted(segments, i, mention, heard))
            for mention, question, heard in () if segment.is_question else segment.subjects:
                holds = None if segment.is_supposed and not heard.bare else self._holds(segments, i, mention, heard)
                if holds is None:
                    continue
                left = set(heard.means) if holds else self._denied(question, heard)
                # "Certified, but failed CK four times": what was failed on the way takes back nothing.
                if heard.bare or question not in firm or left & possible[question]:
                    self._narrow(possible, question, left)
                if heard.bare and holds:
                    firm.add(question)
        self._settle_passed(segments, possible)
        options = {question: record.options for question, record in self.quiz.questions.items()}
        # What leaves every option possible tells nothing.
        answers = {q: self._in_order(q, left) for q, left in possible.items() if len(left) < len(options[q])}
        answers.update(self._graduation(segments, answers))
        is_abroad = any(self._names_school_abroad(s) for s in segments if not s.is_question)
        if is_abroad and "school_place" in self.quiz.questions:
            answers.setdefault("school_place", "elsewhere")
        return answers

    def _settle_passed(self, segments: list[Segment], possible: dict[str, set[str]]) -> None:
        """Whoever failed an exam so often, and by all that they tell has passed it, passed it late."""
        for segment in segments:
            for mention, question, heard in segment.counts:
                exam = exam_at(segment, mention.start)
                is_passed = exam and any(
                    exam in q.hears and possible.get(name, set()) and possible[name] <= set(exam.means)
                    for name, q in self.quiz.questions.items()
                )
                if is_passed and heard.came_right and possible.get(question) == set(heard.means):
                    possible[question] = set(heard.came_right)

    def _narrow(self, possible: dict[str, set[str]], question: str, left: set[str]) -> None:
        """Keep what a further piece leaves possible; where the two do not agree, the later one."""
        before = possible.get(question, left)
        few = {option for heard in self.quiz.questions[question].hears if heard.times for option in heard.denied or ()}
        # One exam at the limit of tries stays there, however few tries another took.
        if left and (before & left or not left <= few):
            possible[question] = before & left or left

    def _own(self, segments: list[Segment]) -> list[Segment]:
        """Pieces that are told of the person: what others did is left out, and relatives where "I" tell of myself."""
        told = [segment for segment in segments if not self.words.others.find(segment.words)]
        if self._is_of_myself(told):
            return [s for s in told if not (self.words.relatives.find(s.words) or _THEY & set(s.words))]
        return told

    def _is_of_myself(self, segments: list[Segment]) -> bool:
        return any((segment.subjects or segment.counts) and _ME & set(segment.words) for segment in segments)

    def about(self, text: str) -> str | None:
        """The relative or friend of whom a story is told; none where a person tells of themselves."""
        found = self.words.relatives.find(normalize(text).split())
        return found[0].id if found and not self._is_of_myself(list(self._segments(text))) else None

    def has_question(self, text: str) -> bool:
        """Whether a part of a message is a question."""
        return any(segment.is_question for segment in self._segments(text))

    def _segments(self, text: str) -> Iterator[Segment]:
        folded = fold(text)
        start, before, prior = 0, "", ""
        for match in [*_SEPARATORS.finditer(folded), None]:
            piece = folded[start : match.start() if match else len(folded)]
            start = match.end() if match else start
            after, before = before, match.group() if match else ""
            words = [self._spell(word) for word in normalize(piece).split()]
            if not words:
                continue
            found = self._subjects_in(words)
            subjects = [item for item in found if item[2].times is None]
            counts = [item for item in found if item[2].times is not None]
            negators = [m.end - 1 for m in self.words.negators.find(words)]
            said = self.words.states.find(words)
            ends = [m.end for m in said if m.id == "wishes"]
            # In "want to pass" the passing belongs to the wish.
            wishes = [m.start for m in said if m.id == "wishes" or any(0 <= m.start - end <= 1 for end in ends)]
            states = [
                (m.start, m.id == "done" and m.start not in wishes and not self.is_negated(words, m.start))
                for m in said
            ]
            if len(words) > 1 and words[-1] == "no":
                states.append((len(words) - 1, False))
            is_supposed = after == "if"
            asks = self.asks(" ".join(words), before) or (is_supposed and self._doubts(prior))
            prior = " ".join(words)
            yield Segment(words, subjects, counts, states, wishes, negators, asks, is_supposed)

    def _subjects_in(self, words: list[str]) -> list[tuple[Mention, str, Heard]]:
        found = [
            (mention, name, self.quiz.questions[name].hears[int(mention.id)])
            for name, phrases in self._subjects.items()
            for mention in phrases.find(words)
        ]
        return sorted(found, key=lambda item: item[0].start)

    def asks(self, words: str, after: str) -> bool:
        """Whether a piece of a message is a question; `after` is the punctuation behind it."""
        starts = self.words.question_starts.find(words.split()[:2])
        return (bool(starts) and starts[0].start == 0) or ("?" in after and len(words.split()) > _LIST_ITEM)

    def _doubts(self, words: str) -> bool:
        """Whether "if" after these words opens a doubt ("not sure if …", "what if …"), not a condition that is met."""
        return words.endswith((*_DOUBTS, *self.words.not_sure))

    def is_negated(self, words: list[str], position: int) -> bool:
        """Whether a "not" stands before a word."""
        reach = words[max(0, position - _NEGATION_REACH) : position]
        return bool(self.words.negators.find(reach))

    def _holds(self, segments: list[Segment], i: int, mention: Mention, heard: Heard) -> bool | None:
        segment = segments[i]
        if any(is_near(segment.words, n, mention.start) for n in segment.negators):
            return False
        others = [m.start for m, _, _ in segment.subjects if m.start >= mention.end]
        horizon = min(others, default=len(segment.words))
        firm = [(start, state) for start, state in segment.states if start not in segment.wishes]
        after = [state for start, state in firm if mention.end <= start < horizon]
        if heard.bare:
            near = [s for start, s in segment.states if mention.end <= start < min(horizon, mention.end + NEAR)]
            return not (near and near[0] is False)
        if self._came_right(segment, mention.end):
            return True
        before = [state for start, state in segment.states if start < mention.start]
        later = [state for start, state in firm if start >= horizon]
        # "Step 1 222, step 2 failed": what has a score of its own borrows no "failed" from its neighbors.
        has_score = not after and any(_SCORE.fullmatch(word) for word in segment.words[mention.end : horizon])
        for found in (after[:1], before[-1:], later[:1]):
            if found and (found[0] or not has_score):
                return found[0] or self._comes_right(segments[i + 1 : i + 2])
        if len(segment.words) <= _LIST_ITEM and not has_score:
            neighbors = [*segments[i + 1 : i + 3], *segments[max(0, i - 1) : i]]
            for neighbor in neighbors:
                said = [state for start, state in neighbor.states if start not in neighbor.wishes]
                if said:
                    return said[0]
        return None

    def _counted(self, segments: list[Segment], i: int, mention: Mention, heard: Heard) -> set[str]:
        """What a number of times beside these words leaves possible; nothing where there is none, or it is unclear."""
        segment = segments[i]
        near = any(is_near(segment.words, n, mention.start) for n in segment.negators)
        if near or segment.is_supposed or _SUMS & set(segment.words) or not self._is_of_a_step(segment):
            return set()
        stop = min((m.start for m, _, _ in segment.counts if m.start >= mention.end), default=len(segment.words))
        # "Failed three times, passed at the fourth attempt": that figure belongs to the pass.
        if any(done and mention.end < at < stop for at, done in segment.states):
            stop -= 1
        times = times_beside(segment.words, mention.start, mention.end, stop)
        if times is None:
            return set()
        passed = self._passes(segments, i, mention)
        low = times - 1 if heard.tries else times
        high = low if passed else times
        if low >= int(str(heard.times)):
            late = set(heard.came_right or heard.means)
            return {True: late, False: set(heard.means), None: late | set(heard.means)}[passed]
        return set(heard.denied or ()) if high < int(str(heard.times)) else set()

    def _is_of_a_step(self, segment: Segment) -> bool:
        """Whether what was tried so often is a Step: one is named, or nothing is ("failed it five times")."""
        said = {word for mention, _, _ in segment.counts for word in mention.words.split()}
        silent = said | self.words.fillers | self.words.numbers | self.words.first_person | TIMES | _CAME_RIGHT
        other = any(not heard.bare and question not in _OF_STEPS for _, question, heard in segment.subjects)
        step = any(question in _OF_STEPS for _, question, _ in segment.subjects)
        return not other and (step or set(segment.words) <= silent)

    def _passes(self, segments: list[Segment], i: int, mention: Mention) -> bool | None:
        """Whether a pass followed on what these words tell of: no where it is another exam's, unknown where unclear."""
        failed = exam_at(segments[i], mention.start)
        found: list[bool | None] = []
        for segment in segments[i : i + 2]:
            for at, done in segment.states:
                if done and segment.words[at] in _CAME_RIGHT:
                    passed = exam_at(segment, at)
                    found.append(passed is failed if passed and failed else (None if passed else True))
        return True if True in found else (None if None in found else False)

    def _came_right(self, segment: Segment, start: int) -> bool:
        """Whether a "passed" stands behind a "failed" before another exam is named ("failed once now passed")."""
        exams = [mention.start for mention, _, heard in segment.subjects if not heard.bare and mention.start >= start]
        end = min(exams, default=len(segment.words))
        said = [(at, done) for at, done in segment.states if at not in segment.wishes and start <= at < end]
        passed = [at for at, done in said if done and segment.words[at] in _CAME_RIGHT]
        return any(not done and passed and at < passed[-1] for at, done in said)

    def _comes_right(self, following: list[Segment]) -> bool:
        return any(
            done and start < NEAR and segment.words[start] in _CAME_RIGHT and not segment.subjects
            for segment in following
            for start, done in segment.states
        )

    def _denied(self, question: str, heard: Heard) -> set[str]:
        if heard.denied is not None:
            return set(heard.denied)
        return set(self.quiz.questions[question].options) - set(heard.means)

    def _in_order(self, question: str, left: Iterable[str]) -> Answer:
        chosen = set(left)
        return simplest(tuple(option for option in self.quiz.questions[question].options if option in chosen))

    # Years and places

    def _graduation(self, segments: list[Segment], found: Mapping[str, Answer]) -> Iterator[tuple[str, Answer]]:
        if "graduation_year" not in self.quiz.questions:
            return
        for i, segment in enumerate(segments):
            spoken = segment.words + (segments[i + 1].words[:2] if i + 1 < len(segments) else [])
            if not segment.is_question and self.words.graduation.find(segment.words):
                year = self.year(spoken)
                if year is not None:
                    yield "graduation_year", year
                    stage = self.quiz.questions.get("stage")
                    if stage and "graduate" in stage.options and "stage" not in found and year < self.today.year:
                        yield "stage", "graduate"
                    return

    def year(self, words: list[str]) -> int | None:
        """The year that words name, as a figure or as years ago."""
        named = {entity.kind: int(entity.value) for entity in years(words)}
        return named.get("year") or (self.today.year - named["years_ago"] if "years_ago" in named else None)

    def _names_school_abroad(self, segment: Segment) -> bool:
        return bool(self.words.countries(segment.words)) and bool(self.words.school.find(segment.words))


def simplest(options: tuple[str, ...]) -> Answer:
    """One option by itself, several as they are."""
    return options[0] if len(options) == 1 else options
