"""Two chat servers over one database, without Redis and without a model, whose work can be made to hang."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar

import sqlalchemy as sa
from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from img_pathway.channels.keeping import Keeping
from img_pathway.channels.turns import Turns
from img_pathway.dialogue.bot import Bot
from img_pathway.enquiry.agreed import KEY, Agreed
from img_pathway.reply import Reply
from tests.serving import PATIENCE_SECONDS, tables_with

# Stands in all that a person says here, and in what they agree to.
MARKER = "zebediah"
BEFORE, IN_ACTION, BEFORE_SAVE, IN_SAVE = "before it is read", "in the action", "before the save", "in the save"
POINTS = (BEFORE, IN_ACTION, BEFORE_SAVE, IN_SAVE)
_T = TypeVar("_T")


@dataclass
class Hang:
    """One turn waits at a point until it is woken; turns after it do not."""

    point: str = ""
    reached: threading.Event = field(default_factory=threading.Event)
    woken: threading.Event = field(default_factory=threading.Event)

    def at(self, point: str) -> None:
        if point == self.point:
            self.point = ""
            self.reached.set()
            assert self.woken.wait(PATIENCE_SECONDS)


class _Hanging(Keeping):
    """Keeps as the chat server does, and hangs while it holds the conversation."""

    hang: Hang

    def _event_query(self, session: Any, sender_id: str, fetch_events_from_all_sessions: bool) -> Any:
        if session.in_transaction():
            self.hang.at(IN_SAVE)
        return super()._event_query(session, sender_id, fetch_events_from_all_sessions)


class Agent:
    """Takes the place of Rasa's: whoever says "yes" agrees to an enquiry."""

    action_endpoint = processor = None

    def __init__(self, url: str, hang: Hang) -> None:
        self.domain = domain = Domain.empty()
        store = SQLTrackerStore(domain, dialect=sa.engine.make_url(url).drivername, host=url)
        self.tracker_store, self._hang = _Hanging(store, domain), hang
        self.tracker_store.hang = hang
        self.number = ""

    async def handle_message(self, message: UserMessage) -> None:
        await asyncio.to_thread(self._hang.at, BEFORE)
        found = await self.tracker_store.retrieve(message.sender_id)
        tracker = found or DialogueStateTracker(message.sender_id, [])
        heard = UserUttered(message.text, message_id=message.message_id, input_channel=message.input_channel)
        await asyncio.to_thread(self._hang.at, IN_ACTION)
        tracker.update(heard)
        for metadata in self._said(message):
            tracker.update(BotUttered(MARKER, metadata=metadata))
        await asyncio.to_thread(self._hang.at, BEFORE_SAVE)
        await self.tracker_store.save(tracker)

    def _said(self, message: UserMessage) -> list[dict[str, Any]]:
        heard = {"reply": Reply(text=(MARKER,)).to_dict()}
        if message.text != "yes":
            return [heard]
        told = {"name": MARKER, "email": f"{MARKER}@example.com"}
        agreed = Agreed(told, {}, "I agree.", **({"id": self.number} if self.number else {}))
        return [heard, {"reply": Reply(text=(agreed.id,)).to_dict(), KEY: asdict(agreed)}]


class Servers:
    """Two chat servers that know nothing of each other."""

    def __init__(self, url: str, bot: Bot) -> None:
        self.hang = Hang()
        self.agents = [Agent(url, self.hang), Agent(url, self.hang)]
        self.one, self.other = (Turns(lambda a=agent: a, lambda: bot) for agent in self.agents)  # type: ignore[misc]

    @property
    def engine(self) -> sa.engine.Engine:
        return self.one.store._engine

    def tables_with(self, word: str) -> set[str]:
        """Tables in which a word stands."""
        return tables_with(self.engine, word)

    def numbers(self) -> list[str]:
        """Numbers of all enquiries."""
        with self.engine.connect() as db:
            return list(db.execute(sa.text("SELECT id FROM enquiries")).scalars())


async def reached(hang: Hang) -> None:
    assert await asyncio.to_thread(hang.reached.wait, PATIENCE_SECONDS)


def run(work: Coroutine[Any, Any, _T]) -> _T:
    return asyncio.run(asyncio.wait_for(work, PATIENCE_SECONDS))
