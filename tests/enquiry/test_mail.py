"""A mail, its password included, goes over TLS to the server that is named, or not at all: over real mail servers."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from img_pathway.enquiry.outbox import Mail, NotDelivered, Way, ways_from_environment
from img_pathway.enquiry.store import Enquiry
from img_pathway.outgoing import Misconfigured
from tests.certificates import Authority
from tests.serving import free_port

HOST, OTHER = "mail.example.org", "mail.example.com"
TOLD = {"name": "Amina Diallo", "email": "amina@example.com"}
ENQUIRY = Enquiry("KX7P2M", "web-1", "web", 0.0, TOLD, {}, "I agree.", None, None)
PASSWORD = "p@ss/w:rd"
IN_ADDRESS = "bot:p%40ss%2Fw%3Ard"


pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


class Server:
    """Keeps what a mail server was told, and whether over TLS; takes one password."""

    def __init__(self) -> None:
        self.told: list[tuple[str, bool]] = []

    def __call__(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        self._note("password", server)
        return AuthResult(success=data.password == PASSWORD.encode(), handled=False)

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        self._note("sender", server)
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self._note("mail", server)
        return "250 OK"

    def _note(self, what: str, server: Any) -> None:
        self.told.append((what, server.transport.get_extra_info("sslcontext") is not None))


Start = Callable[[dict[str, Any]], int]
# How a server of these tests is given its certificate: shown after STARTTLS, or from the start.
SCHEMES = {"tls_context": "smtp", "ssl_context": "smtps"}
IN_CLEAR = [("password", False), ("sender", False), ("mail", False)]
ENCRYPTED = [("password", True), ("sender", True), ("mail", True)]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture()
def server() -> Server:
    return Server()


@pytest.fixture()
def started(server: Server, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Start a mail server on loopback that is found under any name; its port. The authority is trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    found = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *others, **more: found("127.0.0.1" if host == HOST else host, *others, **more),
    )
    with ExitStack() as running:

        def start(options: dict[str, Any]) -> int:
            # aiosmtpd counts TLS only where it came by STARTTLS.
            options = {"auth_require_tls": "ssl_context" not in options, "auth_required": True, **options}
            controller = Controller(server, hostname="127.0.0.1", port=free_port(), authenticator=server, **options)
            controller.start()
            running.callback(controller.stop, no_assert=True)
            return int(controller.port)

        yield start


def mail(address: str) -> Way:
    settings = {"SMTP_URL": address, "MAIL_FROM": "bot@example.org", "MAIL_TO": "advisers@example.org"}
    return ways_from_environment({f"IMG_PATHWAY_{name}": value for name, value in settings.items()})["mail"]


@pytest.mark.parametrize("demands", [False, True])
def test_a_server_that_offers_tls_gets_nothing_before_it(
    demands: bool, server: Server, started: Start, authority: Authority
) -> None:
    port = started({"tls_context": authority.context(HOST), "require_starttls": demands, "auth_require_tls": demands})
    mail(f"smtp://{IN_ADDRESS}@{HOST}:{port}")(ENQUIRY)
    assert server.told == ENCRYPTED


def test_a_server_that_speaks_tls_from_the_start_is_taken_at_its_word(
    server: Server, started: Start, authority: Authority
) -> None:
    port = started({"ssl_context": authority.context(HOST)})
    mail(f"smtps://{IN_ADDRESS}@{HOST}:{port}")(ENQUIRY)
    assert server.told == ENCRYPTED


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_server_without_tls_gets_neither_password_nor_mail(scheme: str, server: Server, started: Start) -> None:
    port = started({"auth_require_tls": False})
    with pytest.raises(NotDelivered, match=f"TLS.*{HOST}|{HOST}.*TLS"):
        mail(f"{scheme}://{IN_ADDRESS}@{HOST}:{port}")(ENQUIRY)
    assert server.told == []


@pytest.mark.parametrize("answer", ["454 TLS is not available", "220 Go on in clear"])
def test_an_offer_of_tls_that_is_taken_back_is_no_tls(
    answer: str, server: Server, started: Start, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(connection: SMTP, argument: str) -> None:
        await connection.push(answer)

    monkeypatch.setattr(SMTP, "smtp_STARTTLS", refuse)
    port = started({"tls_context": authority.context(HOST), "auth_require_tls": False})
    with pytest.raises(NotDelivered):
        mail(f"smtp://{IN_ADDRESS}@{HOST}:{port}")(ENQUIRY)
    assert server.told == []


@pytest.mark.parametrize("way", ["tls_context", "ssl_context"])
@pytest.mark.parametrize(
    ("name", "self_signed", "said"),
    [(OTHER, False, "mismatch"), (HOST, True, "self.signed"), (OTHER, True, "self.signed")],
)
def test_a_server_that_may_be_another_gets_neither_password_nor_mail(
    way: str, name: str, self_signed: bool, said: str, request: pytest.FixtureRequest
) -> None:
    server, start, authority = (request.getfixturevalue(fixture) for fixture in ("server", "started", "authority"))
    port = start({way: authority.context(name, self_signed=self_signed)})
    with pytest.raises(NotDelivered, match=f"certificate of {HOST} is not accepted .*{said}") as refused:
        mail(f"{SCHEMES[way]}://{IN_ADDRESS}@{HOST}:{port}")(ENQUIRY)
    assert server.told == []
    assert not any(word in str(refused.value) for word in (PASSWORD, IN_ADDRESS, *TOLD.values()))


@pytest.mark.parametrize("way", ["tls_context", "ssl_context"])
def test_an_authority_of_ones_own_has_to_be_named(
    way: str, server: Server, started: Start, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = started({way: authority.context(HOST)})
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(NotDelivered, match="unable to get local issuer certificate"):
        mail(f"{SCHEMES[way]}://{IN_ADDRESS}@{HOST}:{port}")(ENQUIRY)
    assert server.told == []


@pytest.mark.parametrize("address", [f"smtp+plain://{IN_ADDRESS}@{HOST}", f"smtp://{IN_ADDRESS}@127.0.0.1"])
def test_this_machine_and_a_host_that_is_said_to_be_plain_need_no_tls(
    address: str, server: Server, started: Start
) -> None:
    mail(f"{address}:{started({'auth_require_tls': False})}")(ENQUIRY)
    assert server.told == IN_CLEAR


def test_a_wrong_password_is_told_in_words(server: Server, started: Start, authority: Authority) -> None:
    port = started({"tls_context": authority.context(HOST)})
    with pytest.raises(NotDelivered, match="does not take the user and password of IMG_PATHWAY_SMTP_URL"):
        mail(f"smtp://bot:other@{HOST}:{port}")(ENQUIRY)
    assert set(server.told) == {("password", True)}


def test_a_login_that_is_taken_over_tls_alone_is_told_in_words(
    server: Server, started: Start, authority: Authority
) -> None:
    port = started({"tls_context": authority.context(HOST)})
    with pytest.raises(NotDelivered, match="login without TLS"):
        mail(f"smtp://{IN_ADDRESS}@127.0.0.1:{port}")(ENQUIRY)
    assert server.told == []


@pytest.mark.parametrize(
    ("address", "tls", "port"),
    [
        ("smtp://mail.example.org", "starttls", 587),
        ("SMTP://mail.example.org:25", "starttls", 25),
        ("smtps://mail.example.org", "from the start", 465),
        ("smtps://localhost", "from the start", 465),
        ("smtp+plain://relay:25", "none", 25),
        ("smtp://localhost:25", "none", 25),
        ("smtp://[::1]", "none", 587),
        ("smtp://localhost.example.org", "starttls", 587),
        ("smtp://127.0.0.1.example.org", "starttls", 587),
        ("smtp://localhost@mail.example.org", "starttls", 587),
        ("smtp://10.0.0.5", "starttls", 587),
        ("smtp://0.0.0.0", "starttls", 587),
    ],
)
def test_the_address_says_how_a_mail_goes(address: str, tls: str, port: int) -> None:
    found = mail(address)
    assert isinstance(found, Mail)
    assert (found.tls, found.port) == (tls, port)


@pytest.mark.parametrize(
    "address",
    [
        "mail.example.org:587",
        "mail.example.org",
        "http://mail.example.org",
        "smtp://",
        "smtp://user:secret@",
        "smtp://user:sec/ret@mail.example.org",
        "smtp://user:1/secret@mail.example.org",
        "smtp://user:1#secret@mail.example.org",
        "smtp://user:1?secret@mail.example.org",
        "smtp://mail.example.org:99999",
        "smtp://[mail.example.org",
    ],
)
def test_an_address_of_another_form_is_told_the_right_one_and_no_password(address: str) -> None:
    with pytest.raises(Misconfigured, match=r"IMG_PATHWAY_SMTP_URL should look like smtp://.*%40") as refused:
        mail(address)
    assert "secret" not in str(refused.value)
