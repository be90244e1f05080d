"""The built widget is small, and is what its sources give."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.serving import ROOT

WIDGET = ROOT / "widget"
LOADER_BYTES, ALL_BYTES = 4 * 1024, 40 * 1024


def zipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), mtime=0))


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_loader_is_small() -> None:
    assert zipped(WIDGET / "dist" / "widget.js") <= LOADER_BYTES


def test_all_of_it_together_is_small() -> None:
    """With every language, of which people load one."""
    served = [path for path in (WIDGET / "dist").rglob("*") if path.suffix in (".js", ".css", ".html", ".json")]
    assert sum(zipped(path) for path in served) <= ALL_BYTES


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Runs Node in a copy of the widget with its packages installed afresh; hands out what it printed."""
    folder = tmp_path_factory.mktemp("build") / "widget"
    shutil.copytree(WIDGET, folder, ignore=shutil.ignore_patterns("node_modules", "dist"))

    def run(*command: str) -> str:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return str(folder)

    run("npm", "ci", "--silent", "--prefer-offline")
    return run


@pytest.mark.node
def test_the_built_files_are_what_the_sources_give(copy: Callable[..., str]) -> None:
    folder = Path(copy("node", "build.mjs"))
    assert files(folder / "dist") == files(WIDGET / "dist"), "Build it anew: make widget"


@pytest.mark.node
def test_the_types_of_a_reply_are_made_from_its_schema(copy: Callable[..., str]) -> None:
    folder = Path(copy("node", "types.mjs"))
    made = (folder / "src" / "reply.ts").read_text(encoding="utf-8")
    assert made == (WIDGET / "src" / "reply.ts").read_text(encoding="utf-8"), "Make them anew: make widget"


@pytest.mark.node
def test_the_types_fit(copy: Callable[..., str]) -> None:
    copy("npm", "run", "--silent", "check")
