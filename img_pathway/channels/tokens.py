"""Signed tokens that say which conversation a client may take part in."""

from __future__ import annotations

import hmac
import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import jwt

_AUDIENCE = "img-pathway/web"
_ALGORITHM = "HS256"
LIFETIME = timedelta(days=30)


class BadToken(Exception):
    """A token that is missing, forged, for something else (`bad_token`), or too old (`expired`)."""

    def __init__(self, code: str) -> None:
        """Remember why."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Token:
    """A token for a client, and until when it is good."""

    text: str
    expires: datetime


class Signer:
    """Makes and reads tokens with one secret."""

    def __init__(self, secret: str) -> None:
        """Sign with `secret`; who has it can take part in every conversation."""
        self._secret = secret

    def sign(self, conversation: str, now: datetime) -> Token:
        """A token for a conversation, good for thirty days."""
        expires = (now + LIFETIME).replace(microsecond=0)
        claims = {"sub": conversation, "aud": _AUDIENCE, "exp": expires}
        return Token(jwt.encode(claims, self._secret, algorithm=_ALGORITHM), expires)

    def read(self, token: str) -> str:
        """The conversation that a token is for; raises BadToken."""
        try:
            claims = jwt.decode(
                token, self._secret, [_ALGORITHM], audience=_AUDIENCE, options={"require": ["sub", "exp"]}
            )
        except jwt.ExpiredSignatureError as error:
            raise BadToken("expired") from error
        except (jwt.InvalidTokenError, UnicodeError) as error:
            raise BadToken("bad_token") from error
        return str(claims["sub"])


def is_same(given: str, known: str) -> bool:
    """Whether a secret is the known one; takes as long for a near miss as for a far one, and any characters."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), known.encode())


def secret_of(state: Path) -> str:
    """IMG_PATHWAY_SECRET; without it, a secret made once and kept in a folder, so that restarts end no conversation."""
    given = os.environ.get("IMG_PATHWAY_SECRET")
    if given:
        return given
    path = state / "secret"
    state.mkdir(exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text()


def now() -> datetime:
    """The time with its zone, as tokens need it."""
    return datetime.now(timezone.utc)
