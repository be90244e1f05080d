"""Whatever breaks in the web channel, people get a sentence, the log a place in the code, and the metrics a count."""

from __future__ import annotations

import logging

import pytest
from prometheus_client import REGISTRY

from img_pathway.channels.store import ConversationStore
from img_pathway.channels.web import Site
from tests.channels.browserless import code
from tests.channels.served import Served
from tests.serving import HTTP

SECRET = "my visa was denied"


class Unforeseen(Exception):
    """None of those that the channel knows."""


def raises(*_: object, **__: object) -> None:
    raise Unforeseen(SECRET)


def failures() -> float:
    return REGISTRY.get_sample_value("img_pathway_failures_total", {"kind": "request"}) or 0


@pytest.mark.parametrize(
    ("broken", "request_line"),
    [
        ((ConversationStore, "begin"), "POST /chat/sessions"),
        ((ConversationStore, "knows"), "GET /chat/history"),
        ((ConversationStore, "knows"), "POST /chat/messages"),
        ((ConversationStore, "knows"), "DELETE /chat/session"),
        ((Site, "find"), "GET /widget.js"),
    ],
)
def test_what_nobody_thought_of_is_said_logged_and_counted(
    served: Served,
    broken: tuple[type, str],
    request_line: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    method, path = request_line.split()
    address = f"http://127.0.0.1:{served.port}"
    token = HTTP.post(f"{address}/chat/sessions", json={}).json()["token"]
    before = failures()
    monkeypatch.setattr(*broken, raises)
    with caplog.at_level(logging.ERROR):
        answer = HTTP.request(method, address + path, headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, code(answer)) == (503, "unavailable")
    assert answer.json()["error"]["message"].endswith("in a moment.")
    assert int(answer.headers["Retry-After"]) > 0
    assert failures() == before + 1
    (record,) = [record for record in caplog.records if record.exc_info]
    assert SECRET not in record.getMessage()
    assert record.name == "img_pathway.channels.refusals"


TOKENS = (b"\xff", b"\xed\xa0\x80", "\u00e9.\u00e9.\u00e9".encode(), b"\xff.\xff.\xff", b"a.\xfe.c", b"e30.e30.\x80")


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize(("method", "path"), [("GET", "/chat/history"), ("POST", "/chat/messages")])
def test_a_token_of_odd_bytes_is_no_token(served: Served, method: str, path: str, token: bytes) -> None:
    headers = {b"Authorization": b"Bearer " + token}
    answer = HTTP.request(method, f"http://127.0.0.1:{served.port}{path}", headers=headers)
    assert (answer.status_code, code(answer)) == (401, "bad_token")
