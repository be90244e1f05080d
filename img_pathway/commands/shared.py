"""What commands share: how they are added, progress on a terminal, and content that must be in order first."""

from __future__ import annotations

import argparse
import os
import signal
import stat
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Literal, TextIO

from img_pathway.serve.settings import Settings

Run = Callable[[Settings, argparse.Namespace], int]
"""A command: returns the exit status."""
Add = Callable[[str, Run, str], argparse.ArgumentParser]
"""Adds a command by name, with the sentence that `--help` shows."""


def tell(line: str) -> None:
    """Progress on one line of a terminal; in a log only what ends with a line break."""
    if sys.stdout.isatty():
        print(f"\r\033[K{line}", end="", flush=True)
    elif line.endswith("\n"):
        print(line, end="", flush=True)


def in_order(settings: Settings, *, slow: bool = False) -> bool:
    """Whether content and training data are in order, with `slow` also for Rasa; says what is not."""
    from img_pathway.staff.check import check

    problems = check(settings.root, date.today(), slow=slow)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"\n{len(problems)} to mend. Mend them and run the command again.", file=sys.stderr)
    return not problems


def model_for(settings: Settings, *, force: bool = False) -> Path:
    """The model for the present data, trained where there is none; raises TrainingFailed."""
    from img_pathway.serve.training import model_path, train

    path = model_path(settings)
    if path.exists() and not force:
        return path
    stop_on_sigterm()
    path = train(settings, tell)
    tell(f"Trained {path.name}.\n")
    return path


def stop_on_sigterm() -> None:
    """From now on SIGTERM raises SystemExit, so that every `finally` stops what was started."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))


def export_file(settings: Settings, name: str, mode: Literal["w", "x"] = "w", encoding: str = "utf-8") -> TextIO:
    """Open a file for an export, for its owner alone; a name without a folder stands for a file in .state/out.

    Raises FileExistsError with mode "x".
    """
    path = Path(name)
    if path.name == name:
        path = settings.state / "out" / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return open(path, mode, encoding=encoding, newline="", opener=_for_the_owner)


def _for_the_owner(path: str, flags: int) -> int:
    opened = os.open(path, flags, 0o600)
    # One that was there keeps its mode otherwise; a terminal or a pipe keeps it.
    if stat.S_ISREG(os.fstat(opened).st_mode):
        os.fchmod(opened, 0o600)
    return opened
