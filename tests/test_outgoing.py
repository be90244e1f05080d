"""Which ways out of the bot are safe: names are values, so that no server is needed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
import sqlalchemy as sa

from img_pathway.enquiry.outbox import ways_from_environment
from img_pathway.outgoing import TRUSTED_HOSTS, Misconfigured, check_database, check_redis, check_web, needs_tls
from tests.serving import ROOT

HERE = ("localhost", "LOCALHOST", "127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1", "/var/run/postgresql")
ELSEWHERE = (
    "postgres", "10.0.0.5", "192.168.1.2", "0.0.0.0", "::", "::ffff:10.0.0.5", "fe80::1", "localhost.example.org",
    "127.0.0.1.example.org", "notlocalhost", "db-localhost", "127.1", "",
)  # fmt: skip
VERIFIED = "sslmode=verify-full"


@pytest.mark.parametrize("host", HERE)
def test_this_machine_needs_no_tls(host: str) -> None:
    assert not needs_tls(host, {})


@pytest.mark.parametrize("host", ELSEWHERE)
def test_every_other_host_needs_it_unless_it_is_named(host: str) -> None:
    assert needs_tls(host, {})
    assert needs_tls(host, {TRUSTED_HOSTS: "*, another,10.0.0.0/8 example.org"})
    if host:
        assert not needs_tls(host, {TRUSTED_HOSTS: f"another, {host.upper()}"})


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("redis://:secret@127.0.0.1:6379/0", True),
        ("redis://:secret@[::1]:6379/0", True),
        ("rediss://:secret@redis:6379/0", True),
        ("rediss://:secret@redis:6379/0?ssl_ca_certs=/etc/ca.pem", True),
        ("redis://:secret@trusted:6379/0", True),
        ("redis://:secret@redis:6379/0", False),
        ("redis://:secret@localhost@redis:6379/0", False),
        ("redis://redis:6379?host=localhost", False),
        ("rediss://:secret@redis:6379/0?ssl_cert_reqs=none", False),
        ("rediss://:secret@redis:6379/0?ssl_cert_reqs=", False),
        ("rediss://:secret@redis:6379/0?db=1&ssl_check_hostname=no", False),
        ("redis://", False),
        ("redis:///0?host=redis", False),
        ("unix:///run/redis.sock", False),
        ("redis://:1#secret@redis", False),
        ("redis://redis:port", False),
    ],
)
def test_redis(address: str, is_safe: bool) -> None:
    _judge(lambda: check_redis(address, {TRUSTED_HOSTS: "trusted"}), is_safe, "IMG_PATHWAY_REDIS_URL")


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("sqlite:///conversations.db", True),
        ("postgresql://bot:secret@127.0.0.1:5432/bot", True),
        ("postgresql://bot:secret@/bot", True),
        ("postgresql://bot:secret@/bot?host=/var/run/postgresql", True),
        ("postgresql://bot:secret@trusted/bot", True),
        (f"postgresql://bot:secret@db/bot?{VERIFIED}&sslrootcert=/etc/ca.pem", True),
        (f"postgresql+psycopg2://bot:secret@db/bot?{VERIFIED}", True),
        ("postgresql://bot:secret@db/bot", False),
        ("postgresql+psycopg2://bot:secret@db/bot", False),
        *((f"postgresql://bot:secret@db/bot?sslmode={mode}", False) for mode in ("prefer", "require", "verify-ca")),
        (f"postgresql://bot:secret@db/bot?{VERIFIED}&sslmode=disable", False),
        ("postgresql://bot:secret@127.0.0.1/bot?host=db", False),
        ("postgresql://bot:secret@127.0.0.1/bot?hostaddr=10.0.0.5", False),
        ("postgresql://bot:secret@/bot?host=127.0.0.1,db", False),
        ("postgresql://bot:secret@/bot?host=127.0.0.1&host=db", False),
        ("postgresql://bot:secret@/bot?service=elsewhere", False),
        ("mysql://bot:secret@db/bot", False),
    ],
)
def test_databases(address: str, is_safe: bool) -> None:
    url = sa.engine.make_url(address)
    _judge(lambda: check_database(url, {TRUSTED_HOSTS: "trusted"}), is_safe, "IMG_PATHWAY_DATABASE_URL")


@pytest.mark.parametrize("name", ["PGHOST", "PGHOSTADDR", "PGSERVICE"])
def test_what_the_client_of_a_database_takes_from_elsewhere_is_looked_at_too(name: str) -> None:
    url = sa.engine.make_url("postgresql://bot:secret@/bot")
    _judge(lambda: check_database(url, {name: "10.0.0.5"}), False, "IMG_PATHWAY_DATABASE_URL")


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("https://crm.example.org/hook", True),
        ("HTTPS://crm.example.org", True),
        ("http://127.0.0.1:8080/hook", True),
        ("http://trusted:5055/webhook", True),
        ("http://crm.example.org/hook?key=secret", False),
        ("http://localhost@crm.example.org/secret", False),
        ("crm.example.org/secret", False),
        ("//crm.example.org/secret", False),
        ("ftp://crm.example.org/secret", False),
        ("https:///secret", False),
    ],
)
def test_web_servers(address: str, is_safe: bool) -> None:
    _judge(lambda: check_web("IMG_PATHWAY_WEBHOOK_URL", address, {TRUSTED_HOSTS: "trusted"}), is_safe, "_WEBHOOK_URL")


def _judge(check: object, is_safe: bool, setting: str) -> None:
    assert callable(check)
    if is_safe:
        check()
        return
    with pytest.raises(Misconfigured, match=setting) as refused:
        check()
    assert "secret" not in str(refused.value)


MAIL = {"SMTP_URL": "smtps://bot:secret@mail.example.org", "MAIL_FROM": "bot@example.org", "MAIL_TO": "a@example.org"}
WEBHOOK = {"WEBHOOK_URL": "https://crm.example.org/hook", "WEBHOOK_SECRET": "secret"}


def _variables(settings: dict[str, str]) -> dict[str, str]:
    return {f"IMG_PATHWAY_{name}": value for name, value in settings.items()}


@pytest.mark.parametrize("group", [MAIL, WEBHOOK], ids=["mail", "webhook"])
def test_settings_that_need_each_other_are_whole(group: dict[str, str]) -> None:
    assert ways_from_environment(_variables(dict.fromkeys(group, ""))) == {}
    assert len(ways_from_environment(_variables(group))) == 1
    for missing in group:
        for rest in (group.keys() - {missing}, group.keys() - {missing} - set(list(group)[:1])):
            if not rest:
                continue
            with pytest.raises(Misconfigured, match=f"IMG_PATHWAY_{missing}\\b.* as well") as refused:
                ways_from_environment(_variables({name: group[name] for name in rest}))
            assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("command", "settings"),
    [
        ("outbox", {"SMTP_URL": "smtp://mail.example.org"}),
        ("outbox", {"WEBHOOK_URL": "https://crm.example.org"}),
        ("outbox", WEBHOOK | {"WEBHOOK_URL": "http://crm.example.org"}),
        ("outbox", {"DATABASE_URL": "postgresql://bot:secret@db/bot"}),
        ("purge --older-than 180d", {"DATABASE_URL": "postgresql://bot:secret@db/bot"}),
        ("enquiries --open", {"DATABASE_URL": "postgresql://bot:secret@db/bot"}),
        ("report", {"DATABASE_URL": "postgresql://bot:secret@db/bot?sslmode=require"}),
        ("report", {"DATABASE_URL": "postgresql://bot:1#secret@db/bot"}),
        ("report", {"DATABASE_URL": "postgresql//bot:secret@db/bot"}),
        ("run", {"SMTP_URL": "smtp://bot:secret@mail.example.org"}),
    ],
)
def test_a_command_that_would_connect_says_what_to_set(command: str, settings: dict[str, str]) -> None:
    environment = {**os.environ, **_variables(settings)}
    done = subprocess.run(
        [sys.executable, "-m", "img_pathway.cli", *command.split()],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    assert "IMG_PATHWAY_" in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr
