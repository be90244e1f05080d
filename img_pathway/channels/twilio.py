"""SMS and WhatsApp by Twilio: plain text, options by number."""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import parse_qsl

import aiohttp
from multidict import MultiDict
from sanic.request import Request
from sanic.response import HTTPResponse, text
from twilio.request_validator import RequestValidator

from img_pathway.channels.delivery import Call, Delivery
from img_pathway.channels.platform import PlatformInput, Received
from img_pathway.channels.rendering import Outgoing


class TwilioInput(PlatformInput):
    """Named in credentials.yml as `img_pathway.channels.twilio.TwilioInput`."""

    platform, title = "twilio", "Twilio (SMS and WhatsApp)"
    # The public address is part of what Twilio signs, and behind a proxy the server cannot know it.
    secrets = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_WEBHOOK_URL")
    api = "https://api.twilio.com"

    def delivery(self, base: str, first_pause: float) -> Delivery:
        """By account and token."""
        auth = aiohttp.BasicAuth(os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"])
        return Delivery(base, auth=auth, first_pause=first_pause)

    def is_genuine(self, request: Request) -> bool:
        """Signed over the public address and the form."""
        validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
        signature = request.headers.get("x-twilio-signature", "")
        return bool(validator.validate(os.environ["TWILIO_WEBHOOK_URL"], _form(request), signature))

    def read(self, request: Request) -> Iterator[Received]:
        """One message a request; a photo comes without a text."""
        form = _form(request)
        sender, number, id_ = form.get("From"), form.get("To"), form.get("MessageSid")
        if sender and number and id_:
            yield Received(id_, sender, form.get("Body") or None, {"To": sender, "From": number})

    def taken(self) -> HTTPResponse:
        """Twilio wants XML; nothing in it, because the answer is sent by itself."""
        return text("<Response/>", content_type="text/xml")

    def call(self, received: Received, message: Outgoing) -> Call:
        """From the number that was written to."""
        path = f"/2010-04-01/Accounts/{os.environ['TWILIO_ACCOUNT_SID']}/Messages.json"
        return Call(path, form={**received.to, "Body": message.text})


def _form(request: Request) -> MultiDict[str]:
    return MultiDict(parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True))
