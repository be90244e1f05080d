"""How Rasa's agent reads and keeps conversations here, and calls actions: no failure is hidden, nobody is held up."""

from __future__ import annotations

import asyncio
import contextvars
import itertools
from collections.abc import Coroutine, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import sqlalchemy as sa
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils import common

from img_pathway.channels.failures import WatchedEndpoint, has_failed
from img_pathway.channels.store import sql_store
from img_pathway.channels.window import lasting, recent
from img_pathway.database.tables import SESSIONS
from img_pathway.database.tombstones import Deleted, lock_conversation, raise_if_deleted
from img_pathway.enquiry.agreed import KEY, Agreed
from img_pathway.enquiry.outbox import ways_from_environment
from img_pathway.enquiry.store import keep

_T = TypeVar("_T")

_SCHEMA = RemoteAction.action_response_format_spec()
_WELL_FORMED = validator_for(_SCHEMA)(_SCHEMA)
_KINDS = lru_cache(maxsize=None)(common.all_subclasses)


class NotKept(Exception):
    """Another turn was kept meanwhile, or an enquiry's number is taken; the message may be worked on again."""


@dataclass
class _Begun:
    """A turn that is worked on: when its message came, and the id of the conversation's last event then."""

    came: float
    in_session: bool
    last_event: int | None = None


_begun: contextvars.ContextVar[_Begun | None] = contextvars.ContextVar("begun", default=None)


@contextmanager
def turn_context(came: float, *, in_session: bool) -> Iterator[None]:
    """Have the turn that is worked on here kept only if its conversation was not deleted since the message came.

    `in_session` says whether the conversation is over when its session is.
    """
    before = _begun.set(_Begun(came, in_session))
    try:
        yield
    finally:
        _begun.reset(before)


class Keeping(SQLTrackerStore):
    """Conversations in threads, by their order, and whole turns alone, each with what was agreed to in it.

    Rasa's own would hold up everybody while the database works, and go on with an empty conversation where it fails.
    """

    def __init__(self, store: SQLTrackerStore, domain: Domain) -> None:
        """Work on the database of `store`, with what `domain` says is to be remembered."""
        TrackerStore.__init__(self, domain, store.event_broker)
        self.engine, self.sessionmaker = store.engine, store.sessionmaker
        self._kinds = lasting(domain)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The last turns of the conversation, and what still holds of all before them."""
        return await _in_thread(self._read_in_turn(sender_id, _begun.get()))

    async def _read_in_turn(self, sender_id: str, begun: _Begun | None) -> DialogueStateTracker | None:
        if begun:
            # Before the events are read, so that whatever is kept meanwhile is noticed when this turn is kept.
            with self.session_scope() as session:
                begun.last_event = self._last_event(session.connection(), sender_id)
        return await super().retrieve(sender_id)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep a turn, which Rasa does once at its end; not one in which something failed.

        Raises Deleted, or NotKept.
        """
        if has_failed():
            return
        try:
            await _in_thread(super().save(tracker))
        except sa.exc.IntegrityError as error:
            raise NotKept from error

    def _additional_events(self, session: Any, tracker: DialogueStateTracker) -> Iterator[Event]:
        # Rasa calls this first in the transaction in which it keeps a turn.
        db = session.connection()
        lock_conversation(db, tracker.sender_id)
        begun = _begun.get()
        if begun:
            _raise_if_deleted(db, tracker.sender_id, begun)
            if begun.last_event not in (None, self._last_event(db, tracker.sender_id)):
                raise NotKept
        kept = self._event_query(session, tracker.sender_id, fetch_events_from_all_sessions=False).count()
        new = list(itertools.islice(tracker.events, kept, None))
        _keep_agreed(db, tracker, new)
        return iter(new)

    def _last_event(self, db: sa.engine.Connection, conversation: str) -> int:
        its = self.SQLEvent.__table__.c
        return int(db.execute(sa.select(sa.func.max(its.id)).where(its.sender_id == conversation)).scalar() or 0)

    def _event_query(self, session: Any, sender_id: str, fetch_events_from_all_sessions: bool) -> Any:
        # Rasa compares times, and forgets answers that were given after a clock was set back.
        event = self.SQLEvent
        theirs = event.sender_id == sender_id
        if not fetch_events_from_all_sessions:
            theirs = event.id.in_(recent(session, event.__table__, sender_id, self._kinds))
        return session.query(event).filter(theirs).order_by(event.id)


def _raise_if_deleted(db: sa.engine.Connection, conversation: str, begun: _Begun) -> None:
    """Raise Deleted if the conversation, or its session, was deleted since the turn began."""
    raise_if_deleted(db, conversation, begun.came)
    has_session = sa.select(SESSIONS.c.id).where(SESSIONS.c.id == conversation)
    if begun.in_session and not db.execute(has_session).first():
        raise Deleted


def _keep_agreed(db: sa.engine.Connection, tracker: DialogueStateTracker, events: Iterable[Event]) -> None:
    """Keep the enquiries that actions handed over in these events."""
    message = tracker.latest_message
    for event in events:
        if isinstance(event, BotUttered) and KEY in event.metadata:
            agreed = Agreed(**event.metadata[KEY])
            channel, ways = message.input_channel or "", tuple(ways_from_environment())
            keep(db, agreed, tracker.sender_id, channel, message.message_id, ways)


def watch(agent: Agent) -> None:
    """Make an agent keep conversations, and call actions, so that failures are noticed; once is enough."""
    if agent.processor is None or isinstance(agent.tracker_store, Keeping):
        return
    RemoteAction._validate_action_result = _is_well_formed
    # Rasa looks for all kinds of events anew for each event that it reads.
    common.all_subclasses = _KINDS
    agent.tracker_store = agent.processor.tracker_store = Keeping(sql_store(agent.tracker_store), agent.domain)
    plain = agent.action_endpoint
    if plain and not isinstance(plain, WatchedEndpoint):
        agent.action_endpoint = agent.processor.action_endpoint = WatchedEndpoint(
            plain.url, plain.params, plain.headers, plain.basic_auth, plain.token, plain.token_name, plain.cafile,
            **plain.kwargs,
        )  # fmt: skip


def _is_well_formed(action: RemoteAction, result: Any) -> bool:
    """What Rasa asks of an action's result; it checks its own schema each time too, which takes most of a message."""
    _WELL_FORMED.validate(result)
    return True


async def _in_thread(work: Coroutine[Any, Any, _T]) -> _T:
    doing = asyncio.ensure_future(asyncio.to_thread(asyncio.run, work))
    try:
        return await asyncio.shield(doing)
    except asyncio.CancelledError:
        # What was begun may still be kept. Until it is over the turn is not, or the message could be answered twice.
        await asyncio.wait([doing])
        raise
