"""A client of the web channel without a browser, and a look into the database behind it."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any

import httpx
import jwt

from img_pathway.serve.supervisor import Supervisor
from tests.serving import HTTP, SECRET, rows


@dataclass
class Visitor:
    """A person's client, with the token of its conversation."""

    running: Supervisor
    token: str

    @staticmethod
    def of(running: Supervisor) -> Visitor:
        begun = HTTP.post(f"{running.settings.address}/chat/sessions", json={})
        assert begun.status_code == 201
        return Visitor(running, begun.json()["token"])

    @property
    def conversation(self) -> str:
        return str(jwt.decode(self.token, SECRET, ["HS256"], audience="img-pathway/web")["sub"])

    def asks(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return HTTP.request(method, f"{self.running.settings.address}{path}", headers=headers, **more)

    def says(self, text: str, message_id: str = "", **more: Any) -> httpx.Response:
        return self.asks("POST", "/chat/messages", json={"id": message_id or uuid.uuid4().hex, "text": text, **more})

    def hears(self, text: str, message_id: str = "") -> dict[str, Any]:
        answer = self.says(text, message_id)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def history(self) -> list[dict[str, Any]]:
        return list(self.asks("GET", "/chat/history").json()["history"])

    def stored(self, kind: str = "") -> list[dict[str, Any]]:
        """Events of this conversation in the database, of one kind or all."""
        query = "SELECT data FROM events WHERE sender_id = :id ORDER BY id"
        events = [json.loads(data) for (data,) in rows(self.running, query, id=self.conversation)]
        return [event for event in events if kind in ("", event["event"])]


def code(answer: httpx.Response) -> str:
    return str(answer.json()["error"]["code"])
