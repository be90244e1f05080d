"""Starting, watching and stopping parts, with real processes on loopback."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

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
def supervisor(tmp_path: Path, part: Part, told: list[str]) -> Iterator[Supervisor]:
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


def test_a_part_that_dies_while_starting_names_its_log(supervisor: Supervisor, part: Part) -> None:
    part.command = [sys.executable, "-c", "raise SystemExit('no')"]
    with pytest.raises(CannotStart, match=r"part\.log"):
        supervisor.start()


def test_a_crashed_part_is_started_again(supervisor: Supervisor, part: Part, told: list[str]) -> None:
    supervisor.start()
    assert part.process is not None
    first = part.process.pid
    watching = threading.Thread(target=supervisor.keep_running)
    watching.start()
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: part.process is not None and part.process.pid != first and answers(part.health))
    assert any("starting it again" in line for line in told)
    supervisor.stop()
    watching.join(PATIENCE_SECONDS)
    assert not watching.is_alive()
