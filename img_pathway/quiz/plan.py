"""The plan of a person: what is done, the one next step that is possible now, and what is ahead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from img_pathway.quiz.engine import Engine
from img_pathway.quiz.logic import ALWAYS, Known, Truth
from img_pathway.quiz.model import Quiz
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
    known, quiz = engine.known(answers), engine.quiz
    named = set(quiz.goals[goal].plan)
    found: list[Station] = []
    for step in _with_earlier(quiz, quiz.goals[goal].plan):
        done, needed = engine.standing(step, known)
        # What a goal does not name, or what need not concern the person, is shown only while it is open.
        is_shown = done is not Truth.YES or (step in named and needed is Truth.YES)
        if is_shown and needed is not Truth.NO:
            found.append(Station(step, done, needed))
    return tuple(found)


def next_step(engine: Engine, plan: Sequence[Station], answers: Mapping[str, Answer]) -> NextStep:
    """Return the first step that is missing and possible now; what is unknown before it has to be settled first."""
    known, quiz = engine.known(answers), engine.quiz
    waiting: str | None = None
    for station in plan:
        step = station.step
        if station.done is Truth.YES or not all(_is_behind(engine, known, before) for before in quiz.steps[step].after):
            continue
        done, needed = quiz.step_rules[step]
        possible = quiz.possible_rules.get(step, ALWAYS)
        # Whether it applies comes first: nobody need look up what does not concern them.
        for rule in () if possible.truth(known) is Truth.NO else (needed, done, possible):
            if rule.truth(known) is Truth.UNKNOWN:
                return NextStep("find_out", step, engine.hangs_on([rule], answers)[0])
        if possible.truth(known) is Truth.NO:
            continue
        if not quiz.steps[step].waits:
            return NextStep("do", step)
        waiting = waiting or step
    if waiting:
        return NextStep("wait", waiting)
    return NextStep("all_done" if all(station.done is Truth.YES for station in plan) else "closed")


def in_order(plan: Sequence[Station], here: str | None) -> list[Station]:
    """Return the steps as they are shown: what is done, where the person is, and the rest, each in staff's order."""
    done = [s for s in plan if s.done is Truth.YES]
    at = [s for s in plan if s.step == here and s.done is not Truth.YES]
    return [*done, *at, *(s for s in plan if s.done is not Truth.YES and s.step != here)]


def _is_behind(engine: Engine, known: Known, step: str) -> bool:
    """Whether a step is known to be done, or known not to concern the person."""
    done, needed = engine.standing(step, known)
    return done is Truth.YES or needed is Truth.NO


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
