"""How much of a process one visitor may take at once, so that others are answered meanwhile."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from weakref import WeakValueDictionary

from img_pathway.channels.rates import TooMany

_RETRY_SECONDS = 3


class Bound:
    """At most so many requests of one visitor at once, waiting ones included."""

    def __init__(self, most: int) -> None:
        """Let in `most` of each visitor."""
        self._most = most
        self._inside: Counter[str] = Counter()

    @contextmanager
    def counted(self, who: str) -> Iterator[None]:
        """Count a request of a visitor while it lasts; raises TooMany."""
        if self._inside[who] >= self._most:
            raise TooMany(_RETRY_SECONDS)
        self._inside[who] += 1
        try:
            yield
        finally:
            self._inside[who] -= 1
            if not self._inside[who]:
                del self._inside[who]


class Places:
    """Places for work, first come, first served; one visitor holds, or is next for, only some of them."""

    def __init__(self, places: int, each: int) -> None:
        """Make so many places, `each` of them for one visitor."""
        self._places, self._each = asyncio.Semaphore(places), each
        self._own: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    @asynccontextmanager
    async def held(self, who: str) -> AsyncIterator[None]:
        """Wait for a place and hold it."""
        own = self._own.get(who)
        if own is None:
            own = self._own[who] = asyncio.Semaphore(self._each)
        async with own, self._places:
            yield
