"""Notices what Rasa logs and hides: an action that could not be run."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rasa.core.actions.action import ClientResponseError
from rasa.utils.endpoints import EndpointConfig

from img_pathway.watching import metrics

# Rasa waits five minutes for an action; nobody waits so long for an answer.
ACTION_SECONDS = 5
# An action says with this status that it does not want to run now, which is no failure.
_REJECTED = 400

_noticed: contextvars.ContextVar[list[str] | None] = contextvars.ContextVar("noticed", default=None)


@contextmanager
def noticing() -> Iterator[list[str]]:
    """Gather the failures of the turn that is worked on here."""
    found: list[str] = []
    before = _noticed.set(found)
    try:
        yield found
    finally:
        _noticed.reset(before)


def has_failed() -> bool:
    """Whether a failure was noticed in this turn."""
    return bool(_noticed.get())


def _notice(error: BaseException, where: metrics.Failure) -> None:
    metrics.failed(where)
    found = _noticed.get()
    if found is not None:
        found.append(type(error).__name__)


class WatchedEndpoint(EndpointConfig):
    """The action server; calls that fail or take too long are noticed."""

    async def request(self, *arguments: Any, **options: Any) -> Any:
        """Call, and raise what Rasa expects."""
        try:
            with metrics.timed("actions"):
                return await asyncio.wait_for(super().request(*arguments, **options), ACTION_SECONDS)
        except ClientResponseError as error:
            if error.status != _REJECTED:
                _notice(error, "actions")
            raise
        except Exception as error:
            _notice(error, "actions")
            raise
