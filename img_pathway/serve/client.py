"""A client of the web channel, for the terminal."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import uuid
from http import HTTPStatus
from typing import Any

from img_pathway.reply import Reply

_TIMEOUT_SECONDS = 60


class NoAnswer(Exception):
    """The bot could not be reached or did not answer; the message says why."""


class Ended(NoAnswer):
    """There is no such conversation any more."""


class Client:
    """One conversation over the web channel."""

    def __init__(self, address: str) -> None:
        """Begin a conversation with the bot at `address`; raises NoAnswer."""
        self._address = address
        self.welcome = self._begin()

    def say(self, text: str) -> list[Reply]:
        """The bot's replies to a message; raises NoAnswer. What was deleted is followed by a new conversation."""
        message = {"id": uuid.uuid4().hex, "text": text}
        try:
            exchange = self._post("messages", message, self._token)
        except Ended:
            self._begin()
            exchange = self._post("messages", message, self._token)
        return [Reply.from_dict(reply) for reply in exchange["replies"]]

    def _begin(self) -> Reply:
        session = self._post("sessions", {})
        self._token = str(session["token"])
        return Reply.from_dict(session["welcome"])

    def _post(self, what: str, body: dict[str, str], token: str = "") -> dict[str, Any]:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        request = urllib.request.Request(f"{self._address}/chat/{what}", json.dumps(body).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as response:
                found: dict[str, Any] = json.load(response)
                return found
        except urllib.error.HTTPError as error:
            kind = Ended if error.code == HTTPStatus.UNAUTHORIZED else NoAnswer
            raise kind(json.load(error)["error"]["message"]) from error
        except OSError as error:
            raise NoAnswer(f"{error}. Is the bot running? Start it with: make run") from error
