"""Visitors who hold connections or make much work: others are answered meanwhile, and what is held is taken back."""

from __future__ import annotations

import select
import socket
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from img_pathway.serve.supervisor import Supervisor
from tests.channels.browserless import Visitor
from tests.deploy.fleet import Fleet
from tests.deploy.idlers import connected, ended
from tests.serving import eventually

pytestmark = [pytest.mark.server, pytest.mark.services]
# As long as one waits gladly, also on a busy machine.
SOON = 5
MESSAGE = b"POST /chat/messages HTTP/1.1\r\nHost: bot.example.org\r\nContent-Length: 9000\r\n\r\n{"


def answers_soon(visitor: Visitor) -> bool:
    started = time.monotonic()
    assert visitor.hears("what is a clerkship?")["replies"]
    return time.monotonic() - started < SOON


def readable(connections: list[socket.socket]) -> list[socket.socket]:
    """Those to which the server has said something."""
    return select.select(connections, [], [], 0)[0]


@pytest.mark.parametrize("sends", [b"", b"POST /chat/messages HTTP/1.1\r\nHost: bot"], ids=["nothing", "half a header"])
def test_a_thousand_that_send_nothing_keep_nobody_from_answers(fleet: Fleet, sends: bytes) -> None:
    visitor = Visitor.of(fleet.front)
    with connected(fleet.front.settings.address, 1000, sends) as idlers:
        assert all(answers_soon(visitor) for _ in range(3))
        assert answers_soon(Visitor.of(fleet.front))
        started = time.monotonic()
        assert all(ended(idler, 20) for idler in idlers)
        assert time.monotonic() - started < 30


def test_who_sends_slowly_holds_few_connections_and_no_chat_server(fleet: Fleet) -> None:
    visitor = Visitor.of(fleet.front)
    address = fleet.front.settings.address
    with connected(address, 200, MESSAGE, source="127.0.0.9") as slow:
        assert eventually(lambda: len(readable(slow)) >= len(slow) - 30)
        assert {connection.recv(12) for connection in readable(slow)} == {b"HTTP/1.1 429"}
        assert all(answers_soon(visitor) for _ in range(3))
        # Those that were taken are ended when they send nothing for a while.
        assert all(ended(connection, 20) for connection in slow)


# What takes longest to read in as many characters as a message may have: benchmarks/worst.py.
HEAVY = (
    "how long is residency and " * 38,
    "abc? " * 200,
    ", is it" * 140,
    "why me\n" * 140,
    "x, " * 330,
    "I graduated in 2015 and I passed step 1 with 230 and failed step 2 twice and I am from India " * 10,
    "\ufdfa" * 55,
)
FLOODED = 120


def test_one_address_that_sends_the_heaviest_messages_keeps_nobody_from_answers(fleet: Fleet) -> None:
    address = fleet.front.settings.address
    # Another address than that of the visitor.
    transport = httpx.HTTPTransport(local_address="127.0.0.9")
    with httpx.Client(base_url=address, transport=transport, timeout=60) as flooder, ThreadPoolExecutor(12) as pool:
        tokens = [flooder.post("/chat/sessions", json={}).json()["token"] for _ in range(20)]

        def flood(number: int) -> int:
            message = {"id": uuid.uuid4().hex, "text": HEAVY[number % len(HEAVY)][:1000]}
            headers = {"Authorization": f"Bearer {tokens[number % len(tokens)]}"}
            return flooder.post("/chat/messages", json=message, headers=headers).status_code

        visitor = Visitor.of(fleet.front)
        flooding = [pool.submit(flood, number) for number in range(FLOODED)]
        waited = []
        # Fewer than a conversation may send in a minute.
        while len(waited) < 20 and not all(future.done() for future in flooding):
            started = time.monotonic()
            # Each is an answer: 200, and something is said.
            assert visitor.hears("what is the match?")["replies"]
            waited.append(time.monotonic() - started)
    states = Counter(future.result() for future in flooding)
    assert waited
    assert states[200]
    assert set(states) <= {200, 429, 503}
    print(f"flooder {dict(states)}; visitor answered {len(waited)} times, slowest {max(waited):.2f} s")


def test_a_bot_without_nginx_answers_beside_a_thousand_that_send_nothing(running: Supervisor) -> None:
    visitor = Visitor.of(running)
    with connected(running.settings.address, 1000):
        assert all(answers_soon(visitor) for _ in range(3))


def test_a_server_may_hold_more_connections_than_the_system_begins_with(running: Supervisor) -> None:
    servers = [part.process for part in running.parts if part.port]
    assert len(servers) == 2
    for server in servers:
        assert server is not None
        limits = Path(f"/proc/{server.pid}/limits").read_text(encoding="ascii").splitlines()
        soft, hard = next(line for line in limits if line.startswith("Max open files")).split()[3:5]
        assert int(soft) >= min(10_000, int(hard))
