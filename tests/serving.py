"""What a bot that runs for tests needs: ports, generous limits, a secret that tests can sign with."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from threading import Event
from time import monotonic

import yaml

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


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether something becomes true within a bound."""
    deadline = monotonic() + PATIENCE_SECONDS
    while not holds():
        if monotonic() > deadline:
            return False
        Event().wait(0.1)
    return True
