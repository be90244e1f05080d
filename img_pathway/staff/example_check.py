"""Whether the examples of the intents can teach anything: enough of them, each under one intent, and plain text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from img_pathway.content import ContentError, Problem, load_document, nearest, read_records
from img_pathway.dialogue.utterances import UtteranceFile
from img_pathway.knowledge.text import normalize
from img_pathway.staff.link_check import SET_BY_PIPELINE
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


def check_calibration(root: Path, data: TrainingData) -> Iterator[Problem]:
    """Utterances of data/calibration.yml that cannot be read, that expect unknown labels, or that are examples too."""
    try:
        document = load_document(root / "data" / "calibration.yml", root)
        utterances = read_records(document, UtteranceFile).utterances
    except ContentError as error:
        yield from error.problems
        return
    known = {block.name for block in data.example_blocks} | set(SET_BY_PIPELINE)
    examples = {example.words for example in data.examples}
    for i, utterance in enumerate(utterances):
        at, said = ("utterances", i), utterance.text[:60]
        for label in (*utterance.expect, *(label for part in utterance.parts for label in part)):
            if label not in known:
                yield document.problem(at, f'"{said}" expects unknown label "{label}".{nearest(label, known)}')
        if normalize(utterance.text) in examples:
            yield document.problem(at, f'"{said}" is an example too, so it tests nothing. Take one of the two out.')


def _repeated(examples: list[Example]) -> Iterator[Problem]:
    first: dict[str, Example] = {}
    for example in examples:
        other = first.setdefault(_same_words(example), example)
        if other.intent.name != example.intent.name:
            there = f"{other.intent.file}:{other.intent.line}"
            like = "" if other.text == example.text else f' as "{other.text}"'
            yield example.intent.problem(
                f'the example "{example.text}" stands under "{example.intent.name}" and{like} under '
                f'"{other.intent.name}" ({there}). Keep it in one place.'
            )


def _same_words(example: Example) -> str:
    """The words in an order of their own; what is nothing but signs ("?!") is compared as it stands."""
    return " ".join(sorted(set(example.words.split()))) or example.text


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
