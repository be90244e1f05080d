"""Links between the records of the quiz: everything that is named exists, and everything that exists is used."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from img_pathway.content import Document, Problem, nearest
from img_pathway.knowledge import Knowledge
from img_pathway.quiz.logic import ALWAYS, Rule, criteria_in
from img_pathway.quiz.model import FIRM, NOT_SURE, OTHER_BUTTONS, ROTATIONS, Choice, Quiz
from img_pathway.quiz.questions import Question
from img_pathway.quiz.wording import numbers_of_others, repeated_wordings
from img_pathway.reading.phrases import written_out

# All of them are held in memory, and made anew every day.
_MOST_FORMS = 5000

Where = Callable[..., tuple[Document, tuple[Any, ...]]]
"""From section, key and what is inside to the file and the path in it."""


def broken_links(quiz: Quiz, knowledge: Knowledge, where: Where) -> Iterator[Problem]:
    """Names that stand for nothing, cases and records that nothing leads to, and words that mean two things."""
    found = [
        *_names(quiz, knowledge),
        *_outcomes(quiz),
        *_questions(quiz),
        *_circles(quiz),
        *repeated_wordings(quiz),
        *numbers_of_others(quiz),
        *_unused(quiz),
    ]
    for place, message in found:
        document, path = where(*place)
        yield document.problem(path, message)


# All of them are held in memory, and made anew every day.
_MOST_FORMS = 5000

Found = Iterator[tuple[tuple[Any, ...], str]]


def _names(quiz: Quiz, knowledge: Knowledge) -> Found:
    for key, goal in quiz.goals.items():
        for field, known, what in (
            ("outcomes", quiz.outcomes, "outcome"), ("shows", quiz.outcomes, "outcome"), ("plan", quiz.steps, "step"),
        ):  # fmt: skip
            yield from _unknown(("goals", key, field), f'goal "{key}"', what, getattr(goal, field), known)
    for key, outcome in quiz.outcomes.items():
        name = f'outcome "{key}"'
        for case in outcome.cases:
            yield from _unknown(("outcomes", key, "facts"), name, "fact", case.facts, knowledge.facts)
        if outcome.topic:
            yield from _unknown(("outcomes", key, "topic"), name, "topic", [outcome.topic], knowledge.topics)
        yield from _unknown(("outcomes", key, "also_about"), name, "topic", outcome.also_about, knowledge.topics)
        if outcome.not_offered is not None and not outcome.offers:
            yield ("outcomes", key, "not_offered"), f"{name} offers no rotation, so nothing is left to not offer."
        if outcome.offers and outcome.offers not in ROTATIONS:
            near = nearest(outcome.offers, ROTATIONS)
            message = f'{name} offers "{outcome.offers}".{near} Use one of: {", ".join(ROTATIONS)}.'
            yield ("outcomes", key, "offers"), message
        for i, case in enumerate(outcome.cases):
            if case.silent and case.verdict != "info":
                message = f'{name} is silent about "{case.verdict}", which people have to hear. Use `verdict: info`.'
                yield ("outcomes", key, "cases", i), message
    for key, step in quiz.steps.items():
        yield from _unknown(("steps", key, "facts"), f'step "{key}"', "fact", step.facts, knowledge.facts)
        for field in ("after", "done_with"):
            yield from _unknown(("steps", key, field), f'step "{key}"', "step", getattr(step, field), quiz.steps)
    for i, (_, _, outlook, _) in enumerate(quiz.outlooks):
        yield from _unknown(("outlooks", str(i), "facts"), "this outlook", "fact", outlook.facts, knowledge.facts)


def _unknown(place: tuple[Any, ...], owner: str, what: str, used: Iterable[str], known: Container[str]) -> Found:
    for name in used:
        if name not in known:
            yield place, f'{owner} uses unknown {what} "{name}".{nearest(name, known)}'  # type: ignore[arg-type]


def _outcomes(quiz: Quiz) -> Found:
    for key, outcome in quiz.outcomes.items():
        if key not in quiz.hard_rules and any(case.verdict in FIRM for case in outcome.cases):
            message = f'outcome "{key}" can say yes or likely, so it needs `hard`: what has to hold then.'
            yield ("outcomes", key), message
    for key, rules in quiz.case_rules.items():
        *earlier, last = rules
        if last != ALWAYS:
            message = f'outcome "{key}": the last case must have no `when`, so that everybody gets an answer.'
            yield ("outcomes", key), message
        for i, rule in enumerate(earlier):
            if rule == ALWAYS:
                message = f'outcome "{key}": the cases after this one are never reached. Give it a `when`.'
                yield ("outcomes", key, "cases", i), message


def _questions(quiz: Quiz) -> Found:
    for key, question in quiz.questions.items():
        if question.kind == "choice" and len(question.options) < 2:
            yield ("questions", key), f'question "{key}" needs at least two options.'
        if key in OTHER_BUTTONS:
            yield ("questions", key), f'question "{key}" has the name of another kind of button. Rename it.'
        if NOT_SURE in question.options:
            message = f'question "{key}": "not sure" is added by itself. Take the option out.'
            yield ("questions", key, "options", NOT_SURE), message
        yield from _words_of(key, question, quiz)


def _words_of(key: str, question: Question, quiz: Quiz) -> Found:
    """Options and facts that the words of a question lead to and that do not exist; phrases that stand for too many."""
    own = f'question "{key}"'
    lists: list[tuple[tuple[Any, ...], Iterable[str]]] = [
        (("places",), [question.places] if question.places else []),
        (("countries",), question.countries),
        *((("several", i), one.means) for i, one in enumerate(question.several)),
        *((("hears", i), (*heard.means, *(heard.denied or ()))) for i, heard in enumerate(question.hears)),
    ]
    for place, names in lists:
        yield from _unknown(("questions", key, *place), own, "option", names, question.options)
    for i, heard in enumerate(question.hears):
        yield from _of_others(("questions", key, "hears", i), heard.not_with, quiz)
        for said in heard.about:
            if sum(1 for _ in islice(written_out(said), _MOST_FORMS + 1)) > _MOST_FORMS:
                message = f'{own} hears "{said[:40]}…", which stands for over {_MOST_FORMS} phrases. Write several.'
                yield ("questions", key, "hears", i), message


def _of_others(place: tuple[Any, ...], used: Mapping[str, Iterable[str]], quiz: Quiz) -> Found:
    """Questions, and options of theirs, that a record of another question names and that do not exist."""
    for other, options in used.items():
        yield from _unknown(place, "this record", "question", [other], quiz.questions)
        if other in quiz.questions:
            yield from _unknown(place, "this record", f'option of "{other}"', options, quiz.questions[other].options)


def _circles(quiz: Quiz) -> Found:
    """Steps that wait for themselves, by way of the steps before them."""

    def earlier(step: str, seen: frozenset[str]) -> frozenset[str]:
        for before in quiz.steps[step].after:
            if before in quiz.steps and before not in seen:
                seen = earlier(before, seen | {before})
        return seen

    for key in quiz.steps:
        if key in earlier(key, frozenset()):
            yield ("steps", key, "after"), f'step "{key}" has to be done before itself. Take one of `after` out.'


def _unused(quiz: Quiz) -> Found:
    """Options, criteria, outcomes and steps that nothing leads to: dead content misleads its editors."""
    choices = [test for test in quiz.tests.values() if isinstance(test, Choice)]
    tested = {(choice.question, option) for choice in choices for option in choice.options}
    for key, question in quiz.questions.items():
        for option in question.options:
            # One option may be the "otherwise" of all the others.
            others = [o for o in question.options if o != option]
            if (key, option) not in tested and not all((key, o) in tested for o in others):
                message = f'option "{option}" of "{key}" is used by no criterion, so it decides nothing.'
                yield ("questions", key, "options", option), message
    rules = [rule for rules in (*quiz.case_rules.values(), *quiz.step_rules.values()) for rule in rules]
    rules += [test for test in quiz.tests.values() if isinstance(test, Rule)]
    rules += [*quiz.not_offered_rules.values(), *quiz.possible_rules.values(), *quiz.unless_rules.values()]
    rules += [
        *(rule for rule, _ in quiz.openings),
        *(rule for when, unless, _, _ in quiz.outlooks for rule in (when, unless)),
    ]
    used = {
        "criteria": {criterion for rule in rules for criterion in criteria_in(rule)},
        "outcomes": {outcome for goal in quiz.goals.values() for outcome in (*goal.outcomes, *goal.shows)},
        "steps": {step for goal in quiz.goals.values() for step in goal.plan}
        | {step for record in quiz.steps.values() for step in record.after},
    }
    why = {
        "criteria": 'criterion "{}" is used by no outcome, step or other criterion',
        "outcomes": 'outcome "{}" belongs to no goal, so nobody can reach it',
        "steps": 'step "{}" belongs to no goal\'s plan',
    }
    for section, names in used.items():
        for key in getattr(quiz, section):
            if key not in names:
                yield (section, key), f"{why[section].format(key)}. Use it or take it out."
