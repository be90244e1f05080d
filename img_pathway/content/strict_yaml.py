"""YAML as staff mean it: words stay words, no key twice, and every value knows its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
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
_COMMENT = re.compile(r"\s+#")
_PLAIN = {"true": True, "false": False, "null": None, "~": None, "": None}
_DEEPEST = 30

Path_ = tuple[Any, ...]


class Document:
    """One content file: plain data, and the line of every value by its path of keys and positions."""

    def __init__(self, file: str, data: Any, text: str = "") -> None:
        """Keep the text: lines are looked for only when something has to be pointed to."""
        self.file, self.data = file, data
        self.records: dict[type[Any], Any] = {}
        self._text = text

    @cached_property
    def lines(self) -> dict[Path_, int]:
        """The line of every value, counted from 1."""
        reader = _Reader(self.file, lines={})
        reader.read(yaml.parse(self._text, Loader=_Loader))
        return reader.lines or {}

    def line(self, path: Path_) -> int:
        """The line of the value at `path`, or of the nearest enclosing value."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: Path_, message: str) -> Problem:
        """A problem at the place of `path`."""
        return Problem(self.file, self.line(path), message)


def load_document(path: Path, root: Path | None = None) -> Document:
    """Read one YAML file; raises ContentError for syntax, a repeated key, an alias or a tag.

    Whoever loads the same text shares one document, so nobody may change its data.
    """
    name = path.relative_to(root).as_posix() if root else str(path)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ContentError([Problem(name, 1, "the file is not UTF-8 text. Save it as UTF-8.")]) from error
    except OSError as error:
        raise ContentError([Problem(name, 1, "the file is missing or cannot be opened.")]) from error
    return _shared_document(text, name)


def read_document(text: str, name: str) -> Document:
    """Read YAML text as the file `name`; raises ContentError like `load_document`."""
    reader = _Reader(name, rows=text.splitlines())
    try:
        data = reader.read(yaml.parse(text, Loader=_Loader))
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        raise ContentError([*reader.problems, syntax_problem(name, text, error)]) from error
    if reader.problems:
        raise ContentError(reader.problems)
    return Document(name, data, text)


# Checks, commands and releases load the same files again and again; a project has about eighty.
_shared_document = lru_cache(maxsize=128)(read_document)


class _Reader:
    """Turns the parser's events into plain data, and collects what does not belong in content."""

    def __init__(self, file: str, lines: dict[Path_, int] | None = None, rows: Sequence[str] = ()) -> None:
        self.file, self.lines, self.rows = file, lines, rows
        self.problems: list[Problem] = []

    def read(self, events: Iterator[yaml.Event]) -> Any:
        data, started = None, False
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if started:
                    self._complain(event, "a second document starts here (`---`). Keep one document in a file.")
                    break
                started = True
                data = self._value(next(events), events, ())
        return data

    def _complain(self, event: yaml.Event, message: str) -> None:
        self.problems.append(Problem(self.file, _line(event), message))

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path_) -> Any:
        if self.lines is not None:
            self.lines.setdefault(path, _line(event))
        if len(path) > _DEEPEST:
            self._complain(event, "this is nested too deeply. Check the indentation.")
            raise ContentError(self.problems)
        if isinstance(event, yaml.AliasEvent):
            self._complain(event, f'"*{event.anchor}" is a YAML alias; content has none. Put the text in quotes.')
            return None
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._complain(event, f'"{tag}" is a YAML tag; content has none. Put the text in quotes.')
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        return (
            self._mapping(events, path) if isinstance(event, yaml.MappingStartEvent) else self._sequence(events, path)
        )

    def _sequence(self, events: Iterator[yaml.Event], path: Path_) -> list[Any]:
        result: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            result.append(self._value(event, events, (*path, len(result))))
        return result

    def _mapping(self, events: Iterator[yaml.Event], path: Path_) -> dict[str, Any]:
        result: dict[str, Any] = {}
        first_lines: dict[str, int] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = str(event.value) if isinstance(event, yaml.ScalarEvent) else ""
            line = _line(event)
            here = (*path, key)
            if not isinstance(event, yaml.ScalarEvent):
                self._complain(event, "a key must be a plain word followed by a colon.")
                self._value(event, events, here)
            elif key in result:
                first = first_lines[key]
                again = ', or put back the "- " that begins an entry' if path and isinstance(path[-1], int) else ""
                self._complain(event, f'"{key}" stands here twice (first in line {first}). Keep one of the two{again}.')
            elif not event.style:
                self._check_text(event)
            first_lines.setdefault(key, line)
            if self.lines is not None:
                self.lines.setdefault(here, line)
            result[key] = self._value(next(events), events, here)
        return result

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
        self._check_nothing_lost(event, value)
        return value

    def _check_nothing_lost(self, event: yaml.ScalarEvent, value: str) -> None:
        """Unquoted texts swallow the next line after a lost dash, and lose what stands behind a "#"."""
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:
            return
        if end.line != start.line and end.column:
            self._complain(
                event, "this text goes on in the next line. Is a dash lost there, or is it indented too far?"
            )
        elif " " in value and end.line < len(self.rows) and _COMMENT.match(self.rows[end.line][end.column :]):
            self._complain(event, "everything after # is lost here. Put the whole text in double quotes.")

    def _check_text(self, event: yaml.ScalarEvent) -> None:
        advice = text_advice(str(event.value))
        if advice:
            self._complain(event, advice)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
