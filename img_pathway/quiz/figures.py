"""Figures in texts: `{fact_id}` stands for that fact's value, so that a figure has one place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from img_pathway.content import Document, Problem, Record, nearest
from img_pathway.knowledge import Knowledge

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

Figures = Mapping[str, str]


def figures(knowledge: Knowledge, match_year: int) -> dict[str, str]:
    """What braces may hold: facts that state a value, and the year of the Match that people aim at."""
    values = {id_: str(fact.value) for id_, fact in knowledge.facts.items() if fact.value is not None}
    return {**values, "match_year": str(match_year)}


AT_THE_TALK = {name: f"{{{name}}}" for name in ("realistic_year", "latest_year")}
"""Names in braces that are filled in for a person, when the sentence is said."""


def placeholders(text: str) -> list[str]:
    """Return the names that stand in braces in a text."""
    return _PLACEHOLDER.findall(text)


def unknown_figures(document: Document, knowledge: Knowledge, known: Figures) -> Iterator[Problem]:
    """Braces in a file that name no fact, or a fact without a value."""
    for path, text in _texts(document.data, ()):
        for name in placeholders(text):
            if name in known:
                continue
            if name in knowledge.facts:
                yield document.problem(path, f'fact "{name}" has no value to put in the text. Give it one.')
            else:
                yield document.problem(path, f'unknown fact "{name}" in braces.{nearest(name, known)}')


def filled(value: Any, known: Figures) -> Any:
    """A record, or what is in one, with all braces in its texts filled in."""
    if isinstance(value, str):
        return _PLACEHOLDER.sub(lambda match: known.get(match[1], match[0]), value) if "{" in value else value
    if isinstance(value, dict):
        return {key: filled(item, known) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(filled(item, known) for item in value)
    if isinstance(value, Record):
        return type(value).construct(**filled(dict(value), known))
    return value


def _texts(data: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, item in data.items():
            yield from _texts(item, (*path, key))
    elif isinstance(data, list):
        for i, item in enumerate(data):
            yield from _texts(item, (*path, i))
