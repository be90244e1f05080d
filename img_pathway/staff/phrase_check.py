"""Whether the phrases in data/phrases.yml are those that the code says, with the same words in braces."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import get_args

from img_pathway.content import ContentError, Problem, load_document, nearest
from img_pathway.knowledge.model import BeliefVerdict
from img_pathway.quiz.model import Verdict
from img_pathway.staff.action_code import Files, python_files

_FILE = "data/phrases.yml"
_PACKAGE = Path(__file__).parent.parent
# They name phrases without saying them.
_CHECKS = "img_pathway/staff/"
# Phrases whose names the code puts together: the beginning, and every ending.
_FAMILIES = {"low_verdict_": get_args(Verdict), "belief_": get_args(BeliefVerdict)}


@dataclass(frozen=True)
class Saying:
    """One place in the code that says a phrase; `values` are the words it fills in."""

    name: str
    values: frozenset[str] | None
    place: str


@dataclass
class Sayings:
    """All phrases that the code says, and all texts in it that may be the name of one."""

    said: list[Saying] = field(default_factory=list)
    mentioned: set[str] = field(default_factory=set)


def check_phrases(root: Path) -> Iterator[Problem]:
    """Phrases that are missing, unused, or whose braces differ from what the code fills in."""
    try:
        document = load_document(root / _FILE, root)
    except ContentError:
        return  # said elsewhere
    phrases = document.data.get("phrases") if isinstance(document.data, dict) else None
    if not isinstance(phrases, dict):
        return
    sayings = _read_code(root)
    for name, place in _wanted(sayings).items():
        if name not in phrases:
            yield document.problem(
                ("phrases",), f'phrase "{name}" is missing; {place} says it. Add a line `{name}: "…"`.'
                f"{nearest(name, phrases)}"
            )  # fmt: skip
    for saying in sayings.said:
        text = phrases.get(saying.name)
        if isinstance(text, str) and saying.values is not None:
            yield from (document.problem(("phrases", saying.name), m) for m in _braces(saying, text))
    families = {prefix + ending for prefix, endings in _FAMILIES.items() for ending in endings}
    for name in phrases:
        if name not in {*sayings.mentioned, *families}:
            yield document.problem(("phrases", name), f'phrase "{name}" is never said. Take it out.')


def _braces(saying: Saying, text: str) -> Iterator[str]:
    values = saying.values or frozenset()
    written = set(re.findall(r"\{(\w*)\}", text))
    for word in sorted(written - values):
        known = ", ".join(f"{{{value}}}" for value in sorted(values)) or "none"
        near = nearest(word, values)
        yield f'phrase "{saying.name}" has {{{word}}}, which nothing fills in.{near} Known here: {known}.'
    for word in sorted(values - written):
        yield f'phrase "{saying.name}" has lost {{{word}}}. Put it back where it belongs in the text.'


def _wanted(sayings: Sayings) -> dict[str, str]:
    wanted = {saying.name: saying.place for saying in reversed(sayings.said)}
    families = {prefix + ending: "an answer" for prefix, endings in _FAMILIES.items() for ending in endings}
    return families | wanted


def _read_code(root: Path) -> Sayings:
    actions, own = _sayings(python_files(root / "actions")), _own_sayings()
    return Sayings([*actions.said, *own.said], actions.mentioned | own.mentioned)


@cache
def _own_sayings() -> Sayings:
    # The program does not change while it runs.
    return _sayings(python_files(_PACKAGE))


# The actions seldom change between two checks of the content.
@lru_cache(maxsize=2)
def _sayings(files: Files) -> Sayings:
    found = Sayings()
    for file, text in files:
        if file.startswith(_CHECKS):
            continue
        try:
            tree = ast.parse(text)
        except SyntaxError:
            continue  # said elsewhere, for the actions
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.mentioned.add(node.value)
            elif isinstance(node, ast.Call) and _is_say(node.func) and node.args:
                found.said += [Saying(name, _values(node), f"{file}:{node.lineno}") for name in _names(node.args[0])]
    return found


def _is_say(function: ast.expr) -> bool:
    return getattr(function, "attr", getattr(function, "id", "")) == "say"


def _names(node: ast.expr) -> list[str]:
    """Names that a call may mean: a text, or one of two texts; others are put together at run time."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.IfExp):
        return [*_names(node.body), *_names(node.orelse)]
    return []


def _values(call: ast.Call) -> frozenset[str] | None:
    """Words that a call fills in; none where they cannot be seen (`**values`)."""
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else frozenset(name for name in names if name)
