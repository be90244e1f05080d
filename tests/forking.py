"""Servers of tests are forked from a process that has imported Rasa, because importing it takes ten seconds and more.

Nothing else differs from a start by command: the same command line runs in a session of its own.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import runpy
import subprocess
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path

from img_pathway.serve.settings import Settings
from img_pathway.serve.supervisor import Part

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.preloaded"])


class Forked:
    """A forked process, with the methods of subprocess.Popen that a supervisor uses."""

    def __init__(self, command: list[str], folder: Path, environment: Mapping[str, str], log: Path) -> None:
        """Run `python -m …` in a folder, with an environment, and its output added to a log."""
        python, *module = command
        assert python == sys.executable and module[0] == "-m", command
        self._process = _FORKS.Process(target=_run, args=(module[1:], folder, dict(environment), log))
        self._process.start()
        assert self._process.pid
        self.pid = self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        code = self._process.exitcode
        if code is None:
            raise subprocess.TimeoutExpired(self._process.name, timeout or 0)
        return code

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()


def forked(part: Part, settings: Settings, **environment: str) -> Forked:
    """Start a part of a bot for a supervisor, with more variables in its environment."""
    return Forked(part.command, settings.root, {**settings.environment, **environment}, part.log)


def _run(arguments: list[str], folder: Path, environment: dict[str, str], log: Path) -> None:
    os.setsid()
    # With as few open files as most systems allow a program that does not ask for more.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, most), most))
    with log.open("ab") as file:
        for output in (1, 2):
            os.dup2(file.fileno(), output)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    # As PYTHONWARNINGS says, which is read at the start of an interpreter.
    warnings.simplefilter("ignore")
    sys.argv = arguments
    runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)
