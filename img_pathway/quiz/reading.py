"""What a person's own words answer: the question just asked, or many questions in one story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from img_pathway.knowledge.mentions import Mention, Phrases
from img_pathway.knowledge.text import fold, normalize
from img_pathway.quiz.model import NOT_SURE, Choice, Heard, Question, Quiz
from img_pathway.quiz.state import Answer
from img_pathway.quiz.words import Words

_SEPARATORS = re.compile(r"[.;!?\n,]+|\b(?:but|if|because|so|also|then|though|however|although)\b")
_NUMBER = re.compile(r"(?:option |number |no |answer )?([1-9][0-9]?)\Z")
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])[0-9]\Z")
_CLICK = re.compile(r"([a-z0-9_]+):([a-z0-9_]+)\Z")
# A longer message is a story or a question, not the pick of an option.
_LONGEST_PICK = 12
# An item of a list ("step 1, step 2 ck and oet passed") borrows the verdict of its neighbor.
_LIST_ITEM = 5
_NEAR = 2
# Words that do not count between a "not" and what it denies: "not on the ban list", "not yet a graduate".
_FILLERS = {"a", "an", "the", "on", "in", "any", "yet", "my", "been"}
_DOUBTS = ("what", "even", "wonder", "wondering", "asked", "idea", "clue")
# "Failed step 1 once, passed on the second try": what comes right later counts.
_CAME_RIGHT = {"pass", "passed", "clear", "cleared"}
_NEGATION_REACH = 3


@dataclass(frozen=True)
class Click:
    """A button's payload, `question:option`; it may belong to a question asked long ago."""

    question: str
    option: str


