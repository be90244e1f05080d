"""Which folder content is read from: the project's own, or that of a published release."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

_here: ContextVar[Path | None] = ContextVar("home", default=None)
_moved: list[Path] = []


def home() -> Path:
    """The folder that holds data/: where this piece of work, this process, IMG_PATHWAY_HOME or else we stand."""
    found = _here.get() or (_moved[0] if _moved else None) or os.environ.get("IMG_PATHWAY_HOME") or "."
    return _absolute(found, os.getcwd())  # noqa: PTH109 - slower as a Path


@lru_cache(maxsize=16)
def _absolute(folder: Path | str, working_folder: str) -> Path:
    # Asked for many times in a message, and slow.
    return Path(working_folder, folder)


@contextmanager
def at_home(folder: Path) -> Iterator[None]:
    """Read content from a folder for a while, in this thread or task alone."""
    token = _here.set(folder)
    try:
        yield
    finally:
        _here.reset(token)


def move(folder: Path) -> None:
    """Read content from a folder from now on, in the whole process."""
    _moved[:] = [folder]
