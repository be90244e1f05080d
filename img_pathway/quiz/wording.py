"""Words that would mean two things: what a person types has to pick one answer, one goal or one question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from img_pathway.knowledge.text import normalize
from img_pathway.quiz.model import Quiz

Said = tuple[str, str, tuple[Any, ...]]
"""A wording, what it means, and where it stands."""


def repeated_wordings(quiz: Quiz) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Each second use of a wording, as its place (section, key and so on) and what is wrong."""
    for key, question in quiz.questions.items():
        at = ("questions", key, "options")
        yield from _twice(
            [
                *(
                    (word, option, (*at, option, "label" if i == 0 else "also"))
                    for option, record in question.options.items()
                    for i, word in enumerate((record.label, *record.also))
                ),
                *(
                    (word, ", ".join(one.means), ("questions", key, "several", i))
                    for i, one in enumerate(question.several)
                    for word in one.said
                ),
            ]
        )
        yield from _twice(
            (word, ", ".join(heard.means), ("questions", key, "hears", i, "about"))
            for i, heard in enumerate(question.hears)
            for word in heard.about
        )
    yield from _twice(
        (word, goal, ("goals", goal, "label" if i == 0 else "also"))
        for goal, record in quiz.goals.items()
        for i, word in enumerate((record.label, *record.also))
    )
    yield from _twice(
        (word, key, ("questions", key, "name" if i == 0 else "also"))
        for key, question in quiz.questions.items()
        for i, word in enumerate((question.name, *question.also))
    )


def numbers_of_others(quiz: Quiz) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Each other name of an option that is the number of another one, as its place and what is wrong."""
    for key, question in quiz.questions.items():
        for number, (option, record) in enumerate(question.options.items(), 1):
            for word in record.also:
                said = normalize(word)
                if said.isdigit() and 1 <= int(said) <= len(question.options) + 1 and int(said) != number:
                    place = ("questions", key, "options", option, "also")
                    yield place, f'"{word}" is the number of another option here, which a number picks. Take it out.'


def _twice(said: Iterable[Said]) -> Iterator[tuple[tuple[Any, ...], str]]:
    meanings: dict[str, str] = {}
    for word, meaning, place in said:
        first = meanings.setdefault(normalize(word), meaning)
        if first != meaning:
            yield place, f'"{word}" already means "{first}" here. Keep it in one place.'
