"""Commands in processes that are forked: what they are given, how they end, and that none outlives its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import PATIENCE_SECONDS, ROOT, eventually, is_locked

# A process that forks a job and prints its exit code; without Rasa, which is slow to import.
PARENT = """
import multiprocessing, sys
from pathlib import Path
from img_pathway.serve.launching import Forked
multiprocessing.set_forkserver_preload([])
if __name__ == "__main__":
    here = Path.cwd()
    print(Forked([sys.executable, "-m", "job", "word"], here / "folder", {"NAME": "value"}, here / "log").wait())
"""


def parent_of(job: str, folder: Path) -> subprocess.Popen[str]:
    (folder / "folder").mkdir()
    (folder / "folder" / "job.py").write_text(job)
    (folder / "parent.py").write_text(PARENT)
    return subprocess.Popen(
        [sys.executable, "parent.py"], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip


def exit_code(parent: subprocess.Popen[str]) -> int:
    printed, _ = parent.communicate(timeout=PATIENCE_SECONDS)
    return int(printed)


def test_a_fork_is_as_its_command(tmp_path: Path) -> None:
    job = "import os, sys; print(os.getcwd(), dict(os.environ), sys.argv[1:], __name__); sys.exit(3)"
    assert exit_code(parent_of(job, tmp_path)) == 3
    assert (tmp_path / "log").read_text() == f"{tmp_path / 'folder'} {{'NAME': 'value'}} ['word'] __main__\n"


def test_what_a_fork_fails_of_stands_last_in_its_log(tmp_path: Path) -> None:
    assert exit_code(parent_of("raise ValueError('no')", tmp_path)) == 1
    assert (tmp_path / "log").read_text().splitlines()[-1] == "ValueError: no"


def test_a_killed_fork_leaves_its_parent_alive(tmp_path: Path) -> None:
    assert exit_code(parent_of("import os; os.kill(os.getpid(), 9)", tmp_path)) == -signal.SIGKILL


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_fork_ends_with_its_parent(tmp_path: Path, how: signal.Signals) -> None:
    lock = tmp_path / "folder" / "lock"
    job = "import fcntl, signal; file = open('lock', 'w'); fcntl.flock(file, fcntl.LOCK_EX); signal.pause()"
    with parent_of(job, tmp_path) as parent:
        assert eventually(lambda: is_locked(lock))
        parent.send_signal(how)
    assert eventually(lambda: not is_locked(lock))
