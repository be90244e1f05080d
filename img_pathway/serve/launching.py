"""Python commands as processes: started anew, or forked from one that has imported Rasa, which is slow to import."""

from __future__ import annotations

import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Protocol

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["img_pathway.serve.preloaded"])


class Process(Protocol):
    """A running process, as subprocess.Popen has it."""

    pid: int

    def poll(self) -> int | None:
        """Return the exit code, or None while the process is alive."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end and return the exit code; raises subprocess.TimeoutExpired."""

    def terminate(self) -> None:
        """Send SIGTERM."""

    def kill(self) -> None:
        """Send SIGKILL."""


Start = Callable[[list[str], Path, Mapping[str, str], Path], Process]
"""Starts a command in a folder and with an environment; its output is added to a log."""


def spawned(command: list[str], folder: Path, environment: Mapping[str, str], log: Path) -> Process:
    """Start a command as a new process."""
    with log.open("ab") as output:
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)


@contextmanager
def killed_in_the_end(process: Process) -> Iterator[Process]:
    """Kill a process that is still alive when nobody waits for it any more."""
    try:
        yield process
    finally:
        process.kill()
        process.wait()


class Forked:
    """A process that was forked from one with Rasa imported, in a session of its own; it ends with its parent.

    The first one starts the process with Rasa, which stays as long as the parent. Forks are started and awaited in one
    thread, since multiprocessing reads each exit code once.
    """

    def __init__(self, command: list[str], folder: Path, environment: Mapping[str, str], log: Path) -> None:
        """Run `python -m …` in a folder and with an environment; its output is added to a log."""
        python, *module = command
        assert python == sys.executable and module[0] == "-m", command
        self._process = FORKS.Process(target=self.run, args=(module[1:], folder, dict(environment), log))
        self._process.start()
        assert self._process.pid
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """Return the exit code, or None while the process is alive."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end and return the exit code; raises subprocess.TimeoutExpired."""
        self._process.join(timeout)
        code = self._process.exitcode
        if code is None:
            raise subprocess.TimeoutExpired(self._process.name, timeout or 0)
        return code

    def terminate(self) -> None:
        """Send SIGTERM."""
        self._process.terminate()

    def kill(self) -> None:
        """Send SIGKILL."""
        self._process.kill()

    @staticmethod
    def run(arguments: list[str], folder: Path, environment: dict[str, str], log: Path) -> None:
        """Become the command, in the forked process."""
        os.setsid()
        Thread(target=_end_with_parent, daemon=True).start()
        with log.open("ab") as file:
            for output in (1, 2):
                os.dup2(file.fileno(), output)
        os.chdir(folder)
        sys.path.insert(0, str(folder))
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = arguments
        runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
