"""How often one address or one conversation may ask for something."""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from packaging.version import Version

from img_pathway.channels.together import Apart, Together, options


class TooMany(Exception):
    """A limit is used up; `seconds` says when to try again."""

    def __init__(self, seconds: int) -> None:
        """Remember for how long."""
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


class _Redis(RedisStorage):
    """Counts in Redis, with the client that Rasa brings: limits asks for a newer one, and runs with this."""

    STORAGE_SCHEME: list[str] = []
    DEPENDENCIES = {"redis": Version("4.6.0")}


class Rates:
    """Counts of all processes together; of this one alone while Redis is away, so that limits become looser."""

    def __init__(self, together: Together) -> None:
        """Count with all who share `together`."""
        self._together = together
        self._own = self._all = SlidingWindowCounterRateLimiter(MemoryStorage())
        if together.address:
            kept = _Redis(
                together.address, implementation="redispy", key_prefix="img-pathway:rates", **options(together.address)
            )
            self._all = SlidingWindowCounterRateLimiter(kept)

    async def spend(self, limit: str, who: str) -> None:
        """Count one use of a limit ("30/minute") by somebody; raises TooMany."""
        item = parse(limit)
        try:
            wait = await self._together.ask(lambda _: _spend(self._all, item, who))
        except Apart:
            wait = await _spend(self._own, item, who)
        if wait:
            raise TooMany(wait)


async def _spend(limiter: SlidingWindowCounterRateLimiter, item: RateLimitItem, who: str) -> int:
    """Seconds to wait; none where the use was counted."""
    if await limiter.hit(item, who):
        return 0
    frees = await limiter.get_window_stats(item, who)
    return max(1, math.ceil(frees.reset_time - time.time()))
