"""Sends to a platform: patient with a platform that is down, honest in the log when it stays down."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp_retry import RetryClient
from aiohttp_retry.retry_options import ExponentialRetry

from img_pathway.watching import metrics

_LOG = logging.getLogger(__name__)
_REQUEST_SECONDS = 15
_LONGEST_PAUSE = 30.0
_LONGEST_ASKED_PAUSE = 60.0
# With pauses of 1, 2, 4, 8, 16 and then 30 seconds: two and a half minutes, more than a platform's usual hiccup.
_ATTEMPTS = 10
_TOO_MANY = 429
# Meta says "too many" in the body, at times with status 400: of an app, an account, a number, to one person, of a page.
_TOO_MANY_FOR_META = {4, 32, 613, 80007, 130429, 131056}
# After these nobody knows whether a message was taken; twice is better than never.
_UNCERTAIN = (aiohttp.ClientError, asyncio.TimeoutError, OSError)


@dataclass(frozen=True)
class Call:
    """One request to a platform, as JSON or as a form."""

    path: str
    json: Mapping[str, Any] | None = None
    form: Mapping[str, str] | None = None


class _Patience(ExponentialRetry):
    """Growing pauses, and those that the platform asks for."""

    def get_timeout(self, attempt: int, response: aiohttp.ClientResponse | None = None) -> float:
        asked = response.headers.get("Retry-After", "") if response else ""
        if asked.isdecimal():
            return min(float(asked), _LONGEST_ASKED_PAUSE)
        return super().get_timeout(attempt - 1, response)


async def _is_final(response: aiohttp.ClientResponse) -> bool:
    """Whether a refusal is one for good."""
    try:
        return (await response.json(content_type=None))["error"]["code"] not in _TOO_MANY_FOR_META
    except (ValueError, KeyError, TypeError):
        return True


@dataclass
class Delivery:
    """Requests to one platform."""

    base_url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    auth: aiohttp.BasicAuth | None = None
    first_pause: float = 1.0
    _client: RetryClient | None = None

    async def send(self, call: Call, conversation: str) -> bool:
        """Send one request until it is accepted; False where it never was, which the log says without its text."""
        with metrics.timed("delivery"):
            is_sent = await self._sent(call, conversation)
        if not is_sent:
            metrics.failed("delivery")
        return is_sent

    async def _sent(self, call: Call, conversation: str) -> bool:
        try:
            async with self._session().post(self.base_url + call.path, json=call.json, data=call.form) as response:
                # Read to the end, so that the connection can be used again.
                await response.read()
                if response.status < 300:
                    return True
                _LOG.error("A message of conversation %s was refused with status %s.", conversation, response.status)
        except _UNCERTAIN as error:
            _LOG.error("A message of conversation %s could not be sent: %s", conversation, type(error).__name__)
        return False

    async def close(self) -> None:
        """End all connections."""
        if self._client:
            await self._client.close()

    def _session(self) -> RetryClient:
        if self._client is None:
            # What waits for one of the connections here is not under way yet, and must not be sent a second time.
            timeout = aiohttp.ClientTimeout(sock_connect=_REQUEST_SECONDS, sock_read=_REQUEST_SECONDS)
            session = aiohttp.ClientSession(headers=self.headers, auth=self.auth, timeout=timeout)
            patience = _Patience(
                _ATTEMPTS, self.first_pause, _LONGEST_PAUSE,
                statuses={_TOO_MANY}, exceptions=set(_UNCERTAIN), evaluate_response_callback=_is_final,
            )  # fmt: skip
            self._client = RetryClient(session, retry_options=patience, raise_for_status=False)
        return self._client
