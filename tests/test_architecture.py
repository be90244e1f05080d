"""Imports point one way, and only the outer rooms know Rasa."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# A room may import the rooms named here, itself, and libraries; nothing else of the project.
MAY_IMPORT = {
    "content": set(),
    "knowledge": {"content"},
    "quiz": {"content", "knowledge"},
    "dialogue": {"content", "knowledge", "quiz", "reply"},
    "nlu": {"content", "knowledge", "quiz", "dialogue"},
    "database": set(),
    "watching": set(),
    "enquiry": {"content", "knowledge", "quiz", "dialogue", "reply", "database", "watching"},
    "serve": {"content", "knowledge", "dialogue", "reply", "enquiry", "database", "watching"},
    "channels": {"content", "knowledge", "dialogue", "reply", "serve", "enquiry", "database", "watching"},
    "commands": {"content", "dialogue", "serve", "staff", "channels", "enquiry", "database", "watching"},
    "staff": {"content", "knowledge", "quiz", "dialogue", "nlu", "reply", "serve", "channels", "enquiry", "database"},
}
PURE = ("content", "knowledge", "quiz", "dialogue")
FILES = sorted((ROOT / "img_pathway").rglob("*.py"))


def imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    room = path.relative_to(ROOT / "img_pathway").parts[0]
    if room not in MAY_IMPORT:
        return
    used = {name.split(".")[1] for name in imports(path) if name.startswith("img_pathway.")}
    wrong = used - MAY_IMPORT[room] - {room}
    allowed = sorted(MAY_IMPORT[room])
    assert not wrong, f"{path.name} in img_pathway/{room} imports {sorted(wrong)}; it may import {allowed}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_pure_core_does_not_know_rasa(path: Path) -> None:
    room = path.relative_to(ROOT / "img_pathway").parts[0]
    if room in PURE:
        rasa = {name for name in imports(path) if name.split(".")[0] in ("rasa", "rasa_sdk")}
        assert not rasa, f"{path.name} imports {sorted(rasa)}"


def test_actions_have_no_database() -> None:
    """What a turn changes is kept by the chat server, with the turn; an action that hangs changes nothing."""
    names = [f"actions.{path.stem}" for path in sorted((ROOT / "actions").glob("[!_]*.py"))]
    code = f"import sys, img_pathway.serve.process, {', '.join(names)}; print('sqlalchemy' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout == "False\n"


def test_every_room_has_its_line_in_this_table() -> None:
    rooms = {path.parent.name for path in (ROOT / "img_pathway").glob("*/__init__.py")}
    assert rooms == set(MAY_IMPORT)


def test_files_keep_one_idea() -> None:
    """About 300 lines is the most that a file should hold."""
    long = {str(p.relative_to(ROOT)): n for p in FILES if (n := len(p.read_text().splitlines())) > 320}
    assert not long, f"split these: {long}"
