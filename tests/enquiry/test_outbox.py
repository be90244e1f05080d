"""Enquiries reach the staff at least once: over a real mail server and a real web server that break."""

from __future__ import annotations

import hashlib
import hmac
import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from img_pathway.database.connect import connect, migrate
from img_pathway.enquiry import outbox
from img_pathway.enquiry.outbox import Mail, NotDelivered, Webhook, deliver_due
from img_pathway.enquiry.store import Delivery, Enquiry, EnquiryStore
from tests.certificates import Authority
from tests.enquiry.kept import AMINA, kept
from tests.serving import free_port


class Inbox:
    """A mail server's handler that keeps what it takes; `refuses` makes it answer with a failure for a while."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.refuses = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.refuses:
            self.refuses -= 1
            return "451 try again later"
        self.mails.append(message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture()
def store(tmp_path: Path) -> EnquiryStore:
    from sqlalchemy.engine import URL

    engine = connect(URL.create("sqlite", database=str(tmp_path / "enquiries.db")))
    migrate(engine)
    return EnquiryStore(engine)


@pytest.fixture()
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture()
def mail(inbox: Inbox) -> Iterator[Mail]:
    server = Controller(inbox, hostname="127.0.0.1", port=free_port())
    server.start()
    yield Mail("127.0.0.1", server.port, "bot@example.org", "advisers@example.org", tls="none")
    server.stop(no_assert=True)


@pytest.fixture()
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed is due again at once."""
    monkeypatch.setattr(outbox, "_pause", lambda delivery: -1.0)


def added(store: EnquiryStore, *ways: str) -> Enquiry:
    return kept(store._engine, *ways, profile={"Year of graduation": "2019"})


def claimed(store: EnquiryStore, now: float) -> list[Delivery]:
    """All that is due, for this worker."""
    return [delivery for id_ in store.due(now) if (delivery := store.claim(id_, now, 60))]


def test_an_enquiry_is_mailed_with_all_that_was_told(store: EnquiryStore, mail: Mail, inbox: Inbox) -> None:
    enquiry = added(store, "mail")
    assert deliver_due(store, {"mail": mail}) == 1
    (received,) = inbox.mails
    text = received.get_payload()
    assert all(value in text for value in (*AMINA.values(), "2019", "I agree.", enquiry.id))
    assert received["Reply-To"] == AMINA["email"]
    assert store.waiting() == 0
    assert deliver_due(store, {"mail": mail}) == 0


@pytest.mark.usefixtures("no_waiting")
def test_a_mail_server_that_refuses_or_is_down_loses_nothing(store: EnquiryStore, mail: Mail, inbox: Inbox) -> None:
    added(store, "mail")
    nobody = Mail("127.0.0.1", free_port(), mail.sender, mail.to)
    assert deliver_due(store, {"mail": nobody}) == 0
    inbox.refuses = 1
    assert deliver_due(store, {"mail": mail}) == 0
    assert store.waiting() == 1
    # As after a restart: another store over the same database.
    assert deliver_due(EnquiryStore(store._engine), {"mail": mail}) == 1
    assert len(inbox.mails) == 1


def test_what_failed_waits_longer_each_time(store: EnquiryStore) -> None:
    added(store, "mail")
    (delivery,) = claimed(store, 1e12)
    pauses = []
    for attempts in range(12):
        pauses.append(outbox._pause(type(delivery)(delivery.id, "mail", attempts, delivery.enquiry)))
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (10, 3600)


@pytest.mark.usefixtures("no_waiting")
def test_a_repeated_mail_is_known_by_its_id(store: EnquiryStore, mail: Mail, inbox: Inbox) -> None:
    enquiry = added(store, "mail")
    mail(enquiry)
    mail(enquiry)
    first, second = inbox.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert enquiry.id in first["Message-ID"]


def test_two_workers_do_not_take_the_same_delivery(store: EnquiryStore) -> None:
    for _ in range(5):
        added(store, "mail")
    seen_by_both, now = store.due(time.time()), time.time()
    assert len(claimed(store, now)) == 5
    other = EnquiryStore(store._engine)
    assert other.due(now) == []
    assert not any(other.claim(id_, now, 60) for id_ in seen_by_both)
    # Whoever took them may have been stopped before it was done.
    assert len(claimed(other, now + 61)) == 5


