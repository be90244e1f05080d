"""Sends to a platform: patient with a platform that is down, honest in the log when it stays down."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp_retry import RetryClient
from aiohttp_retry.retry_options import ExponentialRetry

_LOG = logging.getLogger(__name__)
_REQUEST_SECONDS = 15
_LONGEST_PAUSE = 30.0
# With pauses of 1, 2, 4, 8, 16 and then 30 seconds: about three minutes, more than a platform's usual hiccup.
_ATTEMPTS = 10
_TOO_MANY = 429


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
        return float(asked) if asked.isdigit() else super().get_timeout(attempt - 1, response)


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
        try:
            async with self._session().post(self.base_url + call.path, json=call.json, data=call.form) as response:
                if response.status < 300:
                    return True
                _LOG.error("A message of conversation %s was refused with status %s.", conversation, response.status)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            _LOG.error("A message of conversation %s could not be sent: %s", conversation, type(error).__name__)
        return False

    async def close(self) -> None:
        """End all connections."""
        if self._client:
            await self._client.close()

    def _session(self) -> RetryClient:
        if self._client is None:
            timeout = aiohttp.ClientTimeout(total=_REQUEST_SECONDS)
            session = aiohttp.ClientSession(headers=self.headers, auth=self.auth, timeout=timeout)
            patience = _Patience(_ATTEMPTS, self.first_pause, _LONGEST_PAUSE, statuses={_TOO_MANY})
            self._client = RetryClient(session, retry_options=patience, raise_for_status=False)
        return self._client
