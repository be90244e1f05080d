"""First come, first served: who works on a conversation, in this process and in all others."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from weakref import WeakValueDictionary

from redis.asyncio import Redis

from img_pathway.channels.together import Apart, Together

# Whoever has not been heard of for so long has died, and the next in line goes on. A turn may last longer: those who
# work or wait say that they are there.
_ALIVE_SECONDS = 5
_SAY_SO_SECONDS = 1.25
_LOOK_SECONDS = 0.05
_LINE_SECONDS = 86_400

_held: ContextVar[frozenset[str]] = ContextVar("held", default=frozenset())


class Lines:
    """A line for each name: in Redis where processes share one, and in this process always."""

    def __init__(self, together: Together) -> None:
        """Stand in line with all who share `together`."""
        self._together = together
        self._here: WeakValueDictionary[str, _Here] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Wait until all who came before are done. Who holds the turn already, holds it."""
        if name in _held.get():
            yield
            return
        here = self._here.get(name)
        if here is None:
            here = self._here[name] = _Here()
        place = _Place(self._together, f"img-pathway:line:{name}")
        try:
            # One after the other, or answers of Redis would decide who of this process came first.
            async with here.entrance:
                await place.take()
            # Before the wait in Redis: where that goes away meanwhile, messages of this process keep their order.
            async with here.work:
                await place.first()
                before = _held.set(_held.get() | {name})
                try:
                    yield
                finally:
                    _held.reset(before)
        finally:
            await place.leave()


class _Here:
    """The locks of one name in this process."""

    def __init__(self) -> None:
        self.entrance, self.work = asyncio.Lock(), asyncio.Lock()


class _Place:
    """A place in a line in Redis; none while Redis is away."""

    def __init__(self, together: Together, line: str) -> None:
        self._together, self._line = together, line
        self._mine = uuid.uuid4().hex
        self._saying_so: asyncio.Task[None] | None = None

    async def take(self) -> None:
        """Go to the end of the line."""
        try:
            await self._together.ask(self._enter)
        except Apart:
            return
        self._saying_so = asyncio.create_task(self._say_so())

    async def first(self) -> None:
        """Wait until all before have left or died, or the line is gone with Redis."""
        try:
            while self._saying_so and not await self._together.ask(self._is_first):
                await asyncio.sleep(_LOOK_SECONDS)
        except Apart:
            return

    async def leave(self) -> None:
        """Let the next one go on; where Redis is away, it finds out by itself."""
        if self._saying_so is None:
            return
        self._saying_so.cancel()
        try:
            await self._together.ask(self._exit)
        except Apart:
            return

    async def _enter(self, redis: Redis) -> None:
        async with redis.pipeline(transaction=True) as steps:
            steps.set(self._alive(self._mine), "", ex=_ALIVE_SECONDS)
            steps.rpush(self._line, self._mine)
            steps.expire(self._line, _LINE_SECONDS)
            await steps.execute()

    async def _is_first(self, redis: Redis) -> bool:
        first = await redis.lindex(self._line, 0)
        if first is None:
            # Redis was started anew without what it knew.
            await self._enter(redis)
        elif first != self._mine and not await redis.exists(self._alive(first)):
            await redis.lrem(self._line, 1, first)
        return bool(first == self._mine)

    async def _exit(self, redis: Redis) -> None:
        async with redis.pipeline(transaction=True) as steps:
            steps.lrem(self._line, 1, self._mine)
            steps.delete(self._alive(self._mine))
            await steps.execute()

    async def _say_so(self) -> None:
        while True:
            await asyncio.sleep(_SAY_SO_SECONDS)
            try:
                await self._together.ask(lambda redis: redis.set(self._alive(self._mine), "", ex=_ALIVE_SECONDS))
            except Apart:
                continue

    def _alive(self, who: str) -> str:
        return f"{self._line}:{who}"
