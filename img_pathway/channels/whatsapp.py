"""WhatsApp by the Cloud API of Meta."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse

from img_pathway.channels.delivery import Call, Delivery
from img_pathway.channels.live import live_bot
from img_pathway.channels.meta import challenge, signed_by_meta
from img_pathway.channels.platform import PlatformInput, Received, each, json_of, word
from img_pathway.channels.rendering import Outgoing

_FEWEST_FOR_A_LIST = 4


class WhatsAppInput(PlatformInput):
    """Named in credentials.yml as `img_pathway.channels.whatsapp.WhatsAppInput`."""

    platform, title = "whatsapp", "WhatsApp"
    secrets = ("WHATSAPP_TOKEN", "WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN", "WHATSAPP_PHONE_NUMBER_ID")
    api = "https://graph.facebook.com/v25.0"

    def delivery(self, base: str, first_pause: float) -> Delivery:
        """By access token."""
        return Delivery(base, {"Authorization": f"Bearer {os.environ['WHATSAPP_TOKEN']}"}, first_pause=first_pause)

    def is_genuine(self, request: Request) -> bool:
        """Signed with the app's secret."""
        return signed_by_meta(request, "WHATSAPP_APP_SECRET")

    def verify(self, request: Request) -> HTTPResponse:
        """Meta asks once, when the address is entered."""
        return challenge(request, "WHATSAPP_VERIFY_TOKEN")

    def read(self, request: Request) -> Iterator[Received]:
        """Texts and clicks; a notice that something was delivered or read is no message."""
        values = each(json_of(request), "entry", "changes", "value")
        # An account may have several numbers; others than ours are somebody else's to answer.
        ours = (v for v in values if word(v, "metadata", "phone_number_id") == os.environ["WHATSAPP_PHONE_NUMBER_ID"])
        for message in (message for value in ours for message in each(value, "messages")):
            sender, id_ = word(message, "from"), word(message, "id")
            said = (
                word(message, "text", "body")
                or word(message, "interactive", "button_reply", "id")
                or word(message, "interactive", "list_reply", "id")
                or word(message, "button", "payload")
            )
            if sender and id_ and message.get("type") not in ("reaction", "system"):
                yield Received(id_, sender, said, {"to": sender})

    def call(self, received: Received, message: Outgoing) -> Call:
        """Text, up to three buttons, or a list."""
        body: dict[str, Any] = {"messaging_product": "whatsapp", "recipient_type": "individual", **received.to}
        if not message.options:
            body |= {"type": "text", "text": {"body": message.text, "preview_url": False}}
        else:
            is_list = len(message.options) >= _FEWEST_FOR_A_LIST
            action = self._list(message) if is_list else _buttons(message)
            kind = "list" if is_list else "button"
            interactive = {"type": kind, "body": {"text": message.text}, "action": action}
            body |= {"type": "interactive", "interactive": interactive}
        return Call(f"/{os.environ['WHATSAPP_PHONE_NUMBER_ID']}/messages", body)

    def _list(self, message: Outgoing) -> dict[str, Any]:
        rows = [{"id": option.payload, "title": option.label} for option in message.options]
        return {"button": live_bot().say("choose"), "sections": [{"rows": rows}]}


def _buttons(message: Outgoing) -> dict[str, Any]:
    replies = [{"id": option.payload, "title": option.label} for option in message.options]
    return {"buttons": [{"type": "reply", "reply": reply} for reply in replies]}
