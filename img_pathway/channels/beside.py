"""Rasa's work in a thread of its own, so that the loop that takes requests is free for them."""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from functools import lru_cache
from typing import Any, TypeVar

from img_pathway.watching import heartbeat

_T = TypeVar("_T")
_SWITCH_SECONDS = 0.0005


async def beside(work: Coroutine[Any, Any, _T]) -> _T:
    """Do something in the other thread, and wait for it here; it is over there, too, when a cancellation is over."""
    outcome: Future[_T] = Future()
    tasks: list[asyncio.Task[_T]] = []

    def begin() -> None:
        tasks.append(asyncio.get_running_loop().create_task(work))
        tasks[0].add_done_callback(lambda task: _settle(outcome, task))

    def stop() -> None:
        tasks[0].cancel()

    _loop().call_soon_threadsafe(begin)
    ended = asyncio.wrap_future(outcome)
    try:
        return await asyncio.shield(ended)
    except asyncio.CancelledError:
        _loop().call_soon_threadsafe(stop)
        await asyncio.wait([ended])
        raise


def _settle(outcome: Future[_T], task: asyncio.Task[_T]) -> None:
    error = asyncio.CancelledError() if task.cancelled() else task.exception()
    if error is None:
        outcome.set_result(task.result())
    else:
        outcome.set_exception(error)


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    # What takes requests has little to do, and should not wait long for the interpreter each time.
    sys.setswitchinterval(_SWITCH_SECONDS)
    # Model and content stay for good; looking through them for garbage would hold up everything for tenths of a second.
    gc.collect()
    gc.freeze()
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="rasa", daemon=True).start()
    heartbeat.watch(loop, "rasa")
    return loop
