"""What is measured: chat servers behind nginx over PostgreSQL and Redis, and the yardstick over PostgreSQL."""

from __future__ import annotations

import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import yaml

from benchmarks.load.measuring import Processes
from benchmarks.understanding import own
from benchmarks.understanding.running import ROOT, OneThread, say
from benchmarks.understanding.yardstick_data import adapt
from img_pathway.serve.supervisor import Part, Supervisor, action_server, chat_server
from img_pathway.serve.training import train
from tests.deploy.fleet import running_fleet
from tests.deploy.servers import PostgresServer, RedisServer
from tests.serving import free_port

# Everybody comes from one address here, and nobody is to be turned away for that: people say which one they have.
_NO_LIMITS = {
    "rate=10r/s": "rate=10000r/s",
    "img_pathway_people 30": "img_pathway_people 10000",
    "X-Forwarded-For $remote_addr": "X-Forwarded-For $http_x_visitor",
}


# Of each label of the yardstick.
EXAMPLES = 3


@dataclass
class System:
    """Something to talk to: where, over which channel, and its processes."""

    address: str
    channel: str
    processes: Processes


@dataclass
class Servers:
    """The databases that all systems share."""

    postgres: PostgresServer
    redis: RedisServer

    @property
    def processes(self) -> dict[str, list[int]]:
        assert self.postgres.process is not None and self.redis.process is not None
        return {"PostgreSQL": [self.postgres.process.pid], "Redis": [self.redis.process.pid]}


@contextmanager
def ours(servers: Servers, workers: int, database: str) -> Iterator[System]:
    """So many chat servers and action servers behind nginx."""
    with tempfile.TemporaryDirectory() as name:
        fleet = running_fleet(
            Path(name), database, servers.redis, workers=workers, proxy=_NO_LIMITS, messages="100000/minute"
        )
        with fleet as running:
            front = int((running.nginx / "nginx.pid").read_text())
            parts = [worker.parts for worker in running.workers]
            own_processes = {
                "chat server": [pid(chat) for _, chat in parts],
                "action server": [pid(a) for a, _ in parts],
            }
            yield System(
                running.front.settings.address, "web", {**own_processes, "nginx": [front], **servers.processes}
            )


@contextmanager
def yardstick(servers: Servers, copy: OneThread, model: Path, database: str) -> Iterator[System]:
    """One Rasa server with the model of the yardstick over its own channel, and one action server of ours."""
    with tempfile.TemporaryDirectory() as name:
        supervisor = yardstick_parts(Path(name), copy, model, database)
        try:
            supervisor.start()
            actions, chat = supervisor.parts
            processes = {"chat server": [pid(chat)], "action server": [pid(actions)], **servers.processes}
            yield System(supervisor.settings.address, "rest", processes)
        finally:
            supervisor.stop()


def yardstick_parts(folder: Path, copy: OneThread, model: Path, database: str) -> Supervisor:
    """The yardstick, not started yet; its actions answer with the project's own content."""
    (folder / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    settings = OneThread(copy.root, free_port(), free_port(), database, credentials=str(folder / "credentials.yml"))
    for name in ("actions", "img_pathway"):
        if not (copy.root / name).exists():
            (copy.root / name).symlink_to(ROOT / name)
    actions, chat = action_server(settings), chat_server(settings, model)
    actions.log, chat.log = folder / "actions.log", folder / "chat.log"
    chat.health = f"{settings.address}/webhooks/rest/"
    return Supervisor(settings, [actions, chat], lambda line: None)


@contextmanager
def trained_yardstick(epochs: int) -> Iterator[tuple[OneThread, Path]]:
    """The project's data with the pipeline and policies of `rasa init`, trained."""
    with tempfile.TemporaryDirectory() as name:
        copy = own.copy_of_project(Path(name))
        adapt(copy.root, epochs)
        _lighten(copy.root)
        _as_rasa_init_calls_actions(copy.root)
        say(f"Training the yardstick, {epochs} epochs; how well it understands does not matter here")
        yield copy, train(copy, lambda line: None)


def _lighten(folder: Path) -> None:
    """Leave out what makes training last for hours and no message slower: most examples, and a check of rules."""
    for path in (folder / "data" / "conversation").rglob("*.yml"):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for entry in data.get("nlu", ()):
            if "intent" in entry:
                entry["examples"] = "".join(entry["examples"].splitlines(keepends=True)[:EXAMPLES])
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")
    config = yaml.safe_load((folder / "config.yml").read_text(encoding="utf-8"))
    for policy in config["policies"]:
        if policy["name"] == "RulePolicy":
            policy["check_for_contradictions"] = False
    (folder / "config.yml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")


def _as_rasa_init_calls_actions(folder: Path) -> None:
    endpoints = yaml.safe_load((folder / "endpoints.yml").read_text(encoding="utf-8"))
    del endpoints["action_endpoint"]["enable_selective_domain"]
    (folder / "endpoints.yml").write_text(yaml.safe_dump(endpoints), encoding="utf-8")


def seconds_to_first_answer(start: Callable[[], Supervisor], ask: Callable[[str], httpx.Response]) -> float:
    """From the start of its processes until a first message is answered."""
    supervisor = start()
    began = time.monotonic()
    try:
        supervisor.start()
        answer = ask(supervisor.settings.address)
        assert answer.status_code == 200 and answer.json(), answer.text
        return time.monotonic() - began
    finally:
        supervisor.stop()


def asks_rest(address: str) -> httpx.Response:
    message = {"sender": uuid.uuid4().hex, "message": "what is a residency?"}
    return httpx.post(f"{address}/webhooks/rest/webhook", json=message, timeout=60)


def asks_web(address: str) -> httpx.Response:
    token = httpx.post(f"{address}/chat/sessions", json={}, timeout=60).json()["token"]
    message = {"id": uuid.uuid4().hex, "text": "what is a residency?"}
    return httpx.post(
        f"{address}/chat/messages", json=message, headers={"Authorization": f"Bearer {token}"}, timeout=60
    )


def pid(part: Part) -> int:
    assert part.process is not None
    return part.process.pid
