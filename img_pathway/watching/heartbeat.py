"""Ends a process whose event loop hangs, so that whatever keeps it running starts it again."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
import time
import traceback

_LOG = logging.getLogger(__name__)
# The longest step of a turn takes less than a second, and a release is loaded in another thread.
_MOST_MISSED = 20
_LOG_SECONDS = 2.0
# EX_SOFTWARE of sysexits.h.
STATUS = 70
# The length of a round, where the process is armed. Tests that run servers in their own process are not.
_rounds: list[float] = []


def arm(round_seconds: float = 1.0) -> None:
    """Let a loop that hangs end this process, which somebody starts again."""
    _rounds.append(round_seconds)


def watch(loop: asyncio.AbstractEventLoop, name: str) -> None:
    """In a process that is armed, watch a running loop from a thread of its own.

    After 20 rounds of a second without a sign of life the process ends. Rounds of the watching thread are counted, not
    time: while the process or the machine is suspended, or is slow, both stand still.
    """
    if _rounds:
        watching = threading.Thread(target=_watch, args=(loop, name, _rounds[0]), name=f"heartbeat {name}", daemon=True)
        watching.start()
        _LOG.info("The event loop %s is watched.", name)


def _watch(loop: asyncio.AbstractEventLoop, name: str, round_seconds: float) -> None:
    thread, missed = threading.main_thread().ident, 0
    answered = threading.Event()

    def answer() -> None:
        nonlocal thread
        thread = threading.get_ident()
        answered.set()

    while missed < _MOST_MISSED:
        if not missed:
            answered.clear()
            try:
                loop.call_soon_threadsafe(answer)
            except RuntimeError:
                # The loop is closed, since the server has stopped.
                return
        time.sleep(round_seconds)
        missed = 0 if answered.is_set() else missed + 1
    _end(name, thread)


def _end(name: str, thread: int | None) -> None:
    """End the process, whatever it is doing; the log says where the loop stands."""
    frame = sys._current_frames().get(thread or 0)
    places = traceback.extract_stack(frame) if frame else []
    where = "; ".join(f"{place.filename}:{place.lineno} {place.name}" for place in places)
    # In a thread, since what hangs may be the log itself.
    said = threading.Thread(
        target=_LOG.critical, args=("The loop %s hangs; this process ends. It stands at %s", name, where), daemon=True
    )
    said.start()
    said.join(_LOG_SECONDS)
    os._exit(STATUS)
