"""What the web channel says to who asks too often, and who is counted together."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from img_pathway.channels.addresses import counted_as
from tests.channels.browserless import code
from tests.channels.served import Served
from tests.serving import HTTP, NOWHERE, credentials_for_tests

SESSIONS, MESSAGES, OF_ADDRESS, READS = 3, 2, 3, 2
# So long that no window of it ends in the middle of a test.
WINDOW, WINDOW_SECONDS = "day", 86_400
READING = [("GET", "/chat/history"), ("GET", "/chat/transcript"), ("POST", "/chat/sessions/refresh")]


@pytest.fixture()
def limited(tmp_path: Path, secrets: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setenv("SANIC_PROXIES_COUNT", "1")
    by_address = {"messages_from_address": f"{OF_ADDRESS}/{WINDOW}", "reads": f"{READS}/{WINDOW}"}
    credentials = credentials_for_tests(tmp_path, NOWHERE, f"{MESSAGES}/{WINDOW}", f"{SESSIONS}/{WINDOW}", **by_address)
    server = Served(credentials, tmp_path / "conversations.db")
    yield server
    server.close()


def begins(served: Served, address: str) -> httpx.Response:
    """A new conversation of a visitor, with the header that nginx sets."""
    return HTTP.post(f"http://127.0.0.1:{served.port}/chat/sessions", json={}, headers={"X-Forwarded-For": address})


def asks(served: Served, method: str, path: str, token: str, address: str, **more: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}", "X-Forwarded-For": address}
    return HTTP.request(method, f"http://127.0.0.1:{served.port}{path}", headers=headers, **more)


def says(served: Served, token: str, address: str = "192.0.2.1") -> httpx.Response:
    message = {"id": uuid.uuid4().hex, "text": "hello"}
    return asks(served, "POST", "/chat/messages", token, address, json=message)


def is_too_many(answer: httpx.Response) -> bool:
    seconds = int(answer.headers["Retry-After"])
    told = answer.json()["error"]["message"]
    return (answer.status_code, code(answer)) == (429, "too_many") and 0 < seconds <= WINDOW_SECONDS and bool(told)


def test_one_address_begins_few_conversations_and_keeps_no_other_from_it(limited: Served) -> None:
    assert [begins(limited, "192.0.2.1").status_code for _ in range(SESSIONS)] == [201] * SESSIONS
    assert is_too_many(begins(limited, "192.0.2.1"))
    assert begins(limited, "192.0.2.2").status_code == 201


def test_one_conversation_is_told_when_to_go_on_and_keeps_no_other_from_it(limited: Served) -> None:
    token, another = (begins(limited, "192.0.2.1").json()["token"] for _ in range(2))
    assert [says(limited, token).status_code for _ in range(MESSAGES)] == [200] * MESSAGES
    assert is_too_many(says(limited, token))
    assert says(limited, another).status_code == 200


def test_one_address_sends_few_messages_however_many_conversations_it_has(limited: Served) -> None:
    tokens = [begins(limited, "192.0.2.1").json()["token"] for _ in range(3)]
    assert [says(limited, token).status_code for token in tokens] == [200] * OF_ADDRESS
    assert is_too_many(says(limited, tokens[-1]))
    assert says(limited, tokens[0], "192.0.2.2").status_code == 200


def test_who_is_too_fast_uses_up_nothing_of_others_behind_the_same_address(limited: Served) -> None:
    token, another = (begins(limited, "192.0.2.1").json()["token"] for _ in range(2))
    assert [says(limited, token).status_code for _ in range(MESSAGES + 5)] == [200] * MESSAGES + [429] * 5
    assert says(limited, another).status_code == 200


@pytest.mark.parametrize(("method", "path"), READING)
def test_reading_is_limited_by_address(limited: Served, method: str, path: str) -> None:
    token = begins(limited, "192.0.2.1").json()["token"]
    assert [asks(limited, method, path, token, "192.0.2.1").status_code for _ in range(READS)] == [200] * READS
    assert is_too_many(asks(limited, "DELETE", "/chat/session", token, "192.0.2.1"))
    assert asks(limited, method, path, token, "192.0.2.2").status_code == 200


def test_all_addresses_of_an_ipv6_network_are_one_visitor(limited: Served) -> None:
    begun = [begins(limited, f"2001:db8:0:1::{n:x}").status_code for n in range(SESSIONS + 2)]
    assert begun == [201] * SESSIONS + [429] * 2
    token = begins(limited, "2001:db8:0:2::1").json()["token"]
    assert [asks(limited, "GET", "/chat/history", token, f"2001:db8:0:3::{n}").status_code for n in "ab"] == [200] * 2
    assert is_too_many(asks(limited, "GET", "/chat/history", token, "2001:db8:0:3:ffff::"))


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("[2001:db8:1:2::9]", "2001:db8:1:2::/64"),
        ("::1", "::/64"),
        ("unknown", "unknown"),
        ("x" * 5000, "x" * 64),
    ],
)
def test_addresses_are_counted_by_what_one_visitor_has(address: str, counted: str) -> None:
    assert counted_as(address) == counted
