"""Teaching the bot a way of asking: one more example under its label, and nothing else changed."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from img_pathway.content import ContentError, Problem
from img_pathway.content.editing import read_exactly, rows_of, with_row_after, with_row_changed, words_of, write_exactly
from img_pathway.content.strict_yaml import read_document
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.labels import ASK, FAQ
from img_pathway.dialogue.utterances import read_utterances
from img_pathway.knowledge.text import normalize
from img_pathway.staff.example_header import counted
from img_pathway.staff.masking import mask
from img_pathway.staff.training_data import Example, TrainingData, read_training_data

_NEARLY, _LIKE = 90, 60
_LONGEST = 400
_MEASURES = ("data/calibration.yml", "tests/understanding/heldout.yml")


class Refused(Exception):
    """A phrase that must not be written, or a label that is none, with the reason in words."""


@dataclass(frozen=True)
class Lesson:
    """What was written where."""

    label: str
    place: str
    """File and line of the new example."""
    also_changed: tuple[int, ...]
    """Lines of the header that counts examples."""
    warnings: tuple[str, ...]


def teach(root: Path, bot: Bot, phrase: str, label: str) -> Lesson:
    """Write a phrase under a label; raises Refused, and ContentError where the files are not in order."""
    data = read_training_data(root)
    if data.problems:
        raise ContentError(data.problems)
    phrase = _cleaned(phrase)
    _refuse_what_is_there(root, bot, data, phrase, label)
    block = next(block for block in data.example_blocks if block.name == label)
    text = read_exactly(root / block.file)
    new, line = with_example(text, block.file, data.examples, label, phrase)
    new, changed = with_header(new, block.file, data.examples, label, phrase)
    _hold_together(text, new, block.file)
    write_exactly(root / block.file, new)
    return Lesson(label, f"{block.file}:{line}", changed, tuple(_near(data.examples, label, phrase)))


def label_of(bot: Bot, data: TrainingData, name: str) -> tuple[str, str]:
    """The label that a name stands for, and why it was taken; raises Refused with the nearest known name."""
    labels = sorted({block.name for block in data.example_blocks})
    if name in labels:
        return name, ""
    fact = bot.knowledge.facts.get(name)
    if fact is None:
        # People leave out what stands before the slash.
        known = {id_: id_ for id_ in bot.knowledge.facts} | {label.split("/")[-1]: label for label in labels}
        known |= {label: label for label in labels}
        near = process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=_LIKE)
        hint = f' Did you mean "{known[near[0]]}"?' if near else ""
        raise Refused(f'There is no label and no fact "{name}".{hint}')
    # A belief is judged, and other questions only mention the fact: the one that begins with it is about it.
    for id_, faq in bot.knowledge.faq.items():
        if faq.facts[0] == name and not faq.verdict and f"{FAQ}/{id_}" in labels:
            return f"{FAQ}/{id_}", f'The fact {name} answers the common question "{faq.asks}"'
    label = next((f"{ASK}/{attribute}" for attribute in fact.answers if f"{ASK}/{attribute}" in labels), None)
    if label is None:
        raise Refused(f'Nothing asks for the fact "{name}" yet. Write a common question first (data/README.md).')
    topic = bot.knowledge.topics[fact.topic].name
    return label, f'No common question is about the fact {name}; it answers {label} ("{topic}" is found by its names).'


def with_example(text: str, file: str, examples: list[Example], label: str, phrase: str) -> tuple[str, int]:
    """The text of a file with one more example below the last of its label, and its line."""
    last = max(e.intent.line for e in examples if e.intent.name == label and e.intent.file == file)
    row = words_of(rows_of(text)[last - 1])
    indent = row[: len(row) - len(row.lstrip())]
    return with_row_after(text, last, f"{indent}- {phrase}"), last + 1


def with_header(text: str, file: str, examples: list[Example], label: str, phrase: str) -> tuple[str, tuple[int, ...]]:
    """The text with true numbers in the header, and the lines that were changed."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        if example.intent.file == file:
            by_label[example.intent.name].append(example.text)
    by_label[label].append(phrase)
    changed = []
    for line, row in enumerate(rows_of(text), 1):
        if not row.startswith("#"):
            break
        true = counted(words_of(row), by_label)
        if true != words_of(row):
            text = with_row_changed(text, line, true)
            changed.append(line)
    return text, tuple(changed)


def _cleaned(phrase: str) -> str:
    words = " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in phrase).split())
    words = words.removeprefix("- ")
    if not normalize(words):
        raise Refused("There are no words to teach.")
    if len(words) > _LONGEST:
        raise Refused(f"The phrase has {len(words)} characters; at most {_LONGEST} fit. Take what asks out of it.")
    if words.startswith("/") or re.search(r"[\[\]{}]", words):
        raise Refused('No brackets, braces or "/" at the beginning: Rasa would read more into them. Take them out.')
    if mask(words) != words:
        raise Refused(f"The phrase may show who wrote it. Teach it without that: {mask(words)}")
    return words


def _refuse_what_is_there(root: Path, bot: Bot, data: TrainingData, phrase: str, label: str) -> None:
    words = normalize(phrase)
    there = next((e for e in data.examples if e.words == words), None)
    if there:
        at = f"{there.intent.file}:{there.intent.line}"
        same = there.intent.name == label
        advice = "Nothing to do." if same else "Take it out there first if it fits better here."
        raise Refused(f"The phrase is there already, under {there.intent.name} ({at}). {advice}")
    asked = bot.knowledge.by_words.get(words)
    if asked:
        raise Refused(f"The phrase is the question of faq/{asked} itself, which counts as an example already.")
    for name in _MEASURES:
        path = root / name
        if path.exists() and any(normalize(utterance.text) == words for utterance in read_utterances(path)):
            raise Refused(f"The phrase stands in {name}, which measures the bot. Say it in other words.")


def _near(examples: list[Example], label: str, phrase: str) -> list[str]:
    others = {i: e.words for i, e in enumerate(examples) if e.intent.name != label}
    near = process.extract(normalize(phrase), others, scorer=fuzz.ratio, score_cutoff=_NEARLY, limit=3)
    found = [examples[i] for _, _, i in near]
    return [
        f'It is nearly the same as "{e.text}" under {e.intent.name} ({e.intent.file}:{e.intent.line}). '
        "Two labels for one phrase confuse the bot: take one of the two out."
        for e in found
    ]


def _hold_together(before: str, after: str, file: str) -> None:
    """The file reads as before but for one more example; raises ContentError."""
    old, new = read_document(before, file).data, read_document(after, file).data
    longer = [entry for entry, now in zip(old["nlu"], new["nlu"], strict=True) if entry != now]
    if len(longer) != 1 or {**old, "nlu": 0} != {**new, "nlu": 0}:
        raise ContentError([Problem(file, 1, "the example would change more than its own line. Write it yourself.")])
