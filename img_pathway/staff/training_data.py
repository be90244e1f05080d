"""What domain.yml and data/conversation define and use, each thing with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from img_pathway.content import ContentError, Document, Problem, load_document, nearest
from img_pathway.knowledge.text import normalize

_SECTIONS = ("version", "nlu", "rules", "stories", "responses")
_NLU_KINDS = ("intent", "synonym", "regex", "lookup")
_STEP_KEYS = (
    "intent", "action", "or", "active_loop", "slot_was_set", "checkpoint", "entities", "user", "bot", "metadata",
)  # fmt: skip
_VERSION = 'write `version: "3.1"` (with quotes) at the top, or Rasa does not read the file as it is meant.'


@dataclass(frozen=True)
class Named:
    """A name in a file: of an intent, an action, a slot …"""

    name: str
    file: str
    line: int

    def problem(self, message: str) -> Problem:
        """A problem at the place of the name."""
        return Problem(self.file, self.line, message)


@dataclass(frozen=True)
class Example:
    """One way in which people say an intent."""

    text: str
    intent: Named

    @cached_property
    def words(self) -> str:
        """The normalized text, for comparisons with others."""
        return normalize(self.text)


@dataclass
class TrainingData:
    """All that is defined and used; lists keep the order of the files."""

    intents: list[Named] = field(default_factory=list)
    entities: list[Named] = field(default_factory=list)
    slots: list[Named] = field(default_factory=list)
    actions: list[Named] = field(default_factory=list)
    forms: list[Named] = field(default_factory=list)
    form_slots: list[tuple[str, Named]] = field(default_factory=list)
    responses: list[Named] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
    example_blocks: list[Named] = field(default_factory=list)
    used: dict[str, list[Named]] = field(default_factory=lambda: {"intent": [], "action": [], "slot": [], "loop": []})
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    """Words of files that cannot be read: what they define is not missing, only unread."""


def read_training_data(root: Path) -> TrainingData:
    """Read domain.yml and data/conversation; what cannot be read is listed under `problems`."""
    found = TrainingData()
    for path in [root / "domain.yml", *sorted((root / "data/conversation").rglob("*.yml"))]:
        try:
            document = load_document(path, root)
        except ContentError as error:
            found.problems += error.problems
            if path.exists():
                found.unread.update(re.findall(r"\w+", path.read_text(encoding="utf-8", errors="replace")))
            continue
        if not isinstance(document.data, dict):
            found.problems.append(
                Problem(document.file, 1, f"the file must start with one of: {', '.join(_SECTIONS)}.")
            )
            continue
        if not isinstance(document.data.get("version"), str):
            found.problems.append(document.problem(("version",), _VERSION))
        _Reading(document, found).read(is_domain=path.name == "domain.yml" and path.parent == root)
    return found


class _Reading:
    """Takes one file apart."""

    def __init__(self, document: Document, found: TrainingData) -> None:
        self.document, self.found = document, found

    def read(self, *, is_domain: bool) -> None:
        data = self.document.data
        if is_domain:
            self._domain()
        else:
            for section in data:
                if section not in _SECTIONS:
                    known = ", ".join(_SECTIONS)
                    self._complain(
                        (section,), f'"{section}" does not belong here.{nearest(section, _SECTIONS)} {known}.'
                    )
            for i, item in enumerate(self._list("nlu")):
                self._nlu(("nlu", i), item)
            for section in ("rules", "stories"):
                for i, item in enumerate(self._list(section)):
                    self._story((section, i), item)
        self.found.responses += self._responses(data.get("responses"))

    def _complain(self, path: tuple[Any, ...], message: str) -> None:
        self.found.problems.append(self.document.problem(path, message))

    def _named(self, name: Any, *path: Any) -> Named:
        return Named(str(name), self.document.file, self.document.line(path))

    def _list(self, section: str) -> list[Any]:
        items = self.document.data.get(section)
        if items is None:
            return []
        if not isinstance(items, list):
            self._complain((section,), f'"{section}" must hold a list: each entry starts with "- ".')
            return []
        return items

    def _domain(self) -> None:
        data = self.document.data
        for section in ("intents", "entities", "actions"):
            for i, item in enumerate(self._list(section)):
                name = next(iter(item)) if isinstance(item, dict) and item else item
                getattr(self.found, section).append(self._named(name, section, i))
        for section, known in (("slots", self.found.slots), ("forms", self.found.forms)):
            known.extend(self._named(name, section, name) for name in data.get(section) or {})
        for form, record in (data.get("forms") or {}).items():
            slots = (record or {}).get("required_slots") or [] if isinstance(record, dict) else []
            self.found.form_slots += [
                (form, self._named(slot, "forms", form, "required_slots", i)) for i, slot in enumerate(slots)
            ]

    def _responses(self, responses: Any) -> Iterator[Named]:
        for name, texts in (responses or {}).items() if isinstance(responses, dict) else ():
            yield self._named(name, "responses", name)
            said = [t.get("text") for t in texts if isinstance(t, dict)] if isinstance(texts, list) else []
            if not said or len(said) != len(texts) or not all(isinstance(text, str) and text for text in said):
                self._complain(("responses", name), f'response "{name}" needs texts: a line `- text: "…"` below it.')

    def _nlu(self, path: tuple[Any, ...], item: Any) -> None:
        if not isinstance(item, dict) or not any(kind in item for kind in _NLU_KINDS):
            first = next(iter(item), "") if isinstance(item, dict) else str(item)
            self._complain(path, f'an entry under nlu starts with one of {", ".join(_NLU_KINDS)}, not "{first}".')
            return
        examples = item.get("examples")
        if not isinstance(examples, str):
            self._complain(path, 'the examples are missing. Write `examples: |` and below it one "- …" a line.')
            return
        if "intent" not in item:
            return
        intent = self._named(item["intent"], *path, "intent")
        self.found.example_blocks.append(intent)
        first = self.document.line((*path, "examples")) + 1
        for line, text in enumerate(examples.split("\n"), first):
            place = Named(intent.name, self.document.file, line)
            if text.startswith("- "):
                self.found.examples.append(Example(text[2:].strip(), place))
            elif text.strip():
                self.found.problems.append(place.problem(f'an example starts with "- "; this line is lost: "{text}".'))

    def _story(self, path: tuple[Any, ...], item: Any) -> None:
        if not isinstance(item, dict) or not isinstance(item.get("steps"), list):
            self._complain(path, "a rule or story has a name and `steps:` with a list below it.")
            return
        for part in ("condition", "steps"):
            for i, step in enumerate(item.get(part) or []):
                self._step((*path, part, i), step)

    def _step(self, path: tuple[Any, ...], step: Any) -> None:
        if step == "...":
            return
        if not isinstance(step, dict):
            self._complain(path, f'"{step}" is no step. Write `- intent: …` or `- action: …`.')
            return
        for key, value in step.items():
            if key not in _STEP_KEYS:
                self._complain((*path, key), f'a step has no key "{key}".{nearest(key, _STEP_KEYS)}')
            elif key in ("intent", "action"):
                self.found.used[key].append(self._named(value, *path, key))
            elif key == "active_loop" and value is not None:
                self.found.used["loop"].append(self._named(value, *path, key))
            elif key == "or":
                for i, part in enumerate(value or []):
                    self._step((*path, key, i), part)
            elif key == "slot_was_set":
                for i, part in enumerate(value or []):
                    name = next(iter(part), "") if isinstance(part, dict) else part
                    self.found.used["slot"].append(self._named(name, *path, key, i))
