"""Files of the widget as HTTP responses: right cache headers, compressed once, a strict policy for what they may do."""

from __future__ import annotations

import gzip
import hashlib
import html
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")
REVALIDATE = "no-cache"
SHORTLY = "public, max-age=300"
FOREVER = "public, max-age=31536000, immutable"
# The host page of the demonstration: as strict as a careful site owner's.
HOST_POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}


@dataclass(frozen=True)
class Page:
    """One file, ready to be sent."""

    body: bytes
    zipped: bytes
    headers: Mapping[str, str]

    def answer(self, accepts: str, known: str) -> tuple[int, bytes, dict[str, str]]:
        """Status, body and headers for a client's Accept-Encoding and If-None-Match."""
        headers = dict(self.headers)
        if known == headers["ETag"]:
            return 304, b"", headers
        if "gzip" in accepts:
            return 200, self.zipped, {**headers, "Content-Encoding": "gzip"}
        return 200, self.body, headers


def page(name: str, body: bytes, cache: str, policy: str = "default-src 'none'") -> Page:
    """A file as a page, by the ending of its name."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
    headers = {
        **_SAFE,
        "Content-Type": f"{kind}; charset=utf-8" if text else kind,
        "Content-Security-Policy": policy,
        "Cache-Control": cache,
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:20]}"',
        "Vary": "Accept-Encoding",
    }
    return Page(body, gzip.compress(body, mtime=0), headers)


def folder(path: Path, cache: str, policy: str = "default-src 'none'") -> dict[str, Page]:
    """The files of one folder by name; what is not in it cannot be asked for."""
    return {file.name: page(file.name, file.read_bytes(), cache, policy) for file in path.iterdir() if file.is_file()}


def app_policy(ancestors: str) -> str:
    """What the widget's app may do: nothing but its own files and its own server, inside the sites named."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        f"base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
    )


def filled(template: str, values: Mapping[str, str]) -> str:
    """A template with its {{placeholders}} filled in, safe for HTML; raises KeyError for an unknown one."""
    return _PLACEHOLDER.sub(lambda match: html.escape(values[match[1]], quote=True), template)
