"""YAML as staff mean it: words stay words, no key twice, and every value knows its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from img_pathway.content.problems import ContentError, Problem

# libyaml's parser is ten times as fast; the Python one reads the same language.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+\Z")
_PLAIN = {"true": True, "false": False, "null": None, "~": None, "": None}

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
    name = str(path.relative_to(root)) if root else str(path)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ContentError([Problem(name, 1, "the file is not UTF-8 text. Save it as UTF-8.")]) from error
    document = Document(name, None)
    problems: list[Problem] = []
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise ContentError([_syntax_problem(name, text, error)]) from error
    if node is not None:
        document.data = _construct(node, (), document, problems)
    if problems:
        raise ContentError(problems)
    return document


def _construct(node: yaml.Node, path: Path_, document: Document, problems: list[Problem]) -> Any:
    document.lines.setdefault(path, node.start_mark.line + 1)
    if node.tag.startswith("!") and not node.tag.startswith("!!"):
        problems.append(
            document.problem(path, f'"{node.tag}" is a YAML tag; content has none. Put the text in quotes.')
        )
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, document, problems)
    if isinstance(node, yaml.SequenceNode):
        return [_construct(item, (*path, i), document, problems) for i, item in enumerate(node.value)]
    return _scalar(node)


def _mapping(node: yaml.MappingNode, path: Path_, document: Document, problems: list[Problem]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            problems.append(Problem(document.file, line, "a key must be a plain word followed by a colon."))
            continue
        key = str(key_node.value)
        if key in result:
            first = document.lines[(*path, key)]
            problems.append(
                Problem(
                    document.file,
                    line,
                    f'"{key}" stands here twice (first in line {first}). Keep one of the two.',
                )
            )
            continue
        document.lines[(*path, key)] = line
        result[key] = _construct(value_node, (*path, key), document, problems)
    return result


def _scalar(node: yaml.ScalarNode) -> Any:
    value = str(node.value)
    if node.style in ("'", '"', "|", ">"):
        return value
    if value in _PLAIN:
        return _PLAIN[value]
    if _INTEGER.match(value):
        return int(value)
    if _DECIMAL.match(value):
        return float(value)
    return value


def _syntax_problem(name: str, text: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    lines = text.splitlines()
    here = lines[line - 1] if line <= len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())]:
        advice = "the line is indented with a tab. Use two spaces for each level."
    elif re.match(r"\s*(- )?[\w-]+: [^\"'\[{|>].*: ", here):
        advice = 'the text holds a colon. Put the whole text in double quotes: says: "Fee: $150".'
    elif here.count('"') % 2:
        advice = "a double quote is missing. A text starts and ends with one."
    elif re.search("[\u201c\u201d]", here):
        advice = 'the quotes are curly. Use straight ones: "text".'
    else:
        said = getattr(error, "problem", None) or "cannot be read"
        advice = f"YAML cannot read this place ({said}). Check indentation, colons and quotes here and one line above."
    return Problem(name, line, advice)
