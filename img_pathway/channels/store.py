"""The database of conversations: read as events, known sessions, and deletion that leaves nothing."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain

from img_pathway.channels import window
from img_pathway.channels.window import Page
from img_pathway.database.connect import connect, migrate
from img_pathway.database.forget import forget, left
from img_pathway.database.tables import SESSIONS
from img_pathway.database.tombstones import leave_tombstone, lock_conversation, raise_if_deleted
from img_pathway.watching import metrics

_LOG = logging.getLogger(__name__)

_T = TypeVar("_T")


class StoreFailed(Exception):
    """The database does not answer."""


def sql_store(store: TrackerStore) -> SQLTrackerStore:
    """The SQL store inside Rasa's wrappers, which hide its failures; raises TypeError for other kinds."""
    while not isinstance(store, SQLTrackerStore):
        if not hasattr(store, "_tracker_store"):
            raise TypeError(f"Conversations are kept in {type(store).__name__}; use `type: SQL` in endpoints.yml.")
        store = store._tracker_store
    return store


class ConversationStore:
    """Conversations in the database that Rasa's tracker store uses; every method raises StoreFailed."""

    def __init__(self, store: SQLTrackerStore) -> None:
        """Work on the database of `store`; the program's own tables are made where there are none."""
        self._engine = connect(store.engine.url, hurries=True)
        # Rasa's own engine waits long, and fails once for each connection after the database was restarted.
        store.engine = self._engine
        store.sessionmaker.configure(bind=self._engine)
        self._events: sa.Table = store.SQLEvent.__table__
        self._is_ready, self._is_away = False, False

    async def recent(self, conversation: str, domain: Domain) -> list[dict[str, Any]]:
        """Read the events of the last turns in order, after those that still hold of all before them."""
        events = self._events.c

        def read(db: sa.engine.Connection) -> list[dict[str, Any]]:
            ids = window.recent(db, self._events, conversation, window.lasting(domain))
            query = sa.select(events.data).where(events.id.in_(ids)).order_by(events.id)
            return [json.loads(data) for data in db.execute(query).scalars()]

        return await self._run(read)

    async def page(self, conversation: str, size: int, before: int | None = None) -> Page:
        """Read the last turns, or those before an id that an earlier page named."""
        return await self._run(lambda db: window.page(db, self._events, conversation, size, before))

    async def repeated(self, conversation: str, message_id: str) -> Page:
        """Find the turn of a message that was taken lately; an empty page where there is none."""
        return await self._run(lambda db: window.repeated(db, self._events, conversation, message_id))

    async def after(self, conversation: str, event: int, most: int) -> list[tuple[int, dict[str, Any]]]:
        """Read the next events behind the one with an id, each with its own id."""
        events = self._events.c
        query = sa.select(events.id, events.data).where(events.sender_id == conversation, events.id > event)
        query = query.order_by(events.id).limit(most)
        return await self._run(lambda db: [(id_, json.loads(data)) for id_, data in db.execute(query)])

    async def begin(self, conversation: str, channel: str) -> None:
        """Remember that a session was handed out."""
        row = {"id": conversation, "channel": channel, "started": time.time()}
        await self._run(lambda db: db.execute(SESSIONS.insert(), row))

    async def knows(self, conversation: str) -> bool:
        """Whether the session was handed out and not deleted."""
        query = sa.select(SESSIONS.c.id).where(SESSIONS.c.id == conversation)
        return await self._run(lambda db: db.execute(query).first()) is not None

    async def delete(self, conversation: str, asked: float) -> int:
        """Remove the session, all of its events and its enquiries; returns how many rows are found after that.

        What came before the time at which this was asked for is not kept afterwards either. Raises Deleted where the
        conversation was deleted after that time, because what it holds by now is another one.
        """
        theirs = self._events.c.sender_id == conversation

        def remove(db: sa.engine.Connection) -> None:
            lock_conversation(db, conversation)
            raise_if_deleted(db, conversation, asked)
            leave_tombstone(db, conversation, asked)
            db.execute(self._events.delete().where(theirs))
            forget(db, conversation)

        def count(db: sa.engine.Connection) -> int:
            events = sa.select(sa.func.count()).select_from(self._events).where(theirs)
            return int(db.execute(events).scalar_one()) + left(db, conversation)

        await self._run(remove)
        # In a transaction of its own: what counts is what is kept.
        return await self._run(count)

    async def ping(self) -> None:
        """See that the database answers."""
        await self._run(lambda db: db.execute(sa.text("SELECT 1")))

    async def _run(self, work: Callable[[sa.engine.Connection], _T]) -> _T:
        # In a thread, because a slow database must not hold up other conversations.
        return await asyncio.to_thread(self._work, work)

    def _work(self, work: Callable[[sa.engine.Connection], _T]) -> _T:
        try:
            if not self._is_ready:
                migrate(self._engine)
                self._is_ready = True
            with metrics.timed("database"), self._engine.begin() as connection:
                done = work(connection)
        except sa.exc.SQLAlchemyError as error:
            metrics.failed("database")
            if not self._is_away:
                self._is_away = True
                _LOG.error("The database does not answer (%s). Messages are refused until it does.", error)
            raise StoreFailed(type(error).__name__) from error
        if self._is_away:
            self._is_away = False
            _LOG.warning("The database answers again.")
        return done
