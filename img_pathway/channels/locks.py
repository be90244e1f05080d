"""Rasa's locks, as endpoints.yml names them where several chat servers share a Redis."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, LockStore
from rasa.utils.endpoints import EndpointConfig

from img_pathway.channels.lines import Lines
from img_pathway.channels.together import together


class SharedLocks(LockStore):
    """The lines of our channels, for Rasa's own connectors too.

    Rasa's locks in Redis look once a second, count their tickets in two steps, and refuse every message while Redis is
    away.
    """

    def __init__(self, endpoint_config: EndpointConfig | None = None) -> None:
        """Share what this process shares; the configuration has nothing to add."""
        super().__init__()
        self._lines = Lines(together())

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LOCK_LIFETIME, wait_time_in_seconds: float = 1
    ) -> AsyncIterator[TicketLock]:
        """Wait for the conversation's turn; a turn of our channels holds it already."""
        async with self._lines.turn(conversation_id):
            yield TicketLock(conversation_id)
