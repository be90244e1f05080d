"""What WhatsApp and Messenger have in common: Meta's signature and Meta's question at the start."""

from __future__ import annotations

import hashlib
import hmac
import os

from sanic.request import Request
from sanic.response import HTTPResponse, text

from img_pathway.channels.tokens import is_same


def signed_by_meta(request: Request, secret: str) -> bool:
    """Whether the raw body was signed with the app secret in an environment variable."""
    signature = hmac.new(os.environ[secret].encode(), request.body, hashlib.sha256).hexdigest()
    given = request.headers.get("x-hub-signature-256", "")
    return is_same(given, f"sha256={signature}")


def challenge(request: Request, token: str) -> HTTPResponse:
    """Give back Meta's challenge where it knows the verify token in an environment variable."""
    known = is_same(request.args.get("hub.verify_token", ""), os.environ[token])
    if known and request.args.get("hub.mode") == "subscribe":
        return text(request.args.get("hub.challenge", ""))
    return text("bad verify token", 403)
