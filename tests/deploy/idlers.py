"""People who mean no good: they connect and send nothing, or hardly anything."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit


@contextmanager
def connected(
    address: str, number: int, sends: bytes = b"", source: str = "127.0.0.1"
) -> Iterator[list[socket.socket]]:
    """That many connections to a server, each of which sends the same beginning, and no more."""
    server = urlsplit(address)
    with ExitStack() as stack:
        opened = []
        for _ in range(number):
            one = socket.create_connection((server.hostname or "", server.port or 80), 10, (source, 0))
            opened.append(stack.enter_context(one))
            one.sendall(sends)
        yield opened


def ended(connection: socket.socket, seconds: float) -> bool:
    """Whether the server ends a connection within a time, with words or without."""
    connection.settimeout(seconds)
    try:
        while connection.recv(4096):
            pass
    except TimeoutError:
        return False
    except ConnectionResetError:
        return True
    return True
