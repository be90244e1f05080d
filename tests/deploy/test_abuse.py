"""Visitors who hold connections without a use: others are answered meanwhile, and what is held is taken back."""

from __future__ import annotations

import select
import socket
import time
from pathlib import Path

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
