"""The plan of a person: what is done, the one next step that is possible now, and what is ahead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from img_pathway.quiz.engine import Engine
from img_pathway.quiz.logic import ALWAYS, NEVER, Not, Rule, Truth
from img_pathway.quiz.model import NOT_SURE, Quiz
from img_pathway.quiz.state import Answer

Kind = Literal["do", "find_out", "wait", "closed", "all_done"]


@dataclass(frozen=True)
class Station:
    """A step of somebody's plan: whether it is done, and whether it is needed (never a known no)."""

    step: str
    done: Truth
    needed: Truth


@dataclass(frozen=True)
class NextStep:
    """What comes next: a step to do, a question to settle first, something that comes with time, or nothing."""

    kind: Kind
    step: str | None = None
    question: str | None = None
    """With "find_out": the question whose answer is not known."""


def plan_of(engine: Engine, goal: str, answers: Mapping[str, Answer]) -> tuple[Station, ...]:
    """Return the steps of a goal that apply, in staff's order, with those that have to be done before them."""
    return Planner(engine, answers).plan(goal)


def next_step(engine: Engine, plan: Sequence[Station], answers: Mapping[str, Answer]) -> NextStep:
    """Return the first step that is missing and possible now; what is unknown before it has to be settled first."""
    return Planner(engine, answers).next_step(plan)


def in_order(plan: Sequence[Station], here: str | None) -> list[Station]:
    """Return the steps as they are shown: what is done, where the person is, and the rest, each in staff's order."""
    done = [s for s in plan if s.done is Truth.YES]
    at = [s for s in plan if s.step == here and s.done is not Truth.YES]
    return [*done, *at, *(s for s in plan if s.done is not Truth.YES and s.step != here)]


class Planner:
    """Steps against the answers of one person."""

    def __init__(self, engine: Engine, answers: Mapping[str, Answer]) -> None:
        """Look at steps with these answers."""
        self.engine, self.quiz, self.answers, self.known = engine, engine.quiz, answers, engine.known(answers)

    def plan(self, goal: str) -> tuple[Station, ...]:
        """Return the steps of a goal that apply, in staff's order, with those that have to be done before them."""
        named = set(self.quiz.goals[goal].plan)
        stations = (self.station_of(step) for step in _with_earlier(self.quiz, self.quiz.goals[goal].plan))
        # What a goal does not name, or what need not concern the person, is shown only while it is open.
        return tuple(
            s
            for s in stations
            if s.needed is not Truth.NO
            and (
                s.done is not Truth.YES or (s.step in named and s.needed is Truth.YES and not self.is_long_past(s.step))
            )
        )

    def next_step(self, plan: Sequence[Station]) -> NextStep:
        """Return the first step that is missing and possible now, or what has to be settled before it."""
        later: NextStep | None = None
        for station in plan:
            if station.done is Truth.YES or not self.is_reached(station.step):
                continue
            found = self.what_to_do(station.step)
            if found and not self.quiz.steps[station.step].waits:
                return found
            later = later or found
        if later:
            return later
        return NextStep("all_done" if all(station.done is Truth.YES for station in plan) else "closed")

    def what_to_do(self, step: str) -> NextStep | None:
        """Return what there is to do about a step that is not done; None where it is not possible now."""
        possible = self.quiz.possible_rules.get(step, ALWAYS)
        barred = self.quiz.unless_rules.get(step, NEVER)
        if Truth.NO in (possible.truth(self.known), Not(barred).truth(self.known)):
            return None
        done, needed = self.quiz.step_rules[step]
        station = self.station_of(step)
        # Whether it concerns the person comes first: nobody need look up what does not.
        asked = [(needed, station.needed), (done, station.done), (possible, possible.truth(self.known))]
        if self._was_unsure(barred):
            asked.append((barred, Truth.UNKNOWN))
        for rule, truth in asked:
            if truth is Truth.UNKNOWN:
                return NextStep("find_out", step, self._question(rule))
        return NextStep("wait" if self.quiz.steps[step].waits else "do", step)

    def station_of(self, step: str) -> Station:
        """Return whether a step is done and needed."""
        done, needed = self.quiz.step_rules[step]
        is_done = Truth.YES if self.is_long_past(step) else self._truth(step, done)
        return Station(step, is_done, self._truth(step, needed))

    def is_long_past(self, step: str) -> bool:
        """Return whether a later step is done, which tells that this one is."""
        later = (self.quiz.step_rules[other][0] for other in self.quiz.steps[step].done_with)
        return any(rule.truth(self.known) is Truth.YES for rule in later)

    def _truth(self, step: str, rule: Rule) -> Truth:
        """The truth of a rule of a step: where nobody is asked for it, what was not asked is a no."""
        truth = rule.truth(self.known)
        is_no = truth is Truth.UNKNOWN and not self.quiz.steps[step].asks and not self._was_unsure(rule)
        return Truth.NO if is_no else truth

    def is_reached(self, step: str) -> bool:
        """Return whether all that comes before is known to be done, or known not to concern the person."""
        before = (self.station_of(other) for other in self.quiz.steps[step].after)
        return all(station.done is Truth.YES or station.needed is Truth.NO for station in before)

    def _was_unsure(self, rule: Rule) -> bool:
        return any(self.answers.get(question) == NOT_SURE for question in self.engine.hangs_on([rule], self.answers))

    def _question(self, rule: Rule) -> str:
        """What to settle: first what the person was asked about and not sure of."""
        questions = self.engine.hangs_on([rule], self.answers)
        return next((q for q in questions if self.answers.get(q) == NOT_SURE), questions[0])


def _with_earlier(quiz: Quiz, steps: Sequence[str]) -> Iterator[str]:
    seen: set[str] = set()

    def walk(step: str) -> Iterator[str]:
        if step in seen:
            return
        seen.add(step)
        for before in quiz.steps[step].after:
            # Where the goal names it as well, it keeps the place that it has there.
            if before not in steps:
                yield from walk(before)
        yield step

    for step in steps:
        yield from walk(step)


__all__ = ["Kind", "NextStep", "Station", "in_order", "next_step", "plan_of"]
