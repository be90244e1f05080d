"""No request, however it is framed, keeps a chat server or an action server from answering the next one."""

from __future__ import annotations

import random
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version

import pytest

from img_pathway.serve import sanic_requests
from img_pathway.serve.supervisor import Part, Supervisor
from tests.channels.fakes import Platforms
from tests.channels.served import Served, Server, app_of_actions
from tests.serving import HTTP, PATIENCE_SECONDS, credentials_for_tests
from tests.talking import Talk

MOST_BYTES = 256 * 1024
END = "\r\n\r\n"


@dataclass
class Target:
    """A server of the bot, a route of it that reads a body and one that does not, and how it refuses."""

    server: Server | Part
    path: str
    plain: str
    refusal: str
    too_large: str

    @property
    def port(self) -> int | None:
        return self.server.port

    def answers(self) -> bool:
        return HTTP.get(f"http://127.0.0.1:{self.port}{self.plain}").status_code == 200


@pytest.fixture(scope="module", params=["chat", "actions"])
def target(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, platforms: Platforms, secrets: None
) -> Iterator[Target]:
    """The two servers of the bot, for these tests alone: a hung one must not be another test's."""
    folder = tmp_path_factory.mktemp("raw")
    if request.param == "chat":
        served = Served(credentials_for_tests(folder, platforms.address), folder / "conversations.db")
        found = Target(served, "/chat/messages", "/widget.js", "400", "413")
    else:
        # Its own handler of errors makes a 500 of all of them.
        found = Target(Server(app_of_actions()), "/webhook", "/health", "500", "500")
    found.server.app.config.REQUEST_MAX_SIZE = MOST_BYTES
    yield found
    found.server.close()


@contextmanager
def sent(target: Target, *pieces: str | bytes) -> Iterator[socket.socket]:
    """A connection over which bytes were sent, and that stays open."""
    with socket.create_connection(("127.0.0.1", target.port), timeout=PATIENCE_SECONDS) as connection:
        # A server that has refused what it got already takes no more.
        with suppress(ConnectionError):
            for piece in pieces:
                connection.sendall(piece if isinstance(piece, bytes) else piece.encode("latin-1"))
        yield connection


def refusals(target: Target, *pieces: str) -> list[str]:
    """The statuses that come back until the server closes the connection, which it must."""
    answer = b""
    with sent(target, *pieces) as connection, suppress(ConnectionError):
        while part := connection.recv(65536):
            answer += part
    return re.findall(r"HTTP/1.1 (\d+)", answer.decode("latin-1"))


def head(path: str, *lines: str) -> str:
    return "\r\n".join((f"POST {path} HTTP/1.1", "Host: a", *lines)) + END


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
def test_a_length_that_is_no_plain_number_is_refused(target: Target, length: str) -> None:
    assert refusals(target, head(target.path, f"Content-Length: {length}")) == [target.refusal]
    assert target.answers()


@pytest.mark.parametrize("lines", FRAMES, ids=" & ".join)
def test_a_body_that_could_be_read_in_two_ways_is_refused(target: Target, lines: tuple[str, ...]) -> None:
    assert refusals(target, head(target.path, *lines)) == [target.refusal]
    # What follows on the connection is no second request.
    more = "2\r\n{}\r\n0\r\n\r\nGET /second HTTP/1.1\r\nHost: a\r\n\r\n"
    assert len(refusals(target, head(target.path, *lines) + more)) <= 1
    assert target.answers()


CHUNKS = (
    "-1\r\nxx", "-0\r\n\r\n", "+2\r\n{}\r\n0\r\n\r\n", "0x2\r\n{}\r\n0\r\n\r\n", "zz\r\n{}", "\r\n\r\n", "\r\n", "",
    "f" * 60 + "\r\nx", "f" * 80, "2;" + "x" * 100, "2\r\n{}", "2\r\n{}0\r\n\r\n", "2\n{}\n0\n\n", "0\r\nX: y\r\n\r\n",
    "1\r\n{\r\n" * 200 + "-5\r\n", " 2\r\n{}\r\n0\r\n\r\n", "\x00\r\n\r\n", "2\r\n{}\r\n" + "0" * 64,
)  # fmt: skip


@pytest.mark.parametrize("body", CHUNKS, ids=range(len(CHUNKS)))
def test_nonsense_in_chunks_hangs_nothing(target: Target, body: str) -> None:
    with sent(target, head(target.path, "Transfer-Encoding: chunked"), body):
        assert target.answers()


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
def test_what_is_hardly_http_hangs_nothing(target: Target, odd: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with sent(target, odd):
        assert target.answers()
    # Whoever sends it writes no tracebacks into the log either.
    assert [record.getMessage() for record in caplog.records if "uncaught" in record.getMessage()] == []


def test_mutated_requests_hang_nothing(target: Target) -> None:
    draw = random.Random(6)
    parts = ("Content-Length: ", "Transfer-Encoding: ", "chunked", "-1", "2", "\r\n", "\r\n\r\n", " ", "0", "{}", ":",
             "\x00", "\xff", "GET / HTTP/1.1\r\n", "ffff\r\n", ";", "Expect: 100-continue\r\n")  # fmt: skip
    for _ in range(40):
        pieces = [head(target.path)[:-2], *(draw.choice(parts) for _ in range(draw.randrange(1, 9)))]
        with sent(target, "".join(pieces), *draw.choices(parts, k=2)):
            assert target.answers()


def test_too_large_a_body_is_refused_before_it_has_come(target: Target) -> None:
    assert refusals(target, head(target.path, f"Content-Length: {MOST_BYTES + 1}")) == [target.too_large]
    chunk = f"{64 * 1024:x}\r\n{'x' * 64 * 1024}\r\n"
    assert set(refusals(target, head(target.path, "Transfer-Encoding: chunked"), *[chunk] * 50)) <= {target.too_large}
    assert target.answers()


def test_requests_in_a_row_on_one_connection_are_all_answered(target: Target) -> None:
    get = f"GET {target.plain} HTTP/1.1\r\nHost: a\r\n\r\n"
    post = head(target.path, "Content-Length: 2") + "[]"
    with sent(target, (get + post) * 5 + get) as connection:
        answer = b""
        while answer.count(b"HTTP/1.1 ") < 11:
            part = connection.recv(65536)
            assert part, answer
            answer += part


@pytest.mark.server
@pytest.mark.parametrize(
    ("number", "path", "loops"), [(0, "/webhook", ["requests"]), (1, "/chat/messages", ["requests", "rasa"])]
)
def test_the_running_servers_are_as_strict_and_watched(
    running: Supervisor, talk: Talk, number: int, path: str, loops: list[str]
) -> None:
    talk.says("hello")
    part = running.parts[number]
    server = Target(part, path, "", "", "")
    for size in (-1, 20 * 1024 * 1024 + 1):
        (status,) = refusals(server, head(path, f"Content-Length: {size}"))
        assert status in ("400", "413", "500"), size
    said = part.log.read_text(encoding="utf-8")
    assert all(f"The event loop {loop} is watched." in said for loop in loops)


def test_the_sanic_that_is_installed_is_the_one_whose_methods_are_overridden() -> None:
    assert version("sanic") == sanic_requests.WRITTEN_FOR
