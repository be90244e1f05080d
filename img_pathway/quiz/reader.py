"""What a person's own words answer: the question just asked, or many questions in one story."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from img_pathway.knowledge.mentions import Phrases, Speller
from img_pathway.knowledge.text import fold, normalize, plural_forms
from img_pathway.quiz.entities import years
from img_pathway.quiz.model import NOT_SURE, Choice, Quiz
from img_pathway.quiz.picks import Picks
from img_pathway.quiz.state import Answer
from img_pathway.quiz.told import Answers, simplest
from img_pathway.quiz.words import Words
from img_pathway.quiz.years import answer_of, year_of, years_apart
from img_pathway.reading.claims import Claim
from img_pathway.reading.cues import OTHER
from img_pathway.reading.message import MessageReader, Told
from img_pathway.reading.people import ME, THEY, UNCLEAR
from img_pathway.reading.pieces import plus_in_words

_NUMBER = re.compile(r"(?:option |number |no |answer )?([1-9][0-9]?)\Z")
_CLICK = re.compile(r"([a-z0-9_]+):([a-z0-9_]+)\Z")
_NEAR = 2
_NEGATION_REACH = 3
# A short piece that ends in a question mark may be an answer that is not sure of itself.
_SHORT = 5
_SAID = ("is", "not")
# A longer message is a story or a question, not the pick of an option.
_LONGEST_PICK = 12


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
    corrects: bool = False
    """Whether it puts something right that was said before."""
    supposed: Mapping[str, Answer] = field(default_factory=dict)
    """What is only supposed of the one who writes ("what if I pass Step 1 next month")."""


class Reader:
    """Reads messages for one quiz."""

    def __init__(self, quiz: Quiz, words: Words, today: date) -> None:
        """Index how options are said and how stories are told."""
        self.quiz, self.words, self.today = quiz, words, today
        self._answers = Answers(quiz)
        known = {
            *self._answers.matters.vocabulary,
            *words.schooling.graduation.vocabulary,
            *words.cues.states.vocabulary,
        }
        spell = Speller(known, (form for word in known for form in plural_forms(word)), inflected=False)
        self._messages = MessageReader(self._answers.matters, words.cues, words.schooling, spell, today)
        self._picks = {name: Picks(question) for name, question in quiz.questions.items()}
        self._goals = Phrases((a, g) for g, goal in quiz.goals.items() for a in (*goal.also, goal.label))
        self._spell_aim = Speller(words.aims.vocabulary)
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

    def is_number(self, text: str) -> bool:
        """Whether the whole message is the number of an option."""
        return bool(_NUMBER.match(normalize(text)))

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
        found = [m for m in self._goals.find(words) if not self._is_negated(words, m.start)]
        return max(found, key=lambda m: m.end - m.start).id if found else None

    def goal_asked(self, text: str) -> str | None:
        """The goal that a story asks about or wants in the end ("I graduated in 2016, can I still match")."""
        words = [self._spell_aim(word) for word in normalize(text).split()]
        cues = self.words.aims.find(words)
        return self.goal_in(" ".join(words[cues[-1].end :])) if cues else None

    def beside_goals(self, text: str) -> str:
        """The words of a message that name no goal."""
        words = normalize(text).split()
        named = {i for m in self._goals.find(words) for i in range(m.start, m.end)}
        return " ".join(word for i, word in enumerate(words) if i not in named)

    def is_an_option(self, text: str) -> bool:
        """Whether a message is nothing but an option of some question, of whichever."""
        return any(normalize(text) in pick.exact for pick in self._picks.values())

    def asks_something(self, text: str) -> bool:
        """Whether any part of a message opens as questions do, with or without a question mark."""
        return self._messages.read(text).asks

    def names_the_goal(self, text: str) -> bool:
        """Whether a message wants another goal ("change my goal to the Match")."""
        words = normalize(text).split()
        return "goal" in words or words[:1] == ["switch"] or words[-1:] == ["instead"]

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
        if record.kind == "year" and re.fullmatch("[0-9]{4}", words):
            return int(words)
        options = list(record.options) if shown is None else list(shown)
        # On every channel a number means the option that carries it, whatever else it may be ("2" failures).
        number = _NUMBER.match(words)
        if number and int(number[1]) <= len(options) + 1:
            return [*options, NOT_SURE][int(number[1]) - 1]
        found = self._picks[question].exact.get(words)
        if isinstance(found, tuple):
            left = tuple(option for option in found if option in options)
            return simplest(left) if left else None
        return found if found in options else None

    def pick(self, question: str, text: str, shown: Sequence[str] | None = None) -> Answer | None:
        """The answer that a short message holds among other words; none if it is something else."""
        words = normalize(text).split()
        if len(words) > _LONGEST_PICK:
            return None
        if listed := self.listed(question, text):
            return listed
        if self._picks[question].is_not_sure(words, self.words):
            return NOT_SURE
        # The payload of a button that is gone is no answer to what is asked now.
        if self._asks(normalize(text), text) or _CLICK.match(text.strip()):
            return None
        found = self._in_years(question, text) if self._is_in_years(question, words) else self._meant(question, text)
        if isinstance(found, tuple):
            return simplest(left) if (left := tuple(o for o in found if shown is None or o in shown)) else None
        return found if shown is None or isinstance(found, int) or found in shown else None

    def _is_in_years(self, question: str, words: list[str]) -> bool:
        """Whether a question is answered by the years that are named; as many as its limit say nothing."""
        record = self.quiz.questions[question]
        apart = years_apart(words) if record.years_between else None
        limit = int(record.years_between.limit) if record.years_between else 0
        return record.kind == "year" or apart not in (None, limit)

    def _in_years(self, question: str, text: str) -> Answer | None:
        rule, words = self.quiz.questions[question].years_between, normalize(plus_in_words(fold(text))).split()
        if rule is None:
            return year_of(words, self.today.year)
        answer = answer_of(rule, years_apart(words) or 0, words)
        return answer if self._picks[question].plain(text, self.words) in (None, answer) else None

    def _meant(self, question: str, text: str) -> Answer | None:
        """The answer that a short message names, means by a yes or no, or tells of the one exam that is asked for."""
        words, picks = normalize(text).split(), self._picks[question]
        record = self.quiz.questions[question]
        place = None if record.countries else record.places
        if place and self.words.countries(words):
            # Beside a place abroad nothing else is picked: "India and the US" is asked again.
            return place if picks.names_a_place(words, self.words) else None
        told = [c for c in self._messages.read(text).claims if self._answers.question_of(c) == question]
        named = [int(entity.value) for entity in years(words) if entity.kind == "year"]
        found: Answer | None = picks.found(words, self.words)
        if found is not None and self._answers.speak_against(question, str(found), told, named, self.today.year):
            found = None
        # What is told with its name goes before a mere yes or no: "no certificate" does not deny the exams.
        elif found is None and not told:
            found = picks.bare(words, self.words) or picks.opened(text, self.words)
        return found if found is not None else self._said_of_what_is_asked(question, text)

    def listed(self, question: str, text: str) -> str | None:
        """The answer that naming a country is; "is Egypt on it?" names the country of the one who asks."""
        return self._picks[question].listed(normalize(text).split(), self.words)

    def claims(self, text: str) -> tuple[Claim, ...]:
        """All that a message tells, of whomever, whether it is so or not."""
        return self._messages.read(text).claims

    def story(self, text: str, known: Mapping[str, Answer] | None = None, of: str | None = None) -> Story:
        """All that a message says of a person, asked or not.

        `known` are the answers of the record that is open, `of` is the person of whom it is: "she" means them.
        """
        if self._only_names(text):
            return Story()
        told = self._messages.read(text)
        about = _of_whom(told)
        whose = about or ME
        if of and not about and {claim.about for claim in told.claims} == {THEY}:
            about, whose = of, THEY
        claims = [claim for claim in told.claims if claim.about == whose]
        first = bool(self.words.first_person & set(normalize(text).split())) or about is not None
        answers = self._answers.of(claims, self.today.year, known)
        # A message that tells one thing again, and nothing else, is meant to put it right.
        again = len(answers) == 1 and len(text.split()) <= _LONGEST_PICK
        # So is one that says what is, and what is not: "2018, not 2019", "no citizen, I have a green card".
        matters = {mode: {self._answers.question_of(c) or c.matter for c in claims if c.mode == mode} for mode in _SAID}
        again = again or bool(matters["is"] & matters["not"])
        supposed = [claim for claim in self._messages.suppose(text) if claim.about == ME]
        return Story(answers, about, first, told.corrects or again, self._answers.of(supposed, self.today.year))

    def _asks(self, words: str, after: str) -> bool:
        """Whether a short message is a question; `after` is the punctuation behind it."""
        starts = self.words.question_starts.find(words.split()[:2])
        return (bool(starts) and starts[0].start == 0) or ("?" in after and len(words.split()) > _SHORT)

    def _is_negated(self, words: list[str], position: int) -> bool:
        return bool(self.words.negators.find(words[max(0, position - _NEGATION_REACH) : position]))

    def _said_of_what_is_asked(self, question: str, text: str) -> Answer | None:
        """What words that name nothing say of the one exam that is asked for: "scheduled for March"."""
        told = [heard for heard in self.quiz.questions[question].hears if not heard.bare]
        names = [heard.about[0] for heard in told if heard.exam or len(told) == 1]
        if len(names) != 1 or self._messages.read(text).claims:
            return None
        answer = self.story(f"{names[0]} {text}").answers.get(question)
        return None if isinstance(answer, tuple) else answer

    def revise(self, question: str, old: Answer | None, new: Answer) -> Answer:
        """A new answer in the light of the old one: what it does not touch stays as it was.

        "I have not passed Step 2" after "both passed" leaves Step 1 passed.
        """
        if not isinstance(new, tuple) or old is None or old == NOT_SURE or isinstance(old, int):
            return new
        before = set(old) if isinstance(old, tuple) else {old}
        several = len({heard.exam for heard in self.quiz.questions[question].hears if heard.exam}) > 1
        kept = [option for option in new if option in before]
        if kept:
            return simplest(tuple(kept))
        # Only where an option joins several exams does one that is denied leave the others as they were.
        if not several or isinstance(old, tuple):
            return new
        distance = {option: min(self._differences(question, option, o) for o in before) for option in new}
        least = min(distance.values())
        return simplest(tuple(option for option in new if distance[option] == least))

    def _differences(self, question: str, one: str, other: str) -> int:
        tests = [t for t in self.quiz.tests.values() if isinstance(t, Choice) and t.question == question]
        return sum((one in test.options) != (other in test.options) for test in tests)


def _of_whom(told: Told) -> str | None:
    """The one relative or friend of whom a message tells; none where a person tells of themselves."""
    whose = dict.fromkeys(claim.about for claim in told.claims if claim.mode in ("is", "not", "failed"))
    named = [who for who in whose if who not in (ME, UNCLEAR, OTHER, THEY)]
    return named[0] if len(named) == 1 and ME not in whose else None


def _without_politeness(words: str) -> str:
    return re.sub(
        r"^(?:please|pls|plz|ok|okay|can we|can i|could you|i want to|lets|let's) | (?:please|pls|plz)$",
        "",
        words,
    )
