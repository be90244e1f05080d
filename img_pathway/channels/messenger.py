"""Messenger of Facebook pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse

from img_pathway.channels.delivery import Call, Delivery
from img_pathway.channels.meta import challenge, signed_by_meta
from img_pathway.channels.platform import PlatformInput, Received, each, json_of, word
from img_pathway.channels.rendering import Outgoing


class MessengerInput(PlatformInput):
    """Named in credentials.yml as `img_pathway.channels.messenger.MessengerInput`."""

    platform, title = "messenger", "Messenger"
    secrets = ("MESSENGER_PAGE_TOKEN", "MESSENGER_APP_SECRET", "MESSENGER_VERIFY_TOKEN")
    api = "https://graph.facebook.com/v25.0"

    def delivery(self, base: str, first_pause: float) -> Delivery:
        """By the page's access token."""
        headers = {"Authorization": f"Bearer {os.environ['MESSENGER_PAGE_TOKEN']}"}
        return Delivery(base, headers, first_pause=first_pause)

    def is_genuine(self, request: Request) -> bool:
        """Signed with the app's secret."""
        return signed_by_meta(request, "MESSENGER_APP_SECRET")

    def verify(self, request: Request) -> HTTPResponse:
        """Meta asks once, when the address is entered."""
        return challenge(request, "MESSENGER_VERIFY_TOKEN")

    def read(self, request: Request) -> Iterator[Received]:
        """Texts, quick replies and postbacks; what the page itself wrote is no message."""
        for event in each(json_of(request), "entry", "messaging"):
            sender = word(event, "sender", "id")
            id_ = word(event, "message", "mid") or word(event, "postback", "mid")
            said = (
                word(event, "message", "quick_reply", "payload")
                or word(event, "postback", "payload")
                or word(event, "message", "text")
            )
            message = event.get("message")
            is_echo = isinstance(message, dict) and message.get("is_echo")
            if sender and id_ and not is_echo:
                yield Received(id_, sender, said, {"recipient": {"id": sender}})

    def call(self, received: Received, message: Outgoing) -> Call:
        """Text, with quick replies where there are options."""
        said: dict[str, Any] = {"text": message.text}
        if message.options:
            said["quick_replies"] = [
                {"content_type": "text", "title": option.label, "payload": option.payload} for option in message.options
            ]
        return Call("/me/messages", {**received.to, "messaging_type": "RESPONSE", "message": said})
