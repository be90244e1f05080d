"""The server's own routes over loopback, with every channel on, but without a model: a stand-in answers at once."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.run import configure_app, create_http_input_channels
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa_sdk.endpoint import create_app
from sanic import Sanic
from sanic.touchup.service import TouchUp

from img_pathway.reply import Option, Reply
from img_pathway.serve.sanic_requests import install
from tests.serving import PATIENCE_SECONDS, free_port

# Words at which the stand-in says nothing, or breaks after half of its work.
SILENCE, CRASH = "silence please", "crash please"
SAID = Reply(text=("Said.",), options=(Option("One", "one"), Option("Two", "two")))


class StandIn:
    """Takes the place of Rasa's agent; keeps conversations in a real database, as Rasa does."""

    action_endpoint = None
    domain = Domain.empty()
    processor = None

    def __init__(self, database: Path) -> None:
        self.tracker_store = SQLTrackerStore(domain=Domain.empty(), dialect="sqlite", db=str(database))

    async def handle_message(self, message: UserMessage) -> None:
        heard = {"event": "user", "text": message.text, "message_id": message.message_id, "timestamp": time.time()}
        said = {"event": "bot", "text": "Said.", "metadata": {"reply": SAID.to_dict()}, "timestamp": time.time()}
        events = (heard,) if message.text == SILENCE else (heard, said)
        rows = [
            {"sender_id": message.sender_id, "type_name": event["event"], "data": json.dumps(event)} for event in events
        ]
        table = self.tracker_store.SQLEvent.__table__
        # As Rasa does it: all at the end.
        if message.text == CRASH:
            raise RuntimeError("made up")
        with self.tracker_store.engine.begin() as database:
            database.execute(table.insert(), rows)

    def events(self) -> int:
        """How many events all conversations have."""
        with self.tracker_store.engine.begin() as database:
            return int(database.execute("SELECT COUNT(*) FROM events").scalar())


class Server:
    """An app on a port of its own, in a thread of its own."""

    def __init__(self, app: Sanic) -> None:
        install()
        self.app = app
        self.port = free_port()
        self._loop = asyncio.new_event_loop()
        self._ready, self._done = threading.Event(), asyncio.Event()
        self._thread = threading.Thread(target=lambda: self._loop.run_until_complete(self._run()), daemon=True)
        self._thread.start()
        assert self._ready.wait(PATIENCE_SECONDS)

    async def _run(self) -> None:
        server: Any = await self.app.create_server("127.0.0.1", self.port, return_asyncio_server=True, access_log=False)
        await server.startup()
        # Sanic rewrites its own methods at a start, and cannot do so a second time in one process.
        TouchUp._registry.clear()
        await server.before_start()
        await server.after_start()
        self._ready.set()
        await self._done.wait()
        await server.before_stop()
        await server.close()
        await server.after_stop()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._done.set)
        self._thread.join(PATIENCE_SECONDS)


class Served(Server):
    """The chat server with a stand-in for its model."""

    def __init__(self, credentials: str, database: Path, agent: Any = None) -> None:
        self.agent = agent or StandIn(database)
        self.channels: list[InputChannel] = create_http_input_channels(None, credentials)
        app = app_of(self.channels)
        app.ctx.agent = self.agent
        super().__init__(app)

    def is_idle(self) -> bool:
        """Whether nothing is being worked on."""
        return not any(getattr(channel, "_tasks", None) for channel in self.channels)


def app_of(channels: list[InputChannel]) -> Sanic:
    """The app as `rasa run` builds it."""
    with _same_name_allowed():
        return configure_app(channels, enable_api=False)


def app_of_actions() -> Sanic:
    """The app of the action server with the bot's own actions."""
    with _same_name_allowed():
        return create_app("actions")


@contextmanager
def _same_name_allowed() -> Iterator[None]:
    before, Sanic.test_mode = Sanic.test_mode, True
    try:
        yield
    finally:
        Sanic.test_mode = before
