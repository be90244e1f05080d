"""Failures as clear JSON errors: a status, a code for programs, a sentence for people."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from sanic.response import HTTPResponse, ResponseStream
from sanic.response import json as as_json

from img_pathway.channels.door import Closed, Stopping
from img_pathway.channels.live import live_bot
from img_pathway.channels.rates import TooMany
from img_pathway.channels.store import StoreFailed
from img_pathway.channels.tokens import BadToken
from img_pathway.channels.turns import Unavailable
from img_pathway.database.tombstones import Deleted
from img_pathway.dialogue.helping import closed
from img_pathway.watching import metrics

_LOG = logging.getLogger(__name__)
_RETRY_SECONDS = 3
# Whatever hangs, nobody waits longer.
_LONGEST_SECONDS = 9
# Longer than a program waits by itself: the person decides when to try again.
_CLOSED_SECONDS = 600

Handler = Callable[..., Coroutine[Any, Any, HTTPResponse | ResponseStream]]


class Refused(Exception):
    """A request that is not served; `retry_after` in seconds."""

    def __init__(self, status: int, code: str, message: str, retry_after: int | None = None) -> None:
        """Say why, to programs and to people."""
        super().__init__(code)
        self.status, self.code, self.message, self.retry_after = status, code, message, retry_after


def answering(handler: Handler) -> Handler:
    """A handler whose failures are answered in JSON."""

    @wraps(handler)
    async def answer(*arguments: Any, **parts: Any) -> HTTPResponse | ResponseStream:
        try:
            return await asyncio.wait_for(handler(*arguments, **parts), _LONGEST_SECONDS)
        except asyncio.TimeoutError as error:
            _LOG.error("A request was not answered within %s s.", _LONGEST_SECONDS)
            refused = _refused(error)
        except (Refused, BadToken, TooMany, Unavailable, StoreFailed, Deleted, Closed, Stopping) as error:
            refused = _refused(error)
        except Exception as error:
            _LOG.exception("A request to %s could not be answered.", handler.__name__)
            metrics.failed("request")
            refused = _refused(error)
        metrics.REFUSALS.labels("web", refused.code).inc()
        return _response(refused)

    return answer


def _refused(error: Exception) -> Refused:
    if isinstance(error, Refused):
        return error
    if isinstance(error, (BadToken, Deleted)):
        code = error.code if isinstance(error, BadToken) else "bad_token"
        return Refused(401, code, "This conversation has ended or is not known here. Start a new one.")
    if isinstance(error, TooMany):
        said = f"That was quick. Please wait {error.seconds} seconds and send it again."
        return Refused(429, "too_many", said, error.seconds)
    if isinstance(error, Closed):
        return Refused(503, "closed", " ".join(closed(live_bot()).text), _CLOSED_SECONDS)
    said = "The bot cannot answer right now. Your message was not taken; please send it again in a moment."
    # Behind nginx another chat server takes what this one leaves: a 502 is passed on, a 503 is the word of all of them.
    return Refused(502 if isinstance(error, Stopping) else 503, "unavailable", said, _RETRY_SECONDS)


def _response(refused: Refused) -> HTTPResponse:
    headers = {"Cache-Control": "no-store"}
    if refused.retry_after is not None:
        headers["Retry-After"] = str(refused.retry_after)
    return as_json({"error": {"code": refused.code, "message": refused.message}}, refused.status, headers)
