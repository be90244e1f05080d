"""Brings every enquiry to the staff at least once, however long mail server or website are down."""

from __future__ import annotations

import json
import logging
import os
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from email.message import EmailMessage
from hashlib import sha256
from hmac import new as hmac
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPAuthenticationError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPResponseException,
)
from typing import Literal
from urllib.parse import unquote

import requests

from img_pathway.enquiry.store import Delivery, Enquiry, EnquiryStore
from img_pathway.outgoing import Misconfigured, check_web, is_this_machine, malformed, split_address
from img_pathway.watching import metrics

_LOG = logging.getLogger(__name__)
_SECONDS = 20
_LEASE_SECONDS = 120
_FIRST_PAUSE, _LONGEST_PAUSE = 10, 3600
_POLL_SECONDS = 2
_MAIL = ("IMG_PATHWAY_SMTP_URL", "IMG_PATHWAY_MAIL_FROM", "IMG_PATHWAY_MAIL_TO")
_WEBHOOK = ("IMG_PATHWAY_WEBHOOK_URL", "IMG_PATHWAY_WEBHOOK_SECRET")

Tls = Literal["starttls", "from the start", "none"]
"""How a connection to a mail server is encrypted."""


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
    tls: Tls = "starttls"

    def __call__(self, enquiry: Enquiry) -> None:
        """Send; raises NotDelivered, before anything is told to a server without TLS where TLS is wanted."""
        try:
            with self._connected() as server:
                if self.tls == "starttls":
                    server.ehlo()
                    if not server.has_extn("starttls"):
                        raise NotDelivered(
                            f"{self.host} offers no TLS (STARTTLS); use a mail server that does, or smtps://"
                        )
                    server.starttls(context=ssl.create_default_context())
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(self.message(enquiry))
        except (OSError, SMTPException) as error:
            raise NotDelivered(self._reason(error)) from error

    def _connected(self) -> SMTP:
        if self.tls == "from the start":
            return SMTP_SSL(self.host, self.port, timeout=_SECONDS, context=ssl.create_default_context())
        return SMTP(self.host, self.port, timeout=_SECONDS)

    def _reason(self, error: Exception) -> str:
        """What went wrong, for the staff; nothing of the server's own words, which may repeat the mail."""
        if isinstance(error, ssl.SSLCertVerificationError):
            why = error.verify_message.rstrip(".")
            return f"the certificate of {self.host} is not accepted ({why}); docs/staff.md says what to do"
        if isinstance(error, ssl.SSLError):
            return f"no TLS with {self.host} at port {self.port}; smtps:// is for port 465, smtp:// for port 587"
        if isinstance(error, SMTPAuthenticationError):
            return f"{self.host} does not take the user and password of IMG_PATHWAY_SMTP_URL"
        if isinstance(error, SMTPNotSupportedError):
            return f"{self.host} does not offer what is needed, such as a login without TLS"
        code = f" {error.smtp_code}" if isinstance(error, SMTPResponseException) else ""
        return f"{type(error).__name__}{code}"

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
        except requests.exceptions.SSLError as error:
            raise NotDelivered("its certificate is not accepted; docs/staff.md says what to do") from error
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
    """The ways that are set up; raises Misconfigured where one is not complete or would go over an open network."""
    ways: dict[str, Way] = {}
    if mail := _complete(environment, _MAIL):
        ways["mail"] = _mail(*mail)
    if webhook := _complete(environment, _WEBHOOK):
        check_web("IMG_PATHWAY_WEBHOOK_URL", webhook[0], environment)
        ways["webhook"] = Webhook(*webhook)
    return ways


def _complete(environment: Mapping[str, str], names: tuple[str, ...]) -> list[str]:
    """The values of settings that need each other; empty where none is set, raises Misconfigured where some are."""
    missing = [name for name in names if not environment.get(name)]
    if len(missing) == len(names):
        return []
    if missing:
        there = " and ".join(name for name in names if name not in missing)
        raise Misconfigured(f"Set {' and '.join(missing)} as well, or take out {there} (docs/staff.md).")
    return [environment[name] for name in names]


def _mail(address: str, sender: str, to: str) -> Mail:
    form = "smtp://user:password@host:587 or smtps://user:password@host:465"
    parts = split_address("IMG_PATHWAY_SMTP_URL", address, ("smtp", "smtps", "smtp+plain"), form)
    if parts.path.strip("/") or parts.query or parts.fragment:
        # A password with a / or # that is not escaped: its first half would be taken for the host.
        raise malformed("IMG_PATHWAY_SMTP_URL", form)
    host = str(parts.hostname)
    tls: Tls = "starttls"
    if parts.scheme == "smtps":
        tls = "from the start"
    elif parts.scheme == "smtp+plain" or is_this_machine(host):
        tls = "none"
    port = parts.port or (465 if parts.scheme == "smtps" else 587)
    return Mail(host, port, sender, to, unquote(parts.username or ""), unquote(parts.password or ""), tls)


def _pause(delivery: Delivery) -> float:
    return min(_FIRST_PAUSE * 2.0**delivery.attempts, _LONGEST_PAUSE)
