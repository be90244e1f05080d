"""Rasa's work in a thread of its own, so that the loop that takes requests is free for them."""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
from collections.abc import Coroutine
from functools import lru_cache
from typing import Any, TypeVar

_T = TypeVar("_T")
_SWITCH_SECONDS = 0.0005


async def beside(work: Coroutine[Any, Any, _T]) -> _T:
    """Do something in the other thread, and wait for it here."""
    return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, _loop()))


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    # What takes requests has little to do, and should not wait long for the interpreter each time.
    sys.setswitchinterval(_SWITCH_SECONDS)
    # Model and content stay for good; looking through them for garbage would hold up everything for tenths of a second.
    gc.collect()
    gc.freeze()
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="rasa", daemon=True).start()
    return loop
