"""Whether messages are let in: not while the staff have closed the bot, and not while this process stops."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from typing import Any
from weakref import WeakKeyDictionary

from img_pathway.serve.closing import Closing
from img_pathway.serve.settings import installation
from img_pathway.watching import metrics

# Less than what stops the server waits before it kills.
_FINISH_SECONDS = 8.0
_stop_by: WeakKeyDictionary[asyncio.AbstractEventLoop, float] = WeakKeyDictionary()

metrics.CLOSED.set_function(lambda: closed_since() is not None)


class Closed(Exception):
    """The staff have closed the bot."""


class Stopping(Exception):
    """This server is about to stop; another one, or the next one, takes the message."""


def enter() -> None:
    """Let a message in; raises Closed or Stopping."""
    if is_stopping():
        raise Stopping
    if closed_since() is not None:
        raise Closed


def closed_since() -> float | None:
    """When the staff closed the bot; None while it is open."""
    return Closing(installation().switch).since()


def is_stopping() -> bool:
    """Whether this server is about to stop."""
    return asyncio.get_running_loop() in _stop_by


async def finished(tasks: Iterable[asyncio.Task[Any]]) -> int:
    """Let nothing in any more, and wait for what was let in; returns how much had to be given up.

    All channels of the server share one bound.
    """
    until = _stop_by.setdefault(asyncio.get_running_loop(), time.monotonic() + _FINISH_SECONDS)
    late = set(tasks)
    if late:
        _, late = await asyncio.wait(late, timeout=max(0.0, until - time.monotonic()))
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    return len(late)
