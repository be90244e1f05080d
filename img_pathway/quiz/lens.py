"""All people whom one outcome tells apart: what answers leave of its rules, each such residual taken once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from img_pathway.quiz.engine import Engine, is_settled
from img_pathway.quiz.logic import Is, Rule, Truth
from img_pathway.quiz.model import NOT_SURE, Choice, Span
from img_pathway.quiz.state import Answer

Answers = dict[str, Answer]
Verdict = tuple[str, str | None] | None
"""Verdict and label; none where it hangs on what the person is not sure of."""


def choices(engine: Engine, question: str) -> list[Answer]:
    """Answers to a question that may differ: its options, or years at each limit and just beyond; "not sure" last."""
    record = engine.quiz.questions[question]
    if record.kind == "choice":
        return [*record.options, NOT_SURE]
    spans = [t for t in engine.quiz.tests.values() if isinstance(t, Span) and t.question == question]
    low = {b + d for s in spans if (b := s.at_least) is not None for d in (-1, 0)}
    high = {b + d for s in spans if (b := s.at_most) is not None for d in (0, 1)}
    return [*sorted(low | high), NOT_SURE]


def verdict(engine: Engine, outcome: str, answers: Mapping[str, Answer]) -> Verdict:
    """The verdict on one outcome."""
    case = engine.decide(outcome, answers).case
    return (case.verdict, case.label) if case else None


class Lens:
    """One outcome and what answers leave of its rules, each residual numbered and known by its first answers."""

    def __init__(self, engine: Engine, outcome: str) -> None:
        """Begin with nothing answered."""
        self.engine, self.outcome = engine, outcome
        self.answers: list[Answers] = []
        self._ids: dict[Hashable, int] = {}
        self._next: dict[tuple[int, str, Answer], int] = {}
        self._open: dict[int, frozenset[str]] = {}
        self._verdicts: dict[int, Verdict] = {}
        self.start = self._number({})

    def after(self, place: int, question: str, answer: Answer) -> int:
        """The residual after one more answer; the same, where its first answers show that it no longer matters."""
        if question in self.answers[place]:
            return place
        key = place, question, answer
        if key not in self._next:
            self._next[key] = self._number({**self.answers[place], question: answer})
        return self._next[key]

    def open(self, place: int) -> frozenset[str]:
        """Questions that the outcome still asks."""
        if place not in self._open:
            self._open[place] = frozenset(self.engine.open_questions((self.outcome,), self.answers[place]))
        return self._open[place]

    def verdict(self, place: int) -> Verdict:
        """The outcome's verdict."""
        if place not in self._verdicts:
            self._verdicts[place] = verdict(self.engine, self.outcome, self.answers[place])
        return self._verdicts[place]

    def asks(self, place: int) -> str | None:
        """The outcome's own next question."""
        wanted = self.open(place)
        return next((question for question in self.engine.quiz.questions if question in wanted), None)

    def _number(self, answers: Answers) -> int:
        known = self.engine.known(answers)
        rules = self.engine.quiz.case_rules[self.outcome]
        left = tuple((i, self._left(rules[i], answers)) for i in self.engine.possible_cases(self.outcome, known))
        if left not in self._ids:
            self._ids[left] = len(self.answers)
            self.answers.append(answers)
        return self._ids[left]

    def _left(self, rule: Rule, answers: Answers) -> Hashable:
        """What is left of a rule: settled parts gone, and of the rest whether it can still be asked."""
        known = self.engine.known(answers)
        if (truth := rule.truth(known)) is not Truth.UNKNOWN:
            return truth
        if isinstance(rule, Is):
            test = self.engine.quiz.tests[rule.criterion]
            if isinstance(test, (Choice, Span)):
                return rule.criterion, is_settled(answers.get(test.question))
            return self._left(test, answers)
        parts = (self._left(part, answers) for part in rule.parts)
        return type(rule).__name__, *(part for part in parts if not isinstance(part, Truth))
