"""Telegram bots."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from sanic.request import Request

from img_pathway.channels.delivery import Call, Delivery
from img_pathway.channels.platform import PlatformInput, Received, json_of, word
from img_pathway.channels.rendering import Outgoing
from img_pathway.channels.tokens import is_same


class TelegramInput(PlatformInput):
    """Named in credentials.yml as `img_pathway.channels.telegram.TelegramInput`."""

    platform, title = "telegram", "Telegram"
    secrets = ("TELEGRAM_TOKEN", "TELEGRAM_WEBHOOK_SECRET")
    api = "https://api.telegram.org"
    greetings = frozenset({"/start", "/help"})

    def delivery(self, base: str, first_pause: float) -> Delivery:
        """By the token in the address, which therefore must not be logged."""
        return Delivery(f"{base}/bot{os.environ['TELEGRAM_TOKEN']}", first_pause=first_pause)

    def is_genuine(self, request: Request) -> bool:
        """With the secret that the webhook was set up with."""
        given = request.headers.get("x-telegram-bot-api-secret-token", "")
        return is_same(given, os.environ["TELEGRAM_WEBHOOK_SECRET"])

    def read(self, request: Request) -> Iterator[Received]:
        """Messages and clicks in private chats; an edited message was answered already."""
        update = json_of(request)
        id_, callback = word(update, "update_id"), word(update, "callback_query", "id")
        path = ("callback_query", "message", "chat") if callback else ("message", "chat")
        chat = word(update, *path, "id")
        said = word(update, "callback_query", "data") if callback else word(update, "message", "text")
        if id_ and chat and word(update, *path, "type") == "private":
            yield Received(id_, chat, said, {"chat_id": chat}, callback)

    def acknowledgement(self, received: Received) -> Call | None:
        """Without it the button that was clicked keeps spinning."""
        if received.callback is None:
            return None
        return Call("/answerCallbackQuery", {"callback_query_id": received.callback})

    def call(self, received: Received, message: Outgoing) -> Call:
        """Text without markup, an option a row."""
        body: dict[str, Any] = {**received.to, "text": message.text, "link_preview_options": {"is_disabled": True}}
        if message.options:
            rows = [[{"text": option.label, "callback_data": option.payload}] for option in message.options]
            body["reply_markup"] = {"inline_keyboard": rows}
        return Call("/sendMessage", body)
