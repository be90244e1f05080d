"""Starting, watching and stopping parts, with real processes on loopback."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from img_pathway.serve import supervisor as supervisor_module
from img_pathway.serve.readiness import CannotStart
from img_pathway.serve.settings import Settings
from img_pathway.serve.supervisor import Part, Supervisor, answers, port_in_use
from tests.serving import PATIENCE_SECONDS, ROOT, eventually, free_port


@pytest.fixture()
def part(tmp_path: Path) -> Part:
    """A small web server."""
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    return Part("test server", command, tmp_path / "part.log", port, f"http://127.0.0.1:{port}/")


@pytest.fixture()
def told() -> list[str]:
    return []


@pytest.fixture()
def supervisor(tmp_path: Path, part: Part, told: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Supervisor]:
    monkeypatch.setattr(supervisor_module, "_POLL_SECONDS", 0.02)
    shutil.copy(ROOT / "endpoints.yml", tmp_path)
    supervisor = Supervisor(Settings(tmp_path), [part], told.append)
    yield supervisor
    supervisor.stop()


def test_start_waits_until_the_part_answers(supervisor: Supervisor, part: Part) -> None:
    supervisor.start()
    assert answers(part.health)


def test_stop_ends_the_process(supervisor: Supervisor, part: Part) -> None:
    supervisor.start()
    supervisor.stop()
    assert not part.is_running
    assert not port_in_use(part.port)


def test_a_port_in_use_is_a_clear_error(supervisor: Supervisor, part: Part) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", part.port))
        other.listen()
        with pytest.raises(CannotStart, match=r"Port \d+ .* already in use"):
            supervisor.start()


def test_of_two_that_start_at_once_one_is_refused(supervisor: Supervisor, part: Part) -> None:
    """Neither port is in use when both look."""
    other = Supervisor(supervisor.settings, [replace(part)], lambda line: None)
    assert supervisor._claim(part.port)
    with pytest.raises(CannotStart, match="already in use"):
        other.start()
    supervisor.stop()
    other.start()
    assert answers(part.health)
    other.stop()


def test_a_run_that_is_told_to_stop_while_it_starts_leaves_nothing_behind(tmp_path: Path) -> None:
    """A part that never answers keeps it starting."""
    shutil.copy(ROOT / "endpoints.yml", tmp_path)
    program = f"""
import sys
from pathlib import Path
from img_pathway.commands import running
from img_pathway.serve import supervisor
from img_pathway.serve.settings import Settings

root = Path({str(tmp_path)!r})
command = [sys.executable, "-c", "import os, time; print(os.getpid(), flush=True); time.sleep(3600)"]
part = supervisor.Part("part", command, root / "part.log", None, "http://127.0.0.1:9/")
supervisor.bot_parts = lambda settings, model: [part]
running._chosen = lambda settings, draft: (settings, root / "model")
running._start(Settings(root, home=root), lambda supervisor: None, draft=False)
"""
    run = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT)
    log = tmp_path / "part.log"
    assert eventually(lambda: log.exists() and log.read_text().endswith("\n"))
    run.terminate()
    assert run.wait(PATIENCE_SECONDS) == 128 + signal.SIGTERM
    with pytest.raises(ProcessLookupError):
        os.kill(int(log.read_text()), 0)


def test_a_part_that_dies_while_starting_names_its_log(supervisor: Supervisor, part: Part) -> None:
    part.command = [sys.executable, "-c", "raise SystemExit('no')"]
    with pytest.raises(CannotStart, match=r"part\.log"):
        supervisor.start()


def test_a_crashed_part_is_started_again(supervisor: Supervisor, part: Part, told: list[str]) -> None:
    supervisor.start()
    assert part.process is not None
    first = part.process.pid
    with watching(supervisor):
        os.kill(first, signal.SIGKILL)
        assert eventually(lambda: part.process is not None and part.process.pid != first and answers(part.health))
    assert any("starting it again" in line for line in told)


def test_a_part_that_hangs_is_killed_and_started_again(
    supervisor: Supervisor, part: Part, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor_module, "_LOOK_SECONDS", 0.1)
    monkeypatch.setattr(supervisor_module, "_ANSWER_SECONDS", 0.5)
    supervisor.start()
    assert part.process is not None
    first = part.process.pid
    with watching(supervisor):
        assert eventually(lambda: part.unanswered == 0)
        os.kill(first, signal.SIGSTOP)
        assert eventually(lambda: part.process is not None and part.process.pid != first and answers(part.health))
    assert any("does not answer" in line for line in told)


def test_a_part_that_refuses_or_is_still_starting_is_left_alone(
    supervisor: Supervisor, part: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor_module, "_LOOK_SECONDS", 0.0)
    supervisor._launch(part)
    first = part.process
    assert first is not None
    os.kill(first.pid, signal.SIGSTOP)
    monkeypatch.setattr(supervisor_module, "lives", lambda address: False)
    for _ in range(10):
        supervisor._look(part)
    assert first.poll() is None
    # What needs longer than a start hangs in it.
    monkeypatch.setattr(supervisor_module, "_START_SECONDS", 0)
    supervisor._look(part)
    assert part.unanswered == 1
    monkeypatch.undo()
    monkeypatch.setattr(supervisor_module, "_LOOK_SECONDS", 0.0)
    os.kill(first.pid, signal.SIGCONT)
    part.health = f"{part.health}not-there"
    assert eventually(lambda: port_in_use(part.port))
    for _ in range(10):
        supervisor._look(part)
    assert (part.unanswered, first.poll()) == (0, None)


@contextmanager
def watching(supervisor: Supervisor) -> Iterator[None]:
    watcher = threading.Thread(target=supervisor.keep_running)
    watcher.start()
    try:
        yield
    finally:
        supervisor.stop()
        watcher.join(PATIENCE_SECONDS)
        assert not watcher.is_alive()
