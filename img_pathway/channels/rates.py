"""How often one address or one conversation may ask for something."""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, parse
from limits.aio.storage import Storage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.storage import storage_from_string


class TooMany(Exception):
    """A limit is used up; `seconds` says when to try again."""

    def __init__(self, seconds: int) -> None:
        """Remember for how long."""
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


class Rates:
    """Counts in memory, or in Redis where several workers share the counts (`async+redis://…`)."""

    def __init__(self, storage: str = "async+memory://") -> None:
        """Count at an address of the limits package."""
        kept = storage_from_string(storage)
        assert isinstance(kept, Storage), f"{storage} does not begin with async+"
        self._limiter = MovingWindowRateLimiter(kept)

    async def spend(self, limit: str, who: str) -> None:
        """Count one use of a limit ("30/minute") by somebody; raises TooMany."""
        item: RateLimitItem = parse(limit)
        if not await self._limiter.hit(item, who):
            frees = await self._limiter.get_window_stats(item, who)
            raise TooMany(max(1, math.ceil(frees.reset_time - time.time())))
