"""Brings every enquiry to the staff at least once, however long mail server or website are down."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from email.message import EmailMessage
from hashlib import sha256
from hmac import new as hmac
from smtplib import SMTP, SMTP_SSL, SMTPException
from urllib.parse import unquote, urlsplit

import requests

from img_pathway.enquiry.store import Delivery, Enquiry, EnquiryStore
from img_pathway.watching import metrics

_LOG = logging.getLogger(__name__)
_SECONDS = 20
_LEASE_SECONDS = 120
_FIRST_PAUSE, _LONGEST_PAUSE = 10, 3600
_POLL_SECONDS = 2


class NotDelivered(Exception):
    """A delivery did not succeed; it is tried again."""


@dataclass(frozen=True)
class Mail:
    """By email: IMG_PATHWAY_SMTP_URL (smtp://user:password@host:587, smtps://…), and from whom to whom."""

    host: str
    port: int
    sender: str
    to: str
    user: str = ""
    password: str = ""
    is_secure: bool = False

    def __call__(self, enquiry: Enquiry) -> None:
        """Send; raises NotDelivered."""
        try:
            kind = SMTP_SSL if self.is_secure else SMTP
            with kind(self.host, self.port, timeout=_SECONDS) as server:
                if not self.is_secure and server.has_extn("starttls"):
                    server.starttls()
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(self.message(enquiry))
        except (OSError, SMTPException) as error:
            raise NotDelivered(type(error).__name__) from error

    def message(self, enquiry: Enquiry) -> EmailMessage:
        """The mail; its Message-ID is the same at every attempt, so that a mail program shows it once."""
        mail = EmailMessage()
        mail["Subject"] = f"Rotation enquiry {enquiry.id}"
        mail["From"], mail["To"] = self.sender, self.to
        mail["Reply-To"] = enquiry.told["email"]
        mail["Message-ID"] = f"<enquiry-{enquiry.id}@{self.sender.rpartition('@')[2]}>"
        at = datetime.fromtimestamp(enquiry.created, timezone.utc)
        lines = [f"Enquiry {enquiry.id}, {at:%B %d, %Y, %H:%M} UTC, by {enquiry.channel}", ""]
        lines += [f"{name}: {value}" for name, value in enquiry.told.items() if value]
        if enquiry.profile:
            lines += ["", "From the quiz:", *(f"- {name}: {value}" for name, value in enquiry.profile.items())]
        lines += ["", f'Agreed to: "{enquiry.consent}"']
        mail.set_content("\n".join(lines))
        return mail


@dataclass(frozen=True)
class Webhook:
    """By POST to IMG_PATHWAY_WEBHOOK_URL, signed with IMG_PATHWAY_WEBHOOK_SECRET over the raw body."""

    url: str
    secret: str

    def __call__(self, enquiry: Enquiry) -> None:
        """Send; raises NotDelivered."""
        body = json.dumps({**vars(enquiry)}, sort_keys=True).encode()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": enquiry.id,
            "X-Signature-256": f"sha256={hmac(self.secret.encode(), body, sha256).hexdigest()}",
        }
        try:
            answer = requests.post(self.url, data=body, headers=headers, timeout=_SECONDS, allow_redirects=False)
        except requests.RequestException as error:
            raise NotDelivered(type(error).__name__) from error
        if not answer.ok:
            raise NotDelivered(f"status {answer.status_code}")


Way = Callable[[Enquiry], None]


def deliver_due(store: EnquiryStore, ways: Mapping[str, Way]) -> int:
    """Make all deliveries that are due; returns how many succeeded. What fails is due again later."""
    succeeded = 0
    for due in store.due(time.time()):
        # Each at the last moment: an enquiry that was deleted meanwhile is not sent.
        delivery = store.claim(due, time.time(), _LEASE_SECONDS)
        if delivery is None:
            continue
        try:
            way = ways.get(delivery.way)
            if way is None:
                raise NotDelivered(f"{delivery.way} is not set up")
            way(delivery.enquiry)
        except NotDelivered as error:
            again = time.time() + _pause(delivery)
            store.failed(delivery, str(error), again)
            metrics.failed("delivery")
            _LOG.warning("Enquiry %s was not delivered by %s: %s.", delivery.enquiry.id, delivery.way, error)
        else:
            store.delivered(delivery)
            succeeded += 1
    return succeeded


def keep_delivering(store: EnquiryStore, ways: Mapping[str, Way], until: Callable[[], bool]) -> None:
    """Deliver until told to stop; a database that is down is waited for."""
    while not until():
        try:
            deliver_due(store, ways)
            metrics.OUTBOX.set(store.waiting())
            metrics.OUTBOX_AGE.set(time.time() - (store.waiting_since() or time.time()))
        except Exception:
            metrics.failed("database")
            _LOG.exception("The outbox could not work; trying again.")
        time.sleep(_POLL_SECONDS)


def has_ways(environment: Mapping[str, str]) -> bool:
    """Whether enquiries are sent anywhere; else they wait to be read with `img-pathway enquiries`."""
    return any(environment.get(name) for name in ("IMG_PATHWAY_SMTP_URL", "IMG_PATHWAY_WEBHOOK_URL"))


def ways_from_environment(environment: Mapping[str, str] = os.environ) -> dict[str, Way]:
    """The ways that are set up; raises KeyError where a part of one is missing."""
    ways: dict[str, Way] = {}
    smtp = environment.get("IMG_PATHWAY_SMTP_URL")
    if smtp:
        ways["mail"] = _mail(smtp, environment["IMG_PATHWAY_MAIL_FROM"], environment["IMG_PATHWAY_MAIL_TO"])
    url = environment.get("IMG_PATHWAY_WEBHOOK_URL")
    if url:
        ways["webhook"] = Webhook(url, environment["IMG_PATHWAY_WEBHOOK_SECRET"])
    return ways


def _mail(url: str, sender: str, to: str) -> Mail:
    parts = urlsplit(url)
    is_secure = parts.scheme == "smtps"
    port = parts.port or (465 if is_secure else 587)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Mail(parts.hostname or "localhost", port, sender, to, user, password, is_secure)


def _pause(delivery: Delivery) -> float:
    return min(_FIRST_PAUSE * 2.0**delivery.attempts, _LONGEST_PAUSE)
