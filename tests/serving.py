"""What a bot that runs for tests needs: ports, generous limits, a secret that tests can sign with."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import httpx
import sqlalchemy as sa
import yaml
from prometheus_client.parser import text_string_to_metric_families

from img_pathway.database.connect import connect, database_url
from img_pathway.serve.settings import Settings
from img_pathway.serve.supervisor import Launch, Part, Supervisor, answers, bot_parts
from img_pathway.serve.training import model_path, train
from tests.forking import forked

ROOT = Path(__file__).parent.parent
SECRET = "only-for-tests-only-for-tests-only-for-tests"
PATIENCE_SECONDS = 120
# One client for all threads, since a new one costs 40 ms of reading certificates; a connection of its own for each
# request, since servers here are killed and come back.
HTTP = httpx.Client(timeout=60, limits=httpx.Limits(max_connections=None, max_keepalive_connections=0))
# Where no messaging platform answers.
NOWHERE = "http://127.0.0.1:9"
# Made up, for platforms that are made up as well (tests/channels/fakes.py).
SECRETS = {
    "WHATSAPP_TOKEN": "made-up-whatsapp-token",
    "WHATSAPP_APP_SECRET": "made-up-whatsapp-app-secret",
    "WHATSAPP_VERIFY_TOKEN": "made-up-whatsapp-verify-token",
    "WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
    "MESSENGER_PAGE_TOKEN": "made-up-page-token",
    "MESSENGER_APP_SECRET": "made-up-messenger-app-secret",
    "MESSENGER_VERIFY_TOKEN": "made-up-messenger-verify-token",
    "TELEGRAM_TOKEN": "110201543:made-up",
    "TELEGRAM_WEBHOOK_SECRET": "made-up-webhook-secret",
    "TWILIO_ACCOUNT_SID": "AC00000000000000000000000000000001",
    "TWILIO_AUTH_TOKEN": "made-up-auth-token",
    "TWILIO_WEBHOOK_URL": "https://bot.example.org/webhooks/twilio",
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def free_ports(number: int) -> int:
    """The first of some free ports in a row."""
    while True:
        first = free_port()
        try:
            with ExitStack() as probes:
                for port in range(first, first + number):
                    probes.enter_context(socket.socket()).bind(("127.0.0.1", port))
            return first
        except OSError:
            continue


def credentials_for_tests(
    folder: Path, platforms: str, messages: str = "1000/minute", sessions: str = "100000/hour", **limits: str
) -> str:
    """credentials.yml with limits that tests do not reach, and platforms at a made-up address that are soon retried."""
    credentials = yaml.safe_load((ROOT / "credentials.yml").read_text(encoding="utf-8"))
    limits = {"messages_from_address": "100000/minute", "reads": "100000/minute", **limits}
    credentials["img_pathway.channels.web.WebInput"] |= {"sessions": sessions, "messages": messages, **limits}
    for platform in ("whatsapp.WhatsApp", "messenger.Messenger", "telegram.Telegram", "twilio.Twilio"):
        version = "/v25.0" if platform.startswith(("whatsapp", "messenger")) else ""
        settings = {"api_base_url": f"{platforms}{version}", "messages": messages, "first_pause": 0.004}
        credentials[f"img_pathway.channels.{platform}Input"] = settings
    path = folder / "credentials.yml"
    path.write_text(yaml.safe_dump(credentials), encoding="utf-8")
    return str(path)


def present_model() -> Path:
    """Return the model for the project's present data; train it, once for all processes, where there is none."""
    settings = Settings(ROOT)
    settings.state.mkdir(exist_ok=True)
    with (settings.state / "train.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        model = model_path(settings)
        return model if model.exists() else train(settings, lambda line: None)


@contextmanager
def running_bot(
    folder: Path, platforms: str = NOWHERE, *, messages: str = "1000/minute", launch: Launch = forked, **changes: Any
) -> Iterator[Supervisor]:
    """Rasa and the action server, all channels on; trains a model where there is none.

    Over a SQLite and on free ports, unless `changes` of the settings say otherwise.
    """
    os.environ.update(SECRETS, IMG_PATHWAY_SECRET=SECRET)
    plain = Settings(
        ROOT, free_port(), free_port(), database=str(folder / "conversations.db"), closed=str(folder / "closed"),
        metrics=free_ports(3),
    )  # fmt: skip
    settings = replace(plain, credentials=credentials_for_tests(folder, platforms, messages), **changes)
    model = present_model()
    supervisor = Supervisor(settings, bot_parts(settings, model), lambda line: None, launch)
    for part in supervisor.parts:
        part.log = folder / part.log.name
    try:
        supervisor.start()
        yield supervisor
    finally:
        supervisor.stop()


def rows(running: Supervisor, query: str, **values: Any) -> list[Any]:
    """What the database behind a running bot holds."""
    with connect(database_url(ROOT, running.settings.environment)).connect() as database:
        return database.execute(sa.text(query), values).all()


def tables_with(engine: sa.engine.Engine, word: str) -> set[str]:
    """The tables in which a word stands, upper or lower case."""
    with engine.connect() as database:
        kept = {
            name: database.execute(sa.text(f"SELECT * FROM {name}")) for name in sa.inspect(database).get_table_names()
        }
        # A row of SQLAlchemy shows long values only in part.
        return {name for name, found in kept.items() if any(word in str(tuple(row)).lower() for row in found)}


def figures(running: Supervisor, port: int = 0) -> dict[tuple[str, ...], float]:
    """All figures of the chat server, or of a part with a later port, by name and values of their labels."""
    address = f"http://127.0.0.1:{(running.settings.metrics or 0) + port}/metrics"
    families = text_string_to_metric_families(HTTP.get(address).text)
    return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}


def crash(part: Part) -> None:
    """End a part of the bot without a warning."""
    assert part.process is not None
    os.kill(part.process.pid, signal.SIGKILL)
    part.process.wait()
    # What crashes again and again is started with growing pauses, for which tests need not wait.
    part.crashes = 0


def well(running: Supervisor) -> bool:
    """Whether the bot can answer."""
    return answers(f"{running.settings.address}/chat/health")


def is_locked(path: Path) -> bool:
    """Whether a process that lives holds a lock on a file; a dead one that nobody has waited for holds none."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether something becomes true within a bound."""
    deadline = monotonic() + PATIENCE_SECONDS
    while not holds():
        if monotonic() > deadline:
            return False
        Event().wait(0.1)
    return True
