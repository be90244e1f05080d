"""The quiz of one goal as a graph: what is asked, which answer leads where, and what it decides.

A place is what is left to ask and to decide after some answers. Answers that leave the same lead to the same place, so
the graph holds every path and stays small. "Not sure" is left out: it can be said everywhere and decides nothing.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from img_pathway.quiz import Engine
from img_pathway.quiz.logic import Rule, criteria_in
from img_pathway.quiz.model import Span
from img_pathway.quiz.state import Answer

# With more places, nobody can read the picture.
_MOST_PLACES = 3000


class TooLarge(Exception):
    """A quiz that has more places than a picture can show."""


@dataclass(frozen=True)
class Way:
    """Answers that lead to the same place, and the verdicts that they settle."""

    answers: tuple[str, ...]
    decides: tuple[str, ...]
    to: int


@dataclass(frozen=True)
class Place:
    """One question at one point of the quiz; the result is a place without ways."""

    title: str
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Graph:
    """The quiz of a goal; it begins at `start`."""

    goal: str
    places: tuple[Place, ...]
    start: int


def quiz_graph(engine: Engine, goal: str) -> Graph:
    """The graph of a goal; raises TooLarge."""
    walk = _Walk(engine, goal)
    start = walk.place({})
    return Graph(engine.quiz.goals[goal].label, tuple(walk.places), start)


class _Walk:
    """Goes all ways once; places that leave the same are one."""

    def __init__(self, engine: Engine, goal: str) -> None:
        self.engine, self.goal = engine, goal
        self.places: list[Place] = []
        self._outcomes = engine.quiz.goals[goal].outcomes
        self._criteria = {outcome: sorted(_criteria_of(engine, outcome)) for outcome in self._outcomes}
        self._seen: dict[Hashable, int] = {}
        self._numbers: dict[Place, int] = {}

    def place(self, answers: dict[str, Answer]) -> int:
        """The number of the place after some answers."""
        known = self.engine.known(answers)
        undecided = [outcome for outcome in self._outcomes if not self.engine.is_decided(outcome, known)]
        left = tuple((o, *(known(c) for c in self._criteria[o])) for o in undecided)
        if left not in self._seen:
            if len(self._seen) >= _MOST_PLACES:
                raise TooLarge(f"The quiz for {self.goal} has more than {_MOST_PLACES} places to draw.")
            question = self.engine.next_question(self.goal, answers)
            title = self.engine.quiz.questions[question].name if question else "Result"
            ways = tuple(self._ways(question, answers, undecided)) if question else ()
            place = Place(title, ways)
            if place not in self._numbers:
                self._numbers[place] = len(self.places)
                self.places.append(place)
            self._seen[left] = self._numbers[place]
        return self._seen[left]

    def _ways(self, question: str, answers: dict[str, Answer], undecided: list[str]) -> Iterator[Way]:
        ways: dict[tuple[tuple[str, ...], int], list[str]] = {}
        for answer, words in _answers(self.engine, question):
            then: dict[str, Answer] = {**answers, question: answer}
            known = self.engine.known(then)
            decides = tuple(self._verdict(o, then) for o in undecided if self.engine.is_decided(o, known))
            ways.setdefault((decides, self.place(then)), []).append(words)
        for (decides, to), words_of_way in ways.items():
            yield Way(tuple(words_of_way), decides, to)

    def _verdict(self, outcome: str, answers: dict[str, Answer]) -> str:
        case = self.engine.decide(outcome, answers).case
        assert case is not None, "only decided outcomes are named"
        label = f" ({case.label})" if case.label else ""
        return f"{self.engine.quiz.outcomes[outcome].name}{label}: {case.verdict.replace('_', ' ')}"


def _answers(engine: Engine, question: str) -> Iterator[tuple[Answer, str]]:
    """Answers that may differ, in words; of years, those on both sides of each limit."""
    record = engine.quiz.questions[question]
    if record.kind == "choice":
        yield from ((name, option.label) for name, option in record.options.items())
        return
    spans = [test for test in engine.quiz.tests.values() if isinstance(test, Span) and test.question == question]
    firsts = {s.at_least for s in spans if s.at_least is not None}
    firsts |= {s.at_most + 1 for s in spans if s.at_most is not None}
    limits = sorted(firsts)
    yield limits[0] - 1, f"{limits[0] - 1} or earlier"
    for first, after in pairwise(limits):
        yield first, str(first) if after == first + 1 else f"{first} to {after - 1}"
    yield limits[-1], f"{limits[-1]} or later"


def _criteria_of(engine: Engine, outcome: str) -> set[str]:
    found: set[str] = set()
    to_do = [name for rule in engine.quiz.case_rules[outcome] for name in criteria_in(rule)]
    while to_do:
        name = to_do.pop()
        test = engine.quiz.tests[name]
        if name not in found and isinstance(test, Rule):
            to_do += criteria_in(test)
        found.add(name)
    return found