@dataclass(frozen=True)
class Story:
    """What a message says of the person: answers or what it leaves possible, and for whom it is told."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    about: str | None = None
    first_person: bool = False


@dataclass(frozen=True)
class _Segment:
    words: list[str]
    subjects: list[tuple[Mention, str, Heard]]
    states: list[tuple[int, bool]]
    negators: list[int]
    is_question: bool
    is_supposed: bool
    """After "if": what is only supposed of exams ("if I pass step 1") is no fact."""


class Reader:
    """Reads messages for one quiz."""

    def __init__(self, quiz: Quiz, words: Words, today: date) -> None:
        """Index how options are said and how stories are told."""
        self.quiz, self.words, self.today = quiz, words, today
        # One finder a question: "failed step 2" tells of the attempts and of Step 2.
        self._subjects = {
            name: Phrases((phrase, str(i)) for i, heard in enumerate(question.hears) for phrase in heard.about)
            for name, question in quiz.questions.items()
            if question.hears
        }
        self._picks = {name: _Pick(question) for name, question in quiz.questions.items()}
        self._goals = Phrases((a, g) for g, goal in quiz.goals.items() for a in (*goal.also, goal.label))
        self._named = Phrases((w, name) for name, q in quiz.questions.items() for w in (*q.also, q.name))
        self._names = {normalize(w) for q in quiz.questions.values() for w in (*q.also, q.name)}

    def click(self, text: str) -> Click | None:
        """The button behind a payload such as `stage:graduate`; none for anything a person types."""
        match = _CLICK.match(text.strip())
        if not match:
            return None
        name, option = match.groups()
        if name == "goal":
            return Click(name, option) if option in self.quiz.goals else None
        question = self.quiz.questions.get(name)
        known = question is not None and (option in question.options or option == NOT_SURE)
        return Click(name, option) if known else None

    def command(self, text: str) -> str | None:
        """The command (back, stop, why …) that the whole message is."""
        return self.words.commands.get(_without_politeness(normalize(text)))

    def is_not_sure(self, text: str) -> bool:
        """Whether the whole message says "not sure"."""
        return (normalize(text) or text.strip()) in self.words.not_sure

    def goal(self, text: str) -> str | None:
        """The goal that a short message names, by number, label or other name."""
        words = normalize(text)
        goals = list(self.quiz.goals)
        number = _NUMBER.match(words)
        if number:
            position = int(number[1]) - 1
            return goals[position] if position < len(goals) else None
        if len(words.split()) > _LONGEST_PICK:
            return None
        found = self._goals.find(words.split())
        return max(found, key=lambda m: m.end - m.start).id if found else None

    def goal_in(self, text: str) -> str | None:
        """The goal that a longer message speaks of ("am I eligible for the Match?")."""
        words = normalize(text).split()
        found = [m for m in self._goals.find(words) if not self._negated(words, m.start)]
        return max(found, key=lambda m: m.end - m.start).id if found else None

    def opens_a_question(self, text: str) -> bool:
        """Whether a message begins as questions do ("how", "can i")."""
        return self._asks(normalize(text), "")

    def starts_change(self, text: str) -> bool:
        """Whether a message begins with the command to change an answer."""
        words = normalize(text)
        return any(words.startswith(said + " ") for said, name in self.words.commands.items() if name == "change")

    def _only_names(self, text: str) -> bool:
        """Whether a message is "change …" with the name of a question and nothing else, which tells no answer."""
        words = normalize(text)
        changes = (said for said, name in self.words.commands.items() if name == "change")
        return any(words.removeprefix(said + " ") in self._names for said in changes if words.startswith(said + " "))

    def question_named(self, text: str) -> str | None:
        """The question that a message names ("change my visa answer")."""
        found = self._named.find(normalize(text).split())
        return max(found, key=lambda m: m.end - m.start).id if found else None

    def pick_exactly(self, question: str, text: str, shown: Sequence[str] | None = None) -> Answer | None:
        """The answer that is nothing but an option's number, label or other name, a year, or "not sure".

        `shown` are the options on offer, all of them if not given; numbers count those.
        """
        words = normalize(text)
        if self.is_not_sure(text):
            return NOT_SURE
        record = self.quiz.questions[question]
        if record.kind == "year":
            return int(words) if re.fullmatch("[0-9]{4}", words) else None
        options = list(record.options) if shown is None else list(shown)
        # Where staff gave an option a figure for its name ("2" years), it is no option's number.
        found = self._picks[question].exact.get(words)
        if found is not None:
            return found if found in options else None
        number = _NUMBER.match(words)
        if number and int(number[1]) <= len(options) + 1:
            return [*options, NOT_SURE][int(number[1]) - 1]
        return None

    def pick(self, question: str, text: str, shown: Sequence[str] | None = None) -> Answer | None:
        """The answer that a short message holds among other words; none if it is something else."""
        words = normalize(text)
        # The payload of a button that is gone is no answer to what is asked now.
        if len(words.split()) > _LONGEST_PICK or self._asks(words, text) or _CLICK.match(text.strip()):
            return None
        if self.quiz.questions[question].kind == "year":
            return self._year(words.split())
        found = self._picks[question].found(words.split(), self.words.negators)
        return found if shown is None or found in shown else None

    def story(self, text: str) -> Story:
        """All that a message says of a person, asked or not."""
        if self._only_names(text):
            return Story()
        relatives = self.words.relatives.find(normalize(text).split())
        about = relatives[0].id if relatives else None
        first = bool(self.words.first_person & set(normalize(text).split())) or about is not None
        possible: dict[str, set[str]] = {}
        segments = list(self._segments(text))
        for i, segment in enumerate(segments):
            if segment.is_question:
                continue
            for mention, question, heard in segment.subjects:
                if segment.is_supposed and not heard.bare:
                    continue
                holds = self._holds(segments, i, mention, heard)
                if holds is None:
                    continue
                left = set(heard.means) if holds else self._denied(question, heard)
                both = possible.get(question, left) & left
                possible[question] = both or left
        answers: dict[str, Answer] = {
            q: self._in_order(q, left)
            for q, left in possible.items()
            if len(left) < len(self.quiz.questions[q].options)
        }
        answers.update(self._graduation(segments, answers))
        is_abroad = any(self._names_school_abroad(s) for s in segments if not s.is_question)
        if is_abroad and "school_place" in self.quiz.questions:
            answers.setdefault("school_place", "elsewhere")
        return Story(answers, about, first)

    def revise(self, question: str, old: Answer | None, new: Answer) -> Answer:
        """A new answer in the light of the old one: what it does not touch stays as it was.

        "I have not passed Step 2" after "both passed" leaves Step 1 passed.
        """
        if not isinstance(new, tuple) or old is None or old == NOT_SURE or isinstance(old, int):
            return new
        before = set(old) if isinstance(old, tuple) else {old}
        kept = [option for option in new if option in before]
        if kept:
            return _simplest(tuple(kept))
        distance = {option: min(self._differences(question, option, o) for o in before) for option in new}
        least = min(distance.values())
        return _simplest(tuple(option for option in new if distance[option] == least))

    def _differences(self, question: str, one: str, other: str) -> int:
        tests = [t for t in self.quiz.tests.values() if isinstance(t, Choice) and t.question == question]
        return sum((one in test.options) != (other in test.options) for test in tests)

    # Stories

    def _segments(self, text: str) -> Iterator[_Segment]:
        folded = fold(text)
        start, before, prior = 0, "", ""
        for match in [*_SEPARATORS.finditer(folded), None]:
            piece = folded[start : match.start() if match else len(folded)]
            start = match.end() if match else start
            after, before = before, match.group() if match else ""
            words = normalize(piece).split()
            if not words:
                continue
            subjects = self._subjects_in(words)
            negators = [m.end - 1 for m in self.words.negators.find(words)]
            states = [
                (m.start, m.id == "done" and not self._negated(words, m.start)) for m in self.words.states.find(words)
            ]
            if len(words) > 1 and words[-1] == "no":
                states.append((len(words) - 1, False))
            is_supposed = after == "if"
            asks = self._asks(" ".join(words), before) or (is_supposed and self._doubts(prior))
            prior = " ".join(words)
            yield _Segment(words, subjects, states, negators, asks, is_supposed)

    def _subjects_in(self, words: list[str]) -> list[tuple[Mention, str, Heard]]:
        found = [
            (mention, name, self.quiz.questions[name].hears[int(mention.id)])
            for name, phrases in self._subjects.items()
            for mention in phrases.find(words)
        ]
        return sorted(found, key=lambda item: item[0].start)

    def _asks(self, words: str, after: str) -> bool:
        starts = self.words.question_starts.find(words.split()[:2])
        return (bool(starts) and starts[0].start == 0) or ("?" in after and len(words.split()) > _LIST_ITEM)

    def _doubts(self, words: str) -> bool:
        """Whether "if" after these words opens a doubt ("not sure if …", "what if …"), not a condition that is met."""
        return words.endswith((*_DOUBTS, *self.words.not_sure))

    def _negated(self, words: list[str], position: int) -> bool:
        reach = words[max(0, position - _NEGATION_REACH) : position]
        return bool(self.words.negators.find(reach))

    def _holds(self, segments: list[_Segment], i: int, mention: Mention, heard: Heard) -> bool | None:
        segment = segments[i]
        if any(_is_near(segment.words, n, mention.start) for n in segment.negators):
            return False
        others = [m.start for m, _, _ in segment.subjects if m.start >= mention.end]
        horizon = min(others, default=len(segment.words))
        after = [state for start, state in segment.states if mention.end <= start < horizon]
        if heard.bare:
            near = [s for start, s in segment.states if mention.end <= start < min(horizon, mention.end + _NEAR)]
            return not (near and near[0] is False)
        before = [state for start, state in segment.states if start < mention.start]
        later = [state for start, state in segment.states if start >= horizon]
        for found in (after[:1], before[-1:], later[:1]):
            if found:
                return found[0] or self._comes_right(segments[i + 1 : i + 2])
        if len(segment.words) <= _LIST_ITEM:
            neighbors = [*segments[i + 1 : i + 3], *segments[max(0, i - 1) : i]]
            for neighbor in neighbors:
                if neighbor.states:
                    return neighbor.states[0][1]
        return None

    def _comes_right(self, following: list[_Segment]) -> bool:
        return any(
            done and start < _NEAR and segment.words[start] in _CAME_RIGHT and not segment.subjects
            for segment in following
            for start, done in segment.states
        )

    def _denied(self, question: str, heard: Heard) -> set[str]:
        if heard.denied is not None:
            return set(heard.denied)
        return set(self.quiz.questions[question].options) - set(heard.means)

    def _in_order(self, question: str, left: Iterable[str]) -> Answer:
        chosen = set(left)
        return _simplest(tuple(option for option in self.quiz.questions[question].options if option in chosen))

    # Years and places

    def _graduation(self, segments: list[_Segment], found: Mapping[str, Answer]) -> Iterator[tuple[str, Answer]]:
        if "graduation_year" not in self.quiz.questions:
            return
        for i, segment in enumerate(segments):
            spoken = segment.words + (segments[i + 1].words[:2] if i + 1 < len(segments) else [])
            if not segment.is_question and self.words.graduation.find(segment.words):
                year = self._year(spoken)
                if year is not None:
                    yield "graduation_year", year
                    stage = self.quiz.questions.get("stage")
                    if stage and "graduate" in stage.options and "stage" not in found and year < self.today.year:
                        yield "stage", "graduate"
                    return

    def _year(self, words: list[str]) -> int | None:
        for word in words:
            if _YEAR.match(word):
                return int(word)
        for mention in self.words.years_ago.find(words):
            if mention.start and words[mention.start - 1].isdigit():
                return self.today.year - int(words[mention.start - 1])
        return None

    def _names_school_abroad(self, segment: _Segment) -> bool:
        return bool(self.words.places.find(segment.words)) and bool(self.words.school.find(segment.words))


class _Pick:
    """How the options of one question are said."""

    def __init__(self, question: Question) -> None:
        said = [(phrase, name) for name, o in question.options.items() for phrase in (o.label, *o.also)]
        self.exact = {normalize(phrase): name for phrase, name in reversed(said)}
        self._phrases = Phrases(said)

    def found(self, words: list[str], negators: Phrases) -> str | None:
        """The one option whose words stand in a short message; the longest wording wins."""
        mentions = [m for m in self._phrases.find(words) if not negators.find(words[max(0, m.start - _NEAR) : m.start])]
        if not mentions:
            return None
        longest = max(m.end - m.start for m in mentions)
        best = {m.id for m in mentions if m.end - m.start == longest}
        return best.pop() if len(best) == 1 else None


def _is_near(words: list[str], negator: int, position: int) -> bool:
    """Whether a "not" stands so close before a word that it denies it."""
    between = [word for word in words[negator + 1 : position] if word not in _FILLERS]
    return negator < position and len(between) < _NEAR


def _simplest(options: tuple[str, ...]) -> Answer:
    return options[0] if len(options) == 1 else options


def _without_politeness(words: str) -> str:
    return re.sub(
        r"^(?:please|pls|plz|ok|okay|can we|can i|could you|i want to|lets|let's) | (?:please|pls|plz)$",
        "",
        words,
    )
