"""Imports point one way, and only the outer rooms know Rasa."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# A room may import the rooms named here, itself, and libraries; nothing else of the project. A room is a folder of
# img_pathway/, a file beside those folders, or actions/.
MAY_IMPORT: dict[str, set[str]] = {
    "content": set(),
    "knowledge": {"content"},
    "reading": {"content", "knowledge"},
    "quiz": {"content", "knowledge", "reading"},
    "reply": set(),
    "dialogue": {"content", "knowledge", "quiz", "reply"},
    "encoder": set(),
    "nlu": {"content", "knowledge", "quiz", "dialogue", "encoder"},
    "outgoing": set(),
    "database": {"outgoing"},
    "watching": set(),
    "enquiry": {"content", "knowledge", "quiz", "dialogue", "reply", "outgoing", "database", "watching"},
    "serve": {"content", "knowledge", "dialogue", "reply", "outgoing", "enquiry", "database", "watching"},
    "channels": {"content", "knowledge", "dialogue", "reply", "serve", "enquiry", "database", "watching"},
    "commands": {"content", "dialogue", "serve", "staff", "channels", "enquiry", "database", "watching"},
    "staff": {
        "content",
        "knowledge",
        "reading",
        "quiz",
        "dialogue",
        "nlu",
        "reply",
        "serve",
        "channels",
        "enquiry",
        "database",
    },
    "actions": {"content", "quiz", "dialogue", "reply", "serve", "enquiry"},
    "cli": {"commands", "content", "serve", "outgoing"},
}
MAY_IMPORT_RASA = {"actions", "channels", "nlu", "serve", "staff"}
FILES = sorted(path for folder in ("img_pathway", "actions") for path in (ROOT / folder).rglob("*.py"))


def room_of(module: str) -> str:
    """The room that a module of the project stands in; the empty string for libraries and the package itself."""
    parts = module.split(".")
    return parts[1] if parts[0] == "img_pathway" and len(parts) > 1 else "actions" if parts[0] == "actions" else ""


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(source: str) -> set[str]:
    """Modules that a text of Python imports anywhere."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.module and not node.level, "imports are absolute"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def wrong_imports(room: str, source: str) -> set[str]:
    """What a text in a room imports though the room may not."""
    found = imported(source)
    rooms = {room_of(name) for name in found} - {"", room}
    rasa = {name.split(".")[0] for name in found} & {"rasa", "rasa_sdk"}
    return (rooms - MAY_IMPORT[room]) | (rasa if room not in MAY_IMPORT_RASA else set())


@pytest.mark.parametrize("path", [path for path in FILES if room_of(module_of(path))], ids=module_of)
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    room = room_of(module_of(path))
    assert wrong_imports(room, path.read_text(encoding="utf-8")) == set(), f"{room} may import {MAY_IMPORT[room]}"


@pytest.mark.parametrize(
    ("room", "line", "wrong"),
    [
        ("quiz", "from img_pathway.dialogue.bot import Bot", {"dialogue"}),
        ("quiz", "from img_pathway import reply", {"reply"}),
        ("reply", "import img_pathway.content", {"content"}),
        ("actions", "from img_pathway.channels.turns import Turns", {"channels"}),
        ("content", "def late():\n    import rasa.core.agent", {"rasa"}),
        ("enquiry", "from rasa_sdk import Action", {"rasa_sdk"}),
        ("cli", "from actions.turn import bot", {"actions"}),
        ("channels", "from rasa.core.agent import Agent", set()),
    ],
)
def test_a_wrong_import_is_seen(room: str, line: str, wrong: set[str]) -> None:
    assert wrong_imports(room, line) == wrong


def test_actions_have_no_database() -> None:
    """What a turn changes is kept by the chat server, with the turn; an action that hangs changes nothing."""
    names = [f"actions.{path.stem}" for path in sorted((ROOT / "actions").glob("[!_]*.py"))]
    code = f"import sys, img_pathway.serve.process, {', '.join(names)}; print('sqlalchemy' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout == "False\n"


def test_every_room_has_its_line_in_this_table() -> None:
    assert {room_of(module_of(path)) for path in FILES} - {""} == set(MAY_IMPORT)


def test_a_room_uses_what_its_line_allows() -> None:
    """An allowance that nobody uses would let a wrong import in without a word."""
    used: dict[str, set[str]] = {room: set() for room in MAY_IMPORT}
    for path in FILES:
        room = room_of(module_of(path))
        if room:
            used[room] |= {room_of(name) for name in imported(path.read_text(encoding="utf-8"))} - {"", room}
    assert used == MAY_IMPORT


def test_files_keep_one_idea() -> None:
    """About 300 lines is the most that a file should hold."""
    long = {str(p.relative_to(ROOT)): n for p in FILES if (n := len(p.read_text().splitlines())) > 320}
    assert not long, f"split these: {long}"
