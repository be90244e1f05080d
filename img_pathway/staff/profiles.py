"""Who gets which verdict: for an outcome, all combinations of the answers that matter, and what differs between two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from img_pathway.quiz import Engine
from img_pathway.quiz.lens import Lens, Verdict, choices, verdict
from img_pathway.quiz.model import NOT_SURE, Span
from img_pathway.quiz.state import Answer

Row = tuple[tuple[str, tuple[Answer, ...]], ...]


def rows(lens: Lens, place: int) -> Iterator[tuple[Row, int]]:
    """Answers that matter from a place on; those that lead to the same rows stand together."""
    question = lens.asks(place)
    if question is None:
        yield (), place
        return
    together: dict[object, list[Answer]] = {}
    for answer in choices(lens.engine, question):
        together.setdefault(_shape(lens, lens.after(place, question, answer)), []).append(answer)
    for answers in together.values():
        for row, end in rows(lens, lens.after(place, question, answers[0])):
            yield ((question, tuple(answers)), *row), end


def _shape(lens: Lens, place: int) -> object:
    """What a place leads to, so that two that lead to the same can be told."""
    question = lens.asks(place)
    if question is None:
        return lens.verdict(place)
    answers = choices(lens.engine, question)
    return question, *(_shape(lens, lens.after(place, question, answer)) for answer in answers)


def in_words(engine: Engine, row: Row) -> str:
    """The people of a row: the answers that matter, joined by "or" where they lead to the same."""
    return ", ".join(f"{q} = {_said(engine, q, answers)}" for q, answers in row) or "everybody"


def verdict_in_words(found: Verdict) -> str:
    """A verdict with its label."""
    return "depends" if found is None else f"{found[0]}: {found[1]}" if found[1] else found[0]


@dataclass(frozen=True)
class Changed:
    """People whose verdict on an outcome is another now."""

    outcome: str
    people: str
    before: str
    after: str


def changed_verdicts(before: Engine, after: Engine) -> list[Changed]:
    """Everybody whose verdict differs between two engines, each named once, and outcomes that are new or gone."""
    found = []
    for outcome in sorted({*before.quiz.outcomes, *after.quiz.outcomes}):
        if outcome not in after.quiz.outcomes:
            found.append(Changed(outcome, "everybody", "decided", "no longer an outcome"))
        elif outcome not in before.quiz.outcomes:
            found.append(Changed(outcome, "everybody", "not an outcome yet", "decided"))
        else:
            there = {c.people: c for c in _other_verdicts(before, after, outcome)}
            back = (Changed(c.outcome, c.people, c.after, c.before) for c in _other_verdicts(after, before, outcome))
            found += {**there, **{c.people: c for c in back}}.values()
    return found


def _other_verdicts(engine: Engine, other: Engine, outcome: str) -> Iterator[Changed]:
    """The people of one engine's rows whom the other decides differently."""
    lens = Lens(engine, outcome)
    for row, end in rows(lens, lens.start):
        answers = {question: given[0] for question, given in row if _knows(other, question, given[0])}
        there = verdict(other, outcome, answers)
        if there == lens.verdict(end):
            continue
        # Where the other has more to ask, its own rows tell these people apart.
        if there is not None or not other.open_questions((outcome,), answers):
            yield Changed(outcome, in_words(engine, row), verdict_in_words(lens.verdict(end)), verdict_in_words(there))


def _knows(engine: Engine, question: str, answer: Answer) -> bool:
    record = engine.quiz.questions.get(question)
    return record is not None and (answer == NOT_SURE or record.kind != "choice" or answer in record.options)


def _said(engine: Engine, question: str, answers: tuple[Answer, ...]) -> str:
    every = choices(engine, question)
    others = [a for a in every if a not in answers]
    if len(others) == 1 and len(answers) > 2:
        return f"not {_name(engine, question, others[0])}"
    return " or ".join(_name(engine, question, answer) for answer in answers)


def _name(engine: Engine, question: str, answer: Answer) -> str:
    if answer == NOT_SURE:
        return "?"
    if not isinstance(answer, int):
        return str(answer)
    limits = [t for t in engine.quiz.tests.values() if isinstance(t, Span) and t.question == question]
    first = min(a for a in choices(engine, question) if isinstance(a, int))
    offset = answer - engine.quiz.match_year
    return f"match year {offset:+d} or {'earlier' if answer == first and limits else 'later'}"
