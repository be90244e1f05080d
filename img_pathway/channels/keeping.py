"""How Rasa's agent reads and keeps conversations here, and calls actions: no failure is hidden, nobody is held up."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from functools import lru_cache
from typing import Any, TypeVar

from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils import common

from img_pathway.channels.failures import WatchedEndpoint, has_failed
from img_pathway.channels.store import sql_store
from img_pathway.channels.window import lasting, recent

_T = TypeVar("_T")

_SCHEMA = RemoteAction.action_response_format_spec()
_WELL_FORMED = validator_for(_SCHEMA)(_SCHEMA)
_KINDS = lru_cache(maxsize=None)(common.all_subclasses)


class Keeping(SQLTrackerStore):
    """Conversations in threads, by their order, and whole turns alone.

    Rasa's own would hold up everybody while the database works, and go on with an empty conversation where it fails.
    """

    def __init__(self, store: SQLTrackerStore, domain: Domain) -> None:
        """Work on the database of `store`, with what `domain` says is to be remembered."""
        TrackerStore.__init__(self, domain, store.event_broker)
        self.engine, self.sessionmaker = store.engine, store.sessionmaker
        self._kinds = lasting(domain)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The last turns of the conversation, and what still holds of all before them."""
        return await _in_thread(super().retrieve(sender_id))

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep a turn, which Rasa does once at its end; not one in which something failed."""
        if not has_failed():
            await _in_thread(super().save(tracker))

    def _event_query(self, session: Any, sender_id: str, fetch_events_from_all_sessions: bool) -> Any:
        # Rasa compares times, and forgets answers that were given after a clock was set back.
        event = self.SQLEvent
        theirs = event.sender_id == sender_id
        if not fetch_events_from_all_sessions:
            theirs = event.id.in_(recent(session, event.__table__, sender_id, self._kinds))
        return session.query(event).filter(theirs).order_by(event.id)


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
