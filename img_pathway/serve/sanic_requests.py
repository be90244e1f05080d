"""Stricter HTTP than that of Sanic 21.12, which reads a body of minus one byte forever and answers nobody else."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from sanic.exceptions import InvalidUsage, SanicException
from sanic.http import Http
from sanic.server.protocols import http_protocol

# Whoever installs another Sanic reads its http.py first: these methods are overridden.
WRITTEN_FOR = "21.12.2"

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
# Python's int() also takes signs, underscores and the digits of every script.
_LENGTH = re.compile(r"[0-9]{1,18}")


def is_plain(headers: Collection[tuple[str, str]]) -> bool:
    """Whether headers are well-formed and name at most one body: one plain length, or chunks."""
    if not all(_NAME.fullmatch(name) and not _CONTROL.search(value) for name, value in headers):
        return False
    lengths = [value.strip(" \t") for name, value in headers if name.lower() == "content-length"]
    codings = [value for name, value in headers if name.lower() == "transfer-encoding"]
    if codings:
        return codings == ["chunked"] and not lengths
    return len(lengths) <= 1 and all(_LENGTH.fullmatch(length) for length in lengths)


class StrictHttp(Http):  # type: ignore[misc]
    """Refuses, before a body is read, what could be read in more than one way."""

    request: Any

    async def http1_request_header(self) -> None:
        """Read the head of a request; raises InvalidUsage."""
        await super().http1_request_header()
        if not is_plain(self.request.headers.items()):
            self.request, self.request_body = None, None
            raise InvalidUsage("Bad Request")

    async def read(self) -> bytes | None:
        """Read a part of the body; raises InvalidUsage and PayloadTooLarge."""
        try:
            data: bytes | None = await super().read()
        except InvalidUsage:
            # Sanic would read on after its answer, and fail again outside of what answers.
            self.request_body, self.keep_alive = None, False
            raise
        return data

    async def error_response(self, exception: Exception) -> None:
        """Answer what failed; where there is no request yet, what was sent is not HTTP."""
        if self.request is None:
            # Sanic would parse this address a second time, and fail without an answer.
            self.url = None
            if not isinstance(exception, SanicException):
                exception = InvalidUsage("Bad Request")
        await super().error_response(exception)


def install() -> None:
    """Let the servers of this process read requests strictly."""
    http_protocol.Http = StrictHttp
