"""Work in the other thread: its outcome, its context, and that it is over when a cancellation is."""

from __future__ import annotations

import asyncio
import threading
from contextvars import ContextVar

import pytest

from img_pathway.channels.beside import beside

NOTED: ContextVar[str] = ContextVar("noted", default="")


async def where() -> tuple[str, str]:
    return threading.current_thread().name, NOTED.get()


async def breaks() -> None:
    raise ValueError("broken")


def test_it_runs_elsewhere_in_the_context_of_who_waits() -> None:
    async def ask() -> tuple[str, str]:
        NOTED.set("of this turn")
        return await beside(where())

    assert asyncio.run(ask()) == ("rasa", "of this turn")


def test_a_failure_comes_back() -> None:
    async def ask() -> None:
        with pytest.raises(ValueError, match="broken"):
            await beside(breaks())

    asyncio.run(ask())


def test_it_is_over_when_the_cancellation_is() -> None:
    steps: list[str] = []

    async def finishes() -> None:
        steps.append("begun")
        try:
            await asyncio.sleep(60)
        finally:
            # As a database that is being written to cannot be left at once.
            await asyncio.sleep(0.05)
            steps.append("over")

    async def give_up() -> None:
        waiting = asyncio.create_task(beside(finishes()))
        while not steps:
            await asyncio.sleep(0.01)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert steps == ["begun", "over"]

    asyncio.run(give_up())
