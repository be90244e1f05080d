"""Keeps the action server and Rasa running: starts them in order, restarts what crashes or does not answer any more."""

from __future__ import annotations

import fcntl
import http.client
import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType
from typing import IO

from img_pathway.enquiry.outbox import has_ways
from img_pathway.serve.launching import Process
from img_pathway.serve.process import command
from img_pathway.serve.readiness import CannotStart, prepare
from img_pathway.serve.settings import Settings

_POLL_SECONDS = 0.2
_START_SECONDS = 180
_STOP_SECONDS = 10
_LONGEST_PAUSE = 30
# A part that ran this long before it crashed is started again at once.
_STABLE_SECONDS = 60
# A process with a hung loop ends itself; this is for one that is stopped, or stuck in C code.
_LOOK_SECONDS = 10.0
# Health checks of a server take up to two seconds.
_ANSWER_SECONDS = 5.0
_MOST_UNANSWERED = 3

Tell = Callable[[str], None]


@dataclass
class Part:
    """One process to keep running; `health` is an address that answers when it is ready, where it has one."""

    name: str
    command: list[str]
    log: Path
    port: int | None = None
    health: str | None = None
    process: Process | None = None
    started: float = 0.0
    crashes: int = 0
    looked: float = 0.0
    unanswered: int | None = None
    """How many looks in a row got no answer; None until it has answered once."""

    @property
    def is_running(self) -> bool:
        """Whether the process is alive."""
        return self.process is not None and self.process.poll() is None


Launch = Callable[[Part, Settings], Process]


def launched(part: Part, settings: Settings) -> Process:
    """Start a part as a new process, whose output goes to its log."""
    with part.log.open("ab") as log:
        # A session of its own, so that Ctrl-C reaches this process alone and it stops the parts in order.
        return subprocess.Popen(
            part.command, cwd=settings.root, env=settings.environment, stdout=log, stderr=log, start_new_session=True
        )


@dataclass
class Supervisor:
    """Starts parts, watches them and stops them."""

    settings: Settings
    parts: list[Part]
    tell: Tell
    launch: Launch = launched
    _stopping: bool = field(default=False)
    _claims: list[IO[bytes]] = field(default_factory=list)

    def start(self) -> None:
        """Start all parts and wait until each answers; raises CannotStart."""
        for part in self.parts:
            if part.port and (port_in_use(part.port) or not self._claim(part.port)):
                raise CannotStart(
                    f"Port {part.port} for the {part.name} is already in use. Stop the other program "
                    f"(perhaps this bot is running already), or choose another port: see img-pathway run --help."
                )
        # Only now: where the bot runs already, a crashed part of it would come back with these endpoints.
        prepare(self.settings)
        for part in self.parts:
            self._launch(part)
        for part in self.parts:
            self._wait(part)

    def watch(self) -> None:
        """Keep the parts running until Ctrl-C or SIGTERM."""
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)
        self.keep_running()

    def keep_running(self, until: Callable[[], bool] = lambda: False) -> None:
        """Restart crashed parts, with growing pauses, until told to stop or `until` holds."""
        while not self._stopping and not until():
            for part in self.parts:
                if not part.is_running and not self._stopping:
                    self._relaunch(part)
                self._look(part)
            time.sleep(_POLL_SECONDS)

    def stop(self) -> None:
        """Stop all parts, the last started first: an answer that is on its way still needs the action server."""
        self._stopping = True
        running = [part.process for part in reversed(self.parts) if part.process and part.is_running]
        for process in running:
            process.terminate()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for claim in self._claims:
            claim.close()

    def _claim(self, port: int) -> bool:
        """Take a port before a part listens on it; False where another supervisor of this folder starts there too."""
        self.settings.state.mkdir(exist_ok=True)
        claim = (self.settings.state / f"port-{port}.lock").open("ab")
        self._claims.append(claim)
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _launch(self, part: Part) -> None:
        part.log.parent.mkdir(parents=True, exist_ok=True)
        part.process = self.launch(part, self.settings)
        part.started, part.unanswered = time.monotonic(), None

    def _wait(self, part: Part) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while part.health and not answers(part.health):
            if not part.is_running:
                raise CannotStart(f"The {part.name} stopped while starting. Read {part.log} for the reason.")
            if time.monotonic() > deadline:
                raise CannotStart(f"The {part.name} did not answer within {_START_SECONDS} s. Read {part.log}.")
            self.tell(f"Starting the {part.name} … {time.monotonic() - part.started:.0f} s")
            time.sleep(_POLL_SECONDS)

    def _look(self, part: Part) -> None:
        """Kill a part that used to answer and does not any more, or never did in the time of a start."""
        if not part.health or time.monotonic() - part.looked < _LOOK_SECONDS:
            return
        part.looked = time.monotonic()
        if lives(part.health):
            part.unanswered = 0
        elif part.unanswered is not None or time.monotonic() - part.started > _START_SECONDS:
            part.unanswered = (part.unanswered or 0) + 1
            if part.unanswered >= _MOST_UNANSWERED and part.process:
                self.tell(f"The {part.name} does not answer any more and is killed.\n")
                part.process.kill()
                part.process.wait()

    def _relaunch(self, part: Part) -> None:
        part.crashes = 1 if time.monotonic() - part.started > _STABLE_SECONDS else part.crashes + 1
        pause = min(2 ** (part.crashes - 1) - 1, _LONGEST_PAUSE)
        self.tell(f"The {part.name} stopped by itself; starting it again in {pause} s (log: {part.log}).\n")
        until = time.monotonic() + pause
        while time.monotonic() < until and not self._stopping:
            time.sleep(_POLL_SECONDS)
        if not self._stopping:
            self._launch(part)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True


