"""Where a person is in the quiz: plain data that goes into one slot and comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from img_pathway.quiz.model import NOT_SURE, Quiz

Answer = str | int | tuple[str, ...]
"""An option, a year, "not_sure", or the options that a story has left possible."""


@dataclass(frozen=True)
class State:
    """Answers by question id; `trail` keeps the order in which they were settled, for going back."""

    goal: str | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    trail: tuple[str, ...] = ()
    asked: str | None = None
    about: str | None = None
    """The relative or friend for whom a person asks."""
    wanted: str | None = None
    """A question that the person wants to answer again, whether or not a verdict depends on it."""
    verdicts: Mapping[str, str] = field(default_factory=dict)
    """The verdicts of the last result that was shown, by outcome."""

    def with_answer(self, question: str, answer: Answer) -> State:
        """The state after one more answer; an earlier one to the same question is replaced."""
        trail = (*(q for q in self.trail if q != question), question)
        wanted = None if question == self.wanted else self.wanted
        return replace(self, answers={**self.answers, question: answer}, trail=trail, wanted=wanted)

    def without(self, question: str) -> State:
        """The state as if a question had never been answered."""
        answers = {q: a for q, a in self.answers.items() if q != question}
        return replace(self, answers=answers, trail=tuple(q for q in self.trail if q != question))

    def to_slot(self) -> dict[str, Any]:
        """JSON for a tracker slot."""
        return asdict(self)

    @staticmethod
    def from_slot(value: Mapping[str, Any] | None, quiz: Quiz) -> State:
        """The state in a slot; what today's content no longer knows is dropped."""
        if not value:
            return State()
        answers: dict[str, Answer] = {}
        for name, raw in (value.get("answers") or {}).items():
            answer = tuple(raw) if isinstance(raw, list) else raw
            if name in quiz.questions and _fits(quiz, name, answer):
                answers[name] = answer
        goal = value.get("goal")
        verdicts = {o: verdict for o, verdict in (value.get("verdicts") or {}).items() if o in quiz.outcomes}
        asked, wanted = value.get("asked"), value.get("wanted")
        return State(
            goal if goal in quiz.goals else None,
            answers,
            tuple(q for q in value.get("trail") or () if q in answers),
            asked if asked in quiz.questions or asked == "goal" else None,
            value.get("about"),
            wanted if wanted in quiz.questions else None,
            verdicts,
        )


def _fits(quiz: Quiz, name: str, answer: Answer) -> bool:
    question = quiz.questions[name]
    if answer == NOT_SURE:
        return True
    if question.kind == "year":
        return isinstance(answer, int)
    chosen = answer if isinstance(answer, tuple) else (answer,)
    return bool(chosen) and all(option in question.options for option in chosen)
