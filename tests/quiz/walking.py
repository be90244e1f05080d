"""All ways through the quiz, over the real content.

The full tree is large, so what is left of one outcome's rules after some answers (its residual) gets a number,
and a place in the quiz is the residuals of a goal's outcomes: two paths that leave the same open are walked once.
"""

from __future__ import annotations

import random
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from img_pathway.quiz import Engine
from img_pathway.quiz.lens import Answers, Verdict, choices, verdict
from img_pathway.quiz.lens import Lens as EveryPlace
from img_pathway.quiz.model import NOT_SURE
from img_pathway.quiz.state import Answer

Place = tuple[int | None, ...]


def said(goal: str, answers: Mapping[str, Answer]) -> str:
    """A path in one line, to repeat it by hand."""
    return f"{goal}: " + (" → ".join(f"{q}={a}" for q, a in answers.items()) or "(no answer yet)")


class Lens(EveryPlace):
    """One outcome and what answers leave of its rules; knows also which questions matter."""

    def __init__(self, engine: Engine, outcome: str) -> None:
        super().__init__(engine, outcome)
        self._differ: dict[tuple[int, int], bool] = {}

    def matters(self, place: int, question: str) -> bool:
        """Whether two options lead, with the same later answers, to different verdicts."""
        options = [a for a in choices(self.engine, question) if a != NOT_SURE]
        first, *others = [self.after(place, question, option) for option in options]
        return any(self._differs(first, other) for other in others)

    def _differs(self, one: int, other: int) -> bool:
        if one == other:
            return False
        key = min(one, other), max(one, other)
        if key not in self._differ:
            question = self.asks(one) or self.asks(other)
            if question is None:
                self._differ[key] = self.verdict(one) != self.verdict(other)
            else:
                options = [a for a in choices(self.engine, question) if a != NOT_SURE]
                self._differ[key] = any(
                    self._differs(self.after(one, question, o), self.after(other, question, o)) for o in options
                )
        return self._differ[key]


@dataclass
class Stop:
    """A place on the way: the shortest answers that lead there, what is asked, and where each answer leads."""

    answers: Answers
    asks: str | None = None
    after: dict[Answer, Place] = field(default_factory=dict)


class Walk:
    """Every place of one goal, breadth first, so that the first path found to a place is a shortest one."""

    def __init__(self, engine: Engine, goal: str, lenses: dict[str, Lens]) -> None:
        self.engine, self.goal = engine, goal
        self.lenses = [lenses[outcome] for outcome in engine.quiz.goals[goal].outcomes]
        self._order = {question: i for i, question in enumerate(engine.quiz.questions)}
        self._choices = {question: choices(engine, question) for question in engine.quiz.questions}
        self.start: Place = self._place(tuple(lens.start for lens in self.lenses))
        self.stops: dict[Place, Stop] = {self.start: Stop({})}
        self._walk()

    def _walk(self) -> None:
        waiting = deque([self.start])
        while waiting:
            place = waiting.popleft()
            stop = self.stops[place]
            pairs = [(lens, at) for lens, at in zip(self.lenses, place, strict=True) if at is not None]
            wanted = set().union(*(lens.open(at) for lens, at in pairs)) if pairs else set()
            stop.asks = min(wanted, key=self._order.__getitem__, default=None)
            if stop.asks is None:
                continue
            assert stop.asks not in stop.answers, f"{stop.asks} is asked twice: {said(self.goal, stop.answers)}"
            for answer in self._choices[stop.asks]:
                there = self._place(
                    tuple(
                        None if at is None else lens.after(at, stop.asks, answer)
                        for lens, at in zip(self.lenses, place, strict=True)
                    )
                )
                stop.after[answer] = there
                if there not in self.stops:
                    self.stops[there] = Stop({**stop.answers, stop.asks: answer})
                    waiting.append(there)

    def _place(self, ids: tuple[int | None, ...]) -> Place:
        """Residuals of the outcomes that still ask something; the others need no more walking."""
        return tuple(
            at if at is not None and lens.open(at) else None for lens, at in zip(self.lenses, ids, strict=True)
        )

    @cached_property
    def paths(self) -> list[Answers]:
        """Whole paths that together give every answer at every place; how they go on is drawn, the same every time."""
        draw = random.Random(self.goal)
        found: dict[frozenset[tuple[str, Answer]], Answers] = {}
        for stop in self.stops.values():
            for answer, there in stop.after.items():
                answers = {**stop.answers, str(stop.asks): answer}
                place = there
                while (asks := self.stops[place].asks) is not None:
                    answers[asks] = draw.choice(list(self.stops[place].after))
                    place = self.stops[place].after[answers[asks]]
                found.setdefault(frozenset(answers.items()), answers)
        return sorted(found.values(), key=len)

    @cached_property
    def lengths(self) -> Counter[int]:
        """How many paths of the full tree have how many questions."""
        known: dict[Place, Counter[int]] = {}
        # A place lies before all that it leads to, so from the last answers backwards everything is known.
        for place in self._backwards():
            stop = self.stops[place]
            if stop.asks is None:
                known[place] = Counter({0: 1})
                continue
            total: Counter[int] = Counter()
            for there in stop.after.values():
                for length, paths in known[there].items():
                    total[length + 1] += paths
            known[place] = total
        return known[self.start]

    def longest(self) -> Answers:
        """A path with the most questions."""
        depth: dict[Place, int] = {}
        for place in self._backwards():
            stop = self.stops[place]
            depth[place] = 1 + max(depth[p] for p in stop.after.values()) if stop.asks else 0
        answers: Answers = {}
        place = self.start
        while (asks := self.stops[place].asks) is not None:
            answer, place = max(self.stops[place].after.items(), key=lambda item: depth[item[1]])
            answers[asks] = answer
        return answers

    def _backwards(self) -> list[Place]:
        """Places so that each stands after all that it leads to; fails where the quiz would go round in a circle."""
        order: list[Place] = []
        done: set[Place] = set()
        on_the_way: set[Place] = set()
        waiting = [(self.start, False)]
        while waiting:
            place, is_left = waiting.pop()
            if is_left:
                on_the_way.discard(place)
                done.add(place)
                order.append(place)
                continue
            if place in done:
                continue
            assert place not in on_the_way, f"goes round in a circle: {said(self.goal, self.stops[place].answers)}"
            on_the_way.add(place)
            waiting.append((place, True))
            waiting.extend((there, False) for there in set(self.stops[place].after.values()) - done)
        return order


def walk_by_hand(engine: Engine, goal: str, profile: Mapping[str, Answer]) -> Answers:
    """The answers for which the engine itself asks somebody who would answer `profile`, else "not sure"."""
    answers: Answers = {}
    while (question := engine.next_question(goal, answers)) is not None:
        assert question not in answers, f"{question} is asked twice: {said(goal, answers)}"
        answers[question] = profile.get(question, NOT_SURE)
    return answers


def verdicts(engine: Engine, goal: str, answers: Mapping[str, Answer]) -> dict[str, Verdict]:
    """The verdicts that a goal cares about."""
    return {outcome: verdict(engine, outcome, answers) for outcome in engine.quiz.goals[goal].outcomes}


def profiles(engine: Engine, count: int, seed: int) -> Iterator[Answers]:
    """People who can answer everything, one in eight answers "not sure"; the same ones for the same seed."""
    draw = random.Random(seed)
    for _ in range(count):
        answers: Answers = {}
        for question in engine.quiz.questions:
            *options, unsure = choices(engine, question)
            answers[question] = unsure if draw.random() < 1 / 8 else draw.choice(options)
        yield answers
