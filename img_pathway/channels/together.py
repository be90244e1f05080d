"""What all processes of the bot know together, in Redis; each goes by its own knowledge while Redis is away."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any, TypeVar

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from img_pathway.watching import metrics

_LOG = logging.getLogger(__name__)
# A message waits so long for a Redis that hangs, and no message waits for it in the pause that follows.
SECONDS = 1.0
_PAUSE_SECONDS = 5.0
# A connection that lay idle for so long is tried, and opened anew, before a message uses it: it may have died with a
# Redis that was restarted.
_IDLE_SECONDS = 1

_T = TypeVar("_T")


class Apart(Exception):
    """There is no Redis, or it does not answer: this process has to decide by itself."""


class Together:
    """One Redis for all processes of the bot."""

    def __init__(self, address: str) -> None:
        """Use the Redis at an address; with an empty one this process is alone."""
        self.address = address
        self._redis: Redis | None = None
        self._is_away, self._again = False, 0.0
        if address:
            self._redis = Redis.from_url(address, decode_responses=True, **options(address))

    async def ask(self, work: Callable[[Redis], Awaitable[_T]]) -> _T:
        """Do something in Redis; raises Apart."""
        if self._redis is None or time.monotonic() < self._again:
            raise Apart
        try:
            done = await work(self._redis)
        except (RedisError, OSError, asyncio.TimeoutError) as error:
            self._note_away(error)
            raise Apart from error
        metrics.REDIS.state("answers")
        if self._is_away:
            self._is_away = False
            _LOG.warning("Redis answers again; all processes count and take turns together.")
        return done

    async def state(self) -> str:
        """Whether Redis is `not used`, `answers`, or is `away`."""
        if self._redis is None:
            return "not used"
        try:
            # One that is full answers, but takes nothing more.
            await self.ask(lambda redis: redis.set("img-pathway:state", "", ex=60))
        except Apart:
            return "away"
        return "answers"

    def _note_away(self, error: Exception) -> None:
        self._again = time.monotonic() + _PAUSE_SECONDS
        metrics.REDIS.state("away")
        if not self._is_away:
            self._is_away = True
            _LOG.error(
                "Redis does not answer (%s: %s). The bot goes on; until Redis is back, each process counts and takes "
                "turns by itself.", type(error).__name__, error,
            )  # fmt: skip


def options(address: str) -> dict[str, Any]:
    """Return how every client connects to the Redis at an address: without waiting long, and to no other host."""
    found: dict[str, Any] = {
        "socket_timeout": SECONDS,
        "socket_connect_timeout": SECONDS,
        "health_check_interval": _IDLE_SECONDS,
        "retry": Retry(NoBackoff(), 1),
    }
    # The client verifies the certificate, but compares no name unless it is told to.
    return {**found, "ssl_check_hostname": True} if address.startswith("rediss://") else found


@lru_cache(maxsize=1)
def together() -> Together:
    """What this process shares with the others; IMG_PATHWAY_REDIS_URL says where."""
    return Together(os.environ.get("IMG_PATHWAY_REDIS_URL", ""))
