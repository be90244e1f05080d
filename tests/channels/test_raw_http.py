"""No request, however it is framed, keeps a chat server or an action server from answering the next one."""

from __future__ import annotations

import random
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version

import pytest

from img_pathway.serve import sanic_requests
from tests.channels.fakes import Platforms
from tests.channels.served import Served, Server, app_of_actions
from tests.serving import HTTP, PATIENCE_SECONDS, credentials_for_tests

CHAT, ACTIONS = "/chat/messages", "/webhook"
MOST_BYTES = 256 * 1024
END = "\r\n\r\n"


@pytest.fixture(scope="module", params=[CHAT, ACTIONS], ids=["chat", "actions"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, platforms: Platforms, secrets: None
) -> Iterator[Server]:
    """The two servers of the bot; a hung one is no other test's."""
    folder = tmp_path_factory.mktemp("raw")
    if request.param == CHAT:
        server: Server = Served(credentials_for_tests(folder, platforms.address), folder / "conversations.db")
    else:
        server = Server(app_of_actions())
    server.path = request.param
    # The action server's own handler of errors makes a 500 of all of them.
    server.refusal = "400" if request.param == CHAT else "500"
    server.app.config.REQUEST_MAX_SIZE = MOST_BYTES
    yield server
    server.close()


@contextmanager
def sent(server: Server, *pieces: str | bytes) -> Iterator[socket.socket]:
    """A connection over which bytes were sent, and that stays open."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_SECONDS) as connection:
        # A server that has refused what it got already takes no more.
        with suppress(ConnectionError):
            for piece in pieces:
                connection.sendall(piece if isinstance(piece, bytes) else piece.encode("latin-1"))
        yield connection


def refusals(server: Server, *pieces: str) -> list[str]:
    """The statuses that come back until the server closes the connection, which it must."""
    answer = b""
    with sent(server, *pieces) as connection, suppress(ConnectionError):
        while part := connection.recv(65536):
            answer += part
    return re.findall(r"HTTP/1.1 (\d+)", answer.decode("latin-1"))


def head(path: str, *lines: str) -> str:
    return "\r\n".join((f"POST {path} HTTP/1.1", "Host: a", *lines)) + END


def plain(server: Server) -> str:
    return "/health" if server.path == ACTIONS else "/widget.js"


def answers(server: Server) -> bool:
    return HTTP.get(f"http://127.0.0.1:{server.port}{plain(server)}").status_code == 200


LENGTHS = (
    "-1", "-0", "+1", "1e3", "0x10", "1_0", "1.0", "1 1", "1,1", "", "abc", "\u00b2", "9" * 30, "\x001", "1\x00",
    "\u0661".encode().decode("latin-1"), "\u0967".encode().decode("latin-1"), "--1", "1;1", "NaN", "inf",
)  # fmt: skip
FRAMES = (
    ("Content-Length: 2", "Content-Length: 2"),
    ("Content-Length: 2", "Content-Length: 3"),
    ("content-length: 2", "CONTENT-LENGTH: 2"),
    ("Content-Length: 2", "Transfer-Encoding: chunked"),
    ("Transfer-Encoding: chunked", "Content-Length: 2"),
    ("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
    ("Transfer-Encoding: gzip, chunked",),
    ("Transfer-Encoding: xchunked",),
    ("Transfer-Encoding: identity",),
    ("Transfer-Encoding:",),
    ("Content-Length : 2",),
    (" Content-Length: 2",),
    ("X: a\nContent-Length: 2",),
    ("X: a\x00b",),
    ("X\x00: a",),
    ("no colon",),
    (": no name",),
)


@pytest.mark.parametrize("length", LENGTHS)
def test_a_length_that_is_no_plain_number_is_refused(server: Server, length: str) -> None:
    assert refusals(server, head(server.path, f"Content-Length: {length}")) == [server.refusal]
    assert answers(server)


@pytest.mark.parametrize("lines", FRAMES, ids=" & ".join)
def test_a_body_that_could_be_read_in_two_ways_is_refused(server: Server, lines: tuple[str, ...]) -> None:
    assert refusals(server, head(server.path, *lines)) == [server.refusal]
    # What follows on the connection is no second request.
    more = "2\r\n{}\r\n0\r\n\r\nGET /second HTTP/1.1\r\nHost: a\r\n\r\n"
    assert len(refusals(server, head(server.path, *lines) + more)) <= 1
    assert answers(server)


CHUNKS = (
    "-1\r\nxx", "-0\r\n\r\n", "+2\r\n{}\r\n0\r\n\r\n", "0x2\r\n{}\r\n0\r\n\r\n", "zz\r\n{}", "\r\n\r\n", "\r\n", "",
    "f" * 60 + "\r\nx", "f" * 80, "2;" + "x" * 100, "2\r\n{}", "2\r\n{}0\r\n\r\n", "2\n{}\n0\n\n", "0\r\nX: y\r\n\r\n",
    "1\r\n{\r\n" * 200 + "-5\r\n", " 2\r\n{}\r\n0\r\n\r\n", "\x00\r\n\r\n", "2\r\n{}\r\n" + "0" * 64,
)  # fmt: skip


@pytest.mark.parametrize("body", CHUNKS, ids=range(len(CHUNKS)))
def test_nonsense_in_chunks_hangs_nothing(server: Server, body: str) -> None:
    with sent(server, head(server.path, "Transfer-Encoding: chunked"), body):
        assert answers(server)


ODD = (
    b"GET /widget.js", b"GET /widget.js HTTP/1.1\r\nHost: a\r\n", b"\r\n\r\n\r\n", b"\x00" * 100, b"\xff" * 9000,
    b"GET  / HTTP/1.1\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET /\xff HTTP/1.1\r\n\r\n", b"/ / /\r\n\r\n",
    b"GET http:// HTTP/1.1\r\n\r\n", b"GET // HTTP/1.1\r\n\r\n", b"GET \x00 HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x02\x00",
    b"GET /widget.js HTTP/1.1\nHost: a\n\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"A" * 70_000,
    b"GET /widget.js HTTP/1.1\r\nX: " + b"y" * 8192 + b"\r\n\r\n", b"GET /" + b"y" * 8192 + b" HTTP/1.1\r\n\r\n",
    b"GET /widget.js HTTP/1.1\r\n" + b"a:\r\n" * 1900 + b"\r\n", b"GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n",
    b"POST /webhook HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n",
    b"POST /webhook HTTP/1.1\r\nExpect: x\r\nContent-Length: 2\r\n\r\n{}",
    b"GET /health HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \xff\r\n\r\n" * 50,
)  # fmt: skip


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_what_is_hardly_http_hangs_nothing(server: Server, odd: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with sent(server, odd):
        assert answers(server)
    # Whoever sends it writes no tracebacks into the log either.
    assert [record.getMessage() for record in caplog.records if "uncaught" in record.getMessage()] == []


def test_mutated_requests_hang_nothing(server: Server) -> None:
    draw = random.Random(6)
    parts = ("Content-Length: ", "Transfer-Encoding: ", "chunked", "-1", "2", "\r\n", "\r\n\r\n", " ", "0", "{}", ":",
             "\x00", "\xff", "GET / HTTP/1.1\r\n", "ffff\r\n", ";", "Expect: 100-continue\r\n")  # fmt: skip
    for _ in range(40):
        pieces = [head(server.path)[:-2], *(draw.choice(parts) for _ in range(draw.randrange(1, 9)))]
        with sent(server, "".join(pieces), *draw.choices(parts, k=2)):
            assert answers(server)


def test_too_large_a_body_is_refused_before_it_has_come(server: Server) -> None:
    expected = "413" if server.path == CHAT else "500"
    assert refusals(server, head(server.path, f"Content-Length: {MOST_BYTES + 1}")) == [expected]
    chunk = f"{64 * 1024:x}\r\n{'x' * 64 * 1024}\r\n"
    assert set(refusals(server, head(server.path, "Transfer-Encoding: chunked"), *[chunk] * 50)) <= {expected}
    assert answers(server)


def test_requests_in_a_row_on_one_connection_are_all_answered(server: Server) -> None:
    get = f"GET {plain(server)} HTTP/1.1\r\nHost: a\r\n\r\n"
    post = head(server.path, "Content-Length: 2") + "[]"
    with sent(server, (get + post) * 5 + get) as connection:
        answer = b""
        while answer.count(b"HTTP/1.1 ") < 11:
            part = connection.recv(65536)
            assert part, answer
            answer += part


def test_the_sanic_that_is_installed_is_the_one_whose_methods_are_overridden() -> None:
    assert version("sanic") == sanic_requests.SANIC_VERSION
