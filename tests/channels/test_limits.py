"""What the web channel says to who asks too often, and who is counted together."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.channels.browserless import code
from tests.channels.served import Served
from tests.serving import HTTP, NOWHERE, credentials_for_tests

SESSIONS, MESSAGES = 3, 2


@pytest.fixture()
def limited(tmp_path: Path, secrets: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setenv("SANIC_PROXIES_COUNT", "1")
    credentials = credentials_for_tests(tmp_path, NOWHERE, f"{MESSAGES}/minute", f"{SESSIONS}/hour")
    server = Served(credentials, tmp_path / "conversations.db")
    yield server
    server.close()


def begins(served: Served, address: str) -> httpx.Response:
    """A new conversation of a visitor, with the header that nginx sets."""
    return HTTP.post(f"http://127.0.0.1:{served.port}/chat/sessions", json={}, headers={"X-Forwarded-For": address})


def says(served: Served, token: str) -> httpx.Response:
    message = {"id": uuid.uuid4().hex, "text": "hello"}
    headers = {"Authorization": f"Bearer {token}"}
    return HTTP.post(f"http://127.0.0.1:{served.port}/chat/messages", json=message, headers=headers)


def is_too_many(answer: httpx.Response, longest_seconds: int) -> bool:
    seconds = int(answer.headers["Retry-After"])
    told = answer.json()["error"]["message"]
    return (answer.status_code, code(answer)) == (429, "too_many") and 0 < seconds <= longest_seconds and bool(told)


def test_one_address_begins_few_conversations_and_keeps_no_other_from_it(limited: Served) -> None:
    assert [begins(limited, "192.0.2.1").status_code for _ in range(SESSIONS)] == [201] * SESSIONS
    assert is_too_many(begins(limited, "192.0.2.1"), 3600)
    assert begins(limited, "192.0.2.2").status_code == 201


def test_one_conversation_is_told_when_to_go_on_and_keeps_no_other_from_it(limited: Served) -> None:
    token, another = (begins(limited, "192.0.2.1").json()["token"] for _ in range(2))
    assert [says(limited, token).status_code for _ in range(MESSAGES)] == [200] * MESSAGES
    assert is_too_many(says(limited, token), 60)
    assert says(limited, another).status_code == 200