def port_in_use(port: int) -> bool:
    """Whether something listens on a loopback port."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def release_at(address: str, release: str, seconds: float) -> bool:
    """Whether the bot at an address answers with a release within some seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/chat/health", timeout=5) as response:
                if json.load(response).get("release") == release:
                    return True
        except (urllib.error.URLError, OSError, ValueError):
            pass
        time.sleep(_POLL_SECONDS)
    return False


def answers(address: str) -> bool:
    """Whether an address answers at all with success."""
    try:
        with urllib.request.urlopen(address, timeout=2) as response:
            return bool(response.status < 400)
    except (urllib.error.URLError, OSError):
        return False


def lives(address: str) -> bool:
    """Whether an address answers anything at all."""
    try:
        with urllib.request.urlopen(address, timeout=_ANSWER_SECONDS):
            return True
    except (urllib.error.HTTPError, http.client.HTTPException):
        return True
    except OSError:
        return False


def bot_parts(settings: Settings, model: Path) -> list[Part]:
    """The action server and Rasa, and where enquiries are sent on, what sends them."""
    first = settings.metrics
    ports = [first and first + number for number in range(3)]
    parts = [
        action_server(replace(settings, metrics=ports[1])),
        chat_server(replace(settings, metrics=ports[0]), model),
    ]
    if has_ways(settings.environment):
        outbox = [sys.executable, "-m", "img_pathway.cli", "outbox", *_metrics(ports[2])]
        parts.append(Part("outbox of enquiries", outbox, settings.state / "log" / "outbox.log"))
    return parts


def action_server(settings: Settings) -> Part:
    """Runs the actions; any number may run."""
    return Part(
        "action server",
        command(
            "actions", "--interface", settings.interface, "--port", str(settings.action_port),
            *_metrics(settings.metrics),
        ),
        settings.state / "log" / "actions.log",
        settings.action_port,
        f"http://127.0.0.1:{settings.action_port}/health",
    )  # fmt: skip


def chat_server(settings: Settings, model: Path) -> Part:
    """Rasa with the channels; any number may run where they share a database and a Redis."""
    return Part(
        "chat server",
        command(
            "chat", "--interface", settings.interface, "--port", str(settings.port), "--model", str(model),
            "--endpoints", str(settings.endpoints), "--credentials", settings.credentials,
            *_metrics(settings.metrics),
        ),
        settings.state / "log" / "rasa.log",
        settings.port,
        f"{settings.address}/chat/health",
    )  # fmt: skip


def _metrics(port: int | None) -> list[str]:
    return ["--metrics-port", str(port)] if port else []
