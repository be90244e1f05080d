"""Whether the examples of the intents can teach anything: enough of them, each under one intent, and plain text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from img_pathway.content import Problem, nearest
from img_pathway.knowledge.text import normalize
from img_pathway.staff.training_data import Example, TrainingData

_FEWEST = 5
_ANNOTATION = re.compile(r"\[[^\[\]()]+\](?:\((\w+)\)|\{[^{}]*\"entity\": *\"(\w+)\"[^{}]*\})")


def check_examples(data: TrainingData) -> Iterator[Problem]:
    """Problems of single examples and of the set of examples of each intent."""
    yield from _repeated(data.examples)
    entities = [entity.name for entity in data.entities]
    for example in data.examples:
        yield from _malformed(example, entities)
    counts = Counter(example.intent.name for example in data.examples)
    for block in {block.name: block for block in reversed(data.example_blocks)}.values():
        if counts[block.name] < _FEWEST:
            yield block.problem(
                f'intent "{block.name}" has {counts[block.name]} examples, too few to learn from. '
                f"Write at least {_FEWEST}."
            )


def _repeated(examples: list[Example]) -> Iterator[Problem]:
    first: dict[str, Example] = {}
    for example in examples:
        # What is nothing but signs ("?!") is compared as it stands.
        other = first.setdefault(normalize(example.text) or example.text, example)
        if other.intent.name != example.intent.name:
            there = f"{other.intent.file}:{other.intent.line}"
            yield example.intent.problem(
                f'the example "{example.text}" stands under "{example.intent.name}" and under '
                f'"{other.intent.name}" ({there}). Keep it in one place.'
            )


def _malformed(example: Example, entities: list[str]) -> Iterator[Problem]:
    if not example.text:
        yield example.intent.problem("an example is empty. Write one or take the line out.")
    if example.text.startswith("/"):
        yield example.intent.problem(
            f'the example "{example.text}" begins with "/", which Rasa takes for a command. Take the "/" out.'
        )
    for match in _ANNOTATION.finditer(example.text):
        name = match[1] or match[2]
        if name not in entities:
            yield example.intent.problem(f'unknown entity "{name}" in an example.{nearest(name, entities)}')
    if re.search(r"[\[\]{}]", _ANNOTATION.sub("", example.text)):
        yield example.intent.problem(
            f'the example "{example.text[:60]}" holds a bracket that is no whole annotation. '
            "Write [word](entity), or take the bracket out."
        )
