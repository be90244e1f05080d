"""What the Python code of the actions defines and mentions, read without running it."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from img_pathway.content import Problem
from img_pathway.staff.training_data import Named

Files = tuple[tuple[str, str], ...]
"""Names and texts of Python files."""

_ACTION_BASES = {"Action", "FormValidationAction", "ValidationAction"}


@dataclass
class ActionCode:
    """Actions by the name that they give themselves, forms and actions that the code starts, responses it says."""

    actions: list[Named] = field(default_factory=list)
    followups: list[Named] = field(default_factory=list)
    responses: list[Named] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    """Words of files that cannot be read: what they define is not missing, only unread."""


def read_action_code(root: Path) -> ActionCode:
    """Read the Python files in the folder `actions`."""
    return _read(python_files(root / "actions"))


def python_files(folder: Path) -> Files:
    """Return the Python files of a folder, each named from the folder's own name on."""
    return tuple(
        (path.relative_to(folder.parent).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.py"))
    )


# The code seldom changes between two checks of the content.
@lru_cache(maxsize=2)
def _read(files: Files) -> ActionCode:
    found = ActionCode()
    modules: dict[str, tuple[str, ast.Module]] = {}
    for file, text in files:
        try:
            modules[Path(file).stem] = file, ast.parse(text)
        except SyntaxError as error:
            found.unread.update(re.findall(r"\w+", text))
            found.problems.append(Problem(file, error.lineno or 1, f"Python cannot read this line ({error.msg})."))
    constants = {name: _constants(tree) for name, (_, tree) in modules.items()}
    classes = [node for _, tree in modules.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    # A class that others are made from is no action itself.
    shared = {node.name for node in classes if "ABC" in _bases(node) and _bases(node) & _ACTION_BASES}
    for file, tree in modules.values():
        known = _imported(tree, constants) | _constants(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name not in shared and _bases(node) & (_ACTION_BASES | shared):
                _read_action(node, file, known, found)
            elif isinstance(node, ast.Call) and _called(node) == "FollowupAction" and node.args:
                name = _text(node.args[0], known)
                if name:
                    found.followups.append(Named(name, file, node.lineno))
            elif isinstance(node, ast.Constant) and str(node.value).startswith("utter_"):
                found.responses.append(Named(str(node.value), file, node.lineno))
    return found


def _read_action(node: ast.ClassDef, file: str, known: dict[str, str], found: ActionCode) -> None:
    method = next((n for n in node.body if isinstance(n, ast.FunctionDef) and n.name == "name"), None)
    returned = [n.value for n in ast.walk(method) if isinstance(n, ast.Return)] if method else []
    name = _text(returned[0], known) if len(returned) == 1 and returned[0] else None
    if name:
        found.actions.append(Named(name, file, node.lineno))
    else:
        found.problems.append(
            Problem(file, node.lineno, f'action {node.name}: name() must return a plain text, such as "action_menu".')
        )


def _bases(node: ast.ClassDef) -> set[str]:
    return {getattr(base, "id", getattr(base, "attr", "")) for base in node.bases}


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def _constants(tree: ast.Module) -> dict[str, str]:
    """Texts that a module gives a name to: `QUIZ = "quiz"`, one or several in a line."""
    found: dict[str, str] = {}
    for node in tree.body:
        if not isinstance(node, ast.Assign):
            continue
        target, value = node.targets[0], node.value
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            pairs = list(zip(target.elts, value.elts, strict=False))
        else:
            pairs = [(target, value)]
        for name, text in pairs:
            if isinstance(name, ast.Name) and isinstance(text, ast.Constant) and isinstance(text.value, str):
                found[name.id] = text.value
    return found


def _imported(tree: ast.Module, constants: dict[str, dict[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            there = constants.get(node.module.split(".")[-1], {})
            found |= {alias.asname or alias.name: there[alias.name] for alias in node.names if alias.name in there}
    return found


def _text(node: ast.expr, known: dict[str, str]) -> str | None:
    """The text that an expression stands for: a text, a named text, or an f-string of these."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.FormattedValue):
        return _text(node.value, known)
    if isinstance(node, ast.JoinedStr):
        parts = [_text(part, known) for part in node.values]
        return None if None in parts else "".join(part for part in parts if part)
    return None
