"""Who may take part in a conversation over the web channel, and what is left of it when it is deleted."""

from __future__ import annotations

from datetime import timedelta

import jwt
import pytest

from img_pathway.channels.tokens import LIFETIME, Signer, now
from img_pathway.serve.supervisor import Supervisor
from tests.channels.browserless import Visitor, code
from tests.serving import HTTP, SECRET

pytestmark = pytest.mark.server
PROTECTED = [
    ("POST", "/chat/messages"),
    ("POST", "/chat/sessions/refresh"),
    ("GET", "/chat/history"),
    ("GET", "/chat/transcript"),
    ("DELETE", "/chat/session"),
]


@pytest.fixture()
def visitor(running: Supervisor) -> Visitor:
    return Visitor.of(running)


def forged(visitor: Visitor) -> dict[str, str]:
    known, long_ago = visitor.conversation, now() - LIFETIME - timedelta(minutes=1)
    head, body, signature = visitor.token.split(".")
    unsigned = jwt.encode({"sub": known, "aud": "img-pathway/web", "exp": now() + LIFETIME}, "", algorithm="none")
    return {
        "not a token": "banana",
        "tampered": f"{head}.{body[:-2]}{body[-1]}{body[-2]}.{signature}",
        "signed by another": Signer("x" * 48).sign(known, now()).text,
        "unsigned": unsigned,
        "for something else": jwt.encode({"sub": known, "aud": "other", "exp": now() + LIFETIME}, SECRET),
        "without an end": jwt.encode({"sub": known, "aud": "img-pathway/web"}, SECRET),
        "unknown": Signer(SECRET).sign("web-never-handed-out", now()).text,
        "expired": Signer(SECRET).sign(known, long_ago).text,
    }


@pytest.mark.parametrize(("method", "path"), PROTECTED)
def test_nobody_takes_part_without_a_good_token(running: Supervisor, method: str, path: str) -> None:
    visitor = Visitor.of(running)
    for what, token in forged(visitor).items():
        body = {"id": "12345678", "text": "hello"} if method == "POST" else None
        answer = Visitor(running, token).asks(method, path, json=body)
        expected = "expired" if what == "expired" else "bad_token"
        assert (answer.status_code, code(answer)) == (401, expected), what
    without = Visitor(running, "").asks(method, path)
    assert (without.status_code, code(without)) == (401, "no_token")
    assert visitor.stored() == []


def test_a_refreshed_token_is_for_the_same_conversation(visitor: Visitor) -> None:
    visitor.hears("what is a clerkship?")
    refreshed = visitor.asks("POST", "/chat/sessions/refresh").json()
    again = Visitor(visitor.running, refreshed["token"])
    assert again.conversation == visitor.conversation
    assert [exchange["text"] for exchange in again.history()] == ["what is a clerkship?"]


def test_a_client_chooses_neither_conversation_nor_channel_nor_metadata(running: Supervisor, visitor: Visitor) -> None:
    victim = Visitor.of(running)
    body = {"sender": victim.conversation, "sender_id": victim.conversation, "conversation": victim.conversation}
    begun = HTTP.post(f"{running.settings.address}/chat/sessions", json={"id": victim.conversation, **body})
    assert Visitor(running, begun.json()["token"]).conversation != victim.conversation
    visitor.says("hello", input_channel="cmdline", metadata={"role": "staff"}, channel="x", **body)
    assert victim.stored() == []
    (heard,) = visitor.stored("user")
    assert heard["input_channel"] == "web"
    assert "role" not in str(heard["metadata"])


def test_deleting_leaves_nothing_and_ends_the_token(running: Supervisor, visitor: Visitor) -> None:
    other = Visitor.of(running)
    other.hears("what is a residency?")
    visitor.hears("i graduated in 2015, what can i do?")
    assert visitor.stored()
    assert visitor.asks("DELETE", "/chat/session").json() == {"deleted": True}
    assert visitor.stored() == []
    assert code(visitor.says("hello again")) == "bad_token"
    assert code(visitor.asks("GET", "/chat/history")) == "bad_token"
    assert visitor.stored() == []
    assert len(other.history()) == 1