def test_what_is_deleted_while_others_are_sent_is_not_sent(store: EnquiryStore, mail: Mail, inbox: Inbox) -> None:
    first, second = added(store, "mail"), added(store, "mail")

    def deletes_the_other(enquiry: Enquiry) -> None:
        mail(enquiry)
        store.delete(id_=second.id if enquiry.id == first.id else first.id)

    assert deliver_due(store, {"mail": deletes_the_other}) == 1
    assert len(inbox.mails) == 1
    assert store.waiting() == 0


@pytest.mark.parametrize("fails", [False, True], ids=["arrives", "fails"])
@pytest.mark.usefixtures("no_waiting")
def test_what_is_deleted_while_it_is_sent_is_not_sent_again(store: EnquiryStore, fails: bool) -> None:
    sent: list[str] = []

    def deleted_meanwhile(enquiry: Enquiry) -> None:
        sent.append(enquiry.id)
        store.delete(conversation=enquiry.conversation)
        if fails:
            raise NotDelivered("made up")

    enquiry = added(store, "mail")
    for _ in range(2):
        deliver_due(store, {"mail": deleted_meanwhile})
    assert sent == [enquiry.id]
    assert store.all() == []


def test_one_way_that_fails_does_not_hold_up_the_other(store: EnquiryStore, mail: Mail, inbox: Inbox) -> None:
    added(store, "mail", "webhook")
    nowhere = Webhook(f"http://127.0.0.1:{free_port()}/", "secret")
    assert deliver_due(store, {"mail": mail, "webhook": nowhere}) == 1
    assert len(inbox.mails) == 1
    assert store.waiting() == 1


class Website(HTTPServer):
    """Keeps what it is sent."""

    def __init__(self, certificate: ssl.SSLContext | None = None) -> None:
        self.taken: list[tuple[dict[str, str], bytes]] = []
        super().__init__(("127.0.0.1", 0), WebsiteHandler)
        if certificate:
            self.socket = certificate.wrap_socket(self.socket, server_side=True)

    def handle_error(self, request: Any, address: Any) -> None:
        """Who does not accept a certificate hangs up."""


class WebsiteHandler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Website)
        self.server.taken.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *arguments: Any) -> None:
        pass


@contextmanager
def serving(site: Website) -> Iterator[Website]:
    thread = threading.Thread(target=site.serve_forever)
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        thread.join()
        site.server_close()


def test_a_webhook_is_signed_over_its_body_and_names_what_it_repeats(store: EnquiryStore) -> None:
    enquiry = added(store, "webhook")
    with serving(Website()) as site:
        assert deliver_due(store, {"webhook": Webhook(f"http://127.0.0.1:{site.server_port}/", "secret")}) == 1
    ((headers, body),) = site.taken
    assert headers["X-Signature-256"] == "sha256=" + hmac.new(b"secret", body, hashlib.sha256).hexdigest()
    assert headers["Idempotency-Key"] == enquiry.id
    assert json.loads(body)["told"] == AMINA


@pytest.mark.parametrize(
    ("name", "self_signed", "is_trusted", "times"),
    [
        ("localhost", False, True, 1),
        ("crm.example.org", False, True, 0),
        ("localhost", True, True, 0),
        ("localhost", False, False, 0),
    ],
    ids=["good", "of another name", "self-signed", "of an unknown authority"],
)
def test_only_the_website_that_is_named_gets_an_enquiry(
    name: str, self_signed: bool, is_trusted: bool, times: int, request: pytest.FixtureRequest
) -> None:
    authority = Authority(request.getfixturevalue("tmp_path"))
    if is_trusted:
        request.getfixturevalue("monkeypatch").setenv("REQUESTS_CA_BUNDLE", str(authority.path))
    store, log = request.getfixturevalue("store"), request.getfixturevalue("caplog")
    added(store, "webhook")
    with serving(Website(authority.context(name, self_signed=self_signed))) as site:
        assert deliver_due(store, {"webhook": Webhook(f"https://localhost:{site.server_port}/", "secret")}) == times
    assert len(site.taken) == times
    assert ("certificate is not accepted" in log.text) is (times == 0)


@pytest.mark.usefixtures("no_waiting")
def test_the_log_names_no_person(store: EnquiryStore, caplog: pytest.LogCaptureFixture) -> None:
    added(store, "mail", "webhook")
    deliver_due(store, {"mail": Mail("127.0.0.1", free_port(), "bot@example.org", "advisers@example.org")})
    assert "was not delivered" in caplog.text
    assert not any(value in caplog.text for value in AMINA.values())
