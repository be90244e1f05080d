"""People on the platforms: sign and send what a platform would send, and wait for what comes back."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import re
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
from twilio.request_validator import RequestValidator

from img_pathway.serve.supervisor import Supervisor
from tests.channels.fakes import Platforms, Taken
from tests.serving import HTTP, ROOT, SECRET, SECRETS, rows
from tests.talking import Talk

PLATFORMS = ("whatsapp", "telegram", "messenger", "twilio")
GOLDEN = {
    platform: json.loads((ROOT / "tests/channels/golden" / f"{platform}.json").read_text(encoding="utf-8"))
    for platform in PLATFORMS
}
_NUMBERED = re.compile(r"^(\d+)\) (.+)$", re.MULTILINE)
_counter = itertools.count(1)


def filled(found: Any, values: dict[str, Any]) -> Any:
    """A golden payload with its `$words` replaced."""
    if isinstance(found, dict):
        return {key: filled(value, values) for key, value in found.items()}
    if isinstance(found, list):
        return [filled(item, values) for item in found]
    if isinstance(found, str) and found.startswith("$"):
        name, dot, rest = found[1:].partition(".")
        return f"{values[name]}.{rest}" if dot else values[name]
    return found


def signed(platform: str, payload: Any, *, escaped: bool = True) -> tuple[bytes, dict[str, str]]:
    """Body and headers as the platform sends them."""
    if platform == "twilio":
        signature = RequestValidator(SECRETS["TWILIO_AUTH_TOKEN"]).compute_signature(
            SECRETS["TWILIO_WEBHOOK_URL"], payload
        )
        headers = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
        return urlencode(payload).encode(), headers
    return sealed(platform, json.dumps(payload, ensure_ascii=escaped).encode())


def sealed(platform: str, body: bytes) -> tuple[bytes, dict[str, str]]:
    """A raw body with the headers of a platform that signs bodies, not forms."""
    headers = {"Content-Type": "application/json"}
    if platform == "telegram":
        return body, headers | {"X-Telegram-Bot-Api-Secret-Token": SECRETS["TELEGRAM_WEBHOOK_SECRET"]}
    digest = hmac.new(SECRETS[f"{platform.upper()}_APP_SECRET"].encode(), body, hashlib.sha256).hexdigest()
    return body, headers | {"X-Hub-Signature-256": f"sha256={digest}"}


@dataclass
class Phone(Talk):
    """A conversation over a platform, with everything that `Talk` can check."""

    running: Supervisor | None = None
    platforms: Platforms | None = None
    platform: str = ""
    sender: str = ""
    messages: list[Taken] = field(default_factory=list)

    def __post_init__(self) -> None:
        number = uuid.uuid4().int % 10**9 + 10**9
        self.sender = f"+1{number}" if self.platform == "twilio" else str(number)

    @property
    def fake(self) -> Platforms:
        assert self.platforms is not None
        return self.platforms

    @property
    def conversation(self) -> str:
        """The name of the conversation in the database."""
        key = hmac.new(SECRET.encode(), f"{self.platform}:{self.sender}".encode(), hashlib.sha256).hexdigest()
        return f"{self.platform}-{key[:32]}"

    # Sending

    def payload(self, kind: str, text: str = "", **values: Any) -> Any:
        """A golden payload of this person; an id of its own where none is given."""
        id_: Any = values.pop("id", None) or f"{self.platform}.{uuid.uuid4().hex}"
        sender: Any = self.sender
        if self.platform == "telegram":
            id_ = id_ if isinstance(id_, int) else next(_counter)
            sender = int(sender)
        found = filled(
            GOLDEN[self.platform][kind], {"sender": sender, "id": id_, "text": text, "label": text, **values}
        )
        if self.platform == "telegram" and kind == "click":
            found["callback_query"]["id"] = f"click {self.sender} {id_}"
        return found

    def posts(self, payload: Any, headers: dict[str, str] | None = None) -> httpx.Response:
        """Send a payload, signed, or with other headers."""
        body, good = signed(self.platform, payload)
        return self.posts_raw(body, good if headers is None else headers)

    def posts_raw(self, body: bytes, headers: dict[str, str]) -> httpx.Response:
        """Send bytes."""
        return HTTP.post(f"{self.address}/webhooks/{self.platform}", content=body, headers=headers)

    def sends(self, text: str, **values: Any) -> None:
        """Type a text; the platform is told at once that it was taken."""
        assert self.posts(self.payload("text", text, **values)).status_code == 200

    # Talking

    def says(self, text: str) -> Phone:
        """Type a text and wait for the whole answer."""
        return self._exchange(self.payload("text", text), f"U: {text}")

    def clicks(self, payload: str) -> Phone:
        """Tap one of the options on the screen, or of older ones."""
        kind = "row" if self.platform == "whatsapp" and len(self.messages[-1].options) > 3 else "click"
        return self._exchange(self.payload(kind, payload), f"U: [{payload}]")

    def settles(self) -> list[Taken]:
        """Send a photo and wait for the sentence about it: all that was sent before has been answered then."""
        before = len(self.fake.to(self.sender))
        assert self.posts(self.payload("photo")).status_code == 200
        only_text = self.bot.say("text_only")

        def is_answered() -> bool:
            return any(taken.text == only_text for taken in self.fake.to(self.sender)[before:])

        assert self.fake.wait(self.sender, is_answered), f"no answer; refused: {self.fake.refused[-3:]}"
        return [taken for taken in self.fake.to(self.sender) if taken.text != only_text]

    def _exchange(self, payload: Any, shown: str) -> Phone:
        before = len([t for t in self.fake.to(self.sender) if t.text != self.bot.say("text_only")])
        assert self.posts(payload).status_code == 200
        self.messages = self.settles()[before:]
        self.transcript.append(shown)
        for taken in self.messages:
            buttons = "".join(f"\n   [{label}]" for label, _ in taken.options)
            self.transcript.append(f"B: {taken.text}{buttons}")
        return self

    # Looking

    @property
    def text(self) -> str:
        return " ".join(taken.text for taken in self.messages)

    @property
    def payloads(self) -> list[str]:
        return [payload for taken in self.messages for _, payload in taken.options]

    @property
    def labels(self) -> list[str]:
        """What is on offer, in the order of its numbers: from the numbered list where there is one."""
        numbered = {int(n): label for n, label in _NUMBERED.findall(self.messages[-1].text)}
        return [numbered[n] for n in sorted(numbered)] or [label for label, _ in self.messages[-1].options]

    def stored(self, kind: str = "") -> list[dict[str, Any]]:
        """Events of this conversation in the database, of one kind or all."""
        assert self.running is not None
        query = "SELECT data FROM events WHERE sender_id = :id ORDER BY id"
        events = [json.loads(data) for (data,) in rows(self.running, query, id=self.conversation)]
        return [event for event in events if kind in ("", event["event"])]
