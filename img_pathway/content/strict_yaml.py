"""YAML as staff mean it: words stay words, no key twice, and every value knows its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from img_pathway.content.problems import ContentError, Problem
from img_pathway.content.yaml_advice import syntax_problem, text_advice

# libyaml's parser is ten times as fast; the Python one reads the same language.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# A longer row of digits is no number that anyone counts with (and Python refuses to read the longest).
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})\Z")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,17}\Z")
_PLAIN = {"true": True, "false": False, "null": None, "~": None, "": None}
_DEEPEST = 30

Path_ = tuple[Any, ...]


@dataclass
class Document:
    """One content file: plain data, and the line of every value by its path of keys and positions."""

    file: str
    data: Any
    lines: dict[Path_, int] = field(default_factory=dict)

    def line(self, path: Path_) -> int:
        """The line of the value at `path`, or of the nearest enclosing value."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: Path_, message: str) -> Problem:
        """A problem at the place of `path`."""
        return Problem(self.file, self.line(path), message)


def load_document(path: Path, root: Path | None = None) -> Document:
    """Read one YAML file; raises ContentError for syntax, a repeated key, an alias or a tag."""
    name = path.relative_to(root).as_posix() if root else str(path)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ContentError([Problem(name, 1, "the file is not UTF-8 text. Save it as UTF-8.")]) from error
    except OSError as error:
        raise ContentError([Problem(name, 1, "the file is missing or cannot be opened.")]) from error
    return read_document(text, name)


def read_document(text: str, name: str) -> Document:
    """Read YAML text as the file `name`; raises ContentError like `load_document`."""
    reader = _Reader(name)
    try:
        reader.read(yaml.parse(text, Loader=_Loader))
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        raise ContentError([*reader.problems, syntax_problem(name, text, error)]) from error
    if reader.problems:
        raise ContentError(reader.problems)
    return reader.document


class _Reader:
    """Turns the parser's events into plain data, and collects what does not belong in content."""

    def __init__(self, name: str) -> None:
        self.document = Document(name, None)
        self.problems: list[Problem] = []

    def read(self, events: Iterator[yaml.Event]) -> None:
        started = False
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and started:
                self._complain(event, "a second document starts here (`---`). Keep one document in a file.")
                return
            if isinstance(event, yaml.DocumentStartEvent):
                started = True
                self.document.data = self._value(next(events), events, ())

    def _complain(self, event: yaml.Event, message: str) -> None:
        self.problems.append(Problem(self.document.file, event.start_mark.line + 1, message))

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path_) -> Any:
        self.document.lines.setdefault(path, event.start_mark.line + 1)
        if len(path) > _DEEPEST:
            self._complain(event, "this is nested too deeply. Check the indentation.")
            raise ContentError(self.problems)
        if isinstance(event, yaml.AliasEvent):
            self._complain(event, f'"*{event.anchor}" is a YAML alias; content has none. Put the text in quotes.')
            return None
        if event.tag is not None:
            self._complain(event, f'"{event.tag}" is a YAML tag; content has none. Put the text in quotes.')
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._scalar(event)

    def _sequence(self, events: Iterator[yaml.Event], path: Path_) -> list[Any]:
        result: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            result.append(self._value(event, events, (*path, len(result))))
        return result

    def _mapping(self, events: Iterator[yaml.Event], path: Path_) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = event.start_mark.line + 1
            if not isinstance(event, yaml.ScalarEvent):
                self._complain(event, "a key must be a plain word followed by a colon.")
                self._skip(event, events, path)
                continue
            key = str(event.value)
            if not event.style:
                self._check_text(event)
            if key in result:
                first = self.document.lines[(*path, key)]
                self._complain(event, f'"{key}" stands here twice (first in line {first}). Keep one of the two.')
                self._skip(next(events), events, path)
                continue
            self.document.lines[(*path, key)] = line
            result[key] = self._value(next(events), events, (*path, key))
        return result

    def _skip(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path_) -> None:
        """Read over a value (or a key and its value) that is already complained about."""
        is_key = not isinstance(event, yaml.ScalarEvent)
        ignored = _Reader(self.document.file)
        ignored._value(event, events, path)
        if is_key and self.problems[-1].message.startswith("a key must"):
            ignored._value(next(events), events, path)

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        value = str(event.value)
        if event.style:
            return value
        if value in _PLAIN:
            return _PLAIN[value]
        if _INTEGER.match(value):
            return int(value)
        if _DECIMAL.match(value):
            return float(value)
        self._check_text(event)
        return value

    def _check_text(self, event: yaml.ScalarEvent) -> None:
        advice = text_advice(str(event.value))
        if advice:
            self._complain(event, advice)
