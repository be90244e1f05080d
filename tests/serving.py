"""What a bot that runs for tests needs: ports, generous limits, a secret that tests can sign with."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic

import yaml

from img_pathway.serve.settings import Settings
from img_pathway.serve.supervisor import Part, Supervisor, answers, bot_parts
from img_pathway.serve.training import model_path, train

ROOT = Path(__file__).parent.parent
SECRET = "only-for-tests-only-for-tests-only-for-tests"
PATIENCE_SECONDS = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def credentials_for_tests(folder: Path) -> str:
    """credentials.yml with limits that hundreds of conversations from one address do not reach."""
    credentials = yaml.safe_load((ROOT / "credentials.yml").read_text(encoding="utf-8"))
    credentials["img_pathway.channels.web.WebInput"] |= {"sessions": "100000/hour", "messages": "1000/minute"}
    path = folder / "credentials.yml"
    path.write_text(yaml.safe_dump(credentials), encoding="utf-8")
    return str(path)


@contextmanager
def bot_running(folder: Path) -> Iterator[Supervisor]:
    """A bot of its own: Rasa and the action server on free ports, SQLite and logs in `folder`."""
    os.environ["IMG_PATHWAY_SECRET"] = SECRET
    settings = Settings(ROOT, free_port(), free_port(), str(folder / "conversations.db"), credentials_for_tests(folder))
    model = model_path(settings)
    if not model.exists():
        train(settings, lambda line: None)
    supervisor = Supervisor(settings, bot_parts(settings, model), lambda line: None)
    for part in supervisor.parts:
        part.log = folder / part.log.name
    try:
        supervisor.start()
        yield supervisor
    finally:
        supervisor.stop()


def crash(part: Part) -> None:
    """End a part of the bot without a warning."""
    assert part.process is not None
    os.kill(part.process.pid, signal.SIGKILL)
    part.process.wait()


def well(running: Supervisor) -> bool:
    """Whether the bot can answer."""
    return answers(f"{running.settings.address}/chat/health")


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether something becomes true within a bound."""
    deadline = monotonic() + PATIENCE_SECONDS
    while not holds():
        if monotonic() > deadline:
            return False
        Event().wait(0.1)
    return True
