"""Servers that the bot connects to: over TLS with a verified certificate, on this machine, or named as trusted."""

from __future__ import annotations

import os
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qs, urlsplit

import sqlalchemy as sa

TRUSTED_HOSTS = "IMG_PATHWAY_TRUSTED_HOSTS"
_UNLESS_TRUSTED = f"If only your own servers share a private network with it, name the host in {TRUSTED_HOSTS}."
# Where an address of PostgreSQL names no host, its client looks for one here.
_DATABASE_DEFAULTS = ("PGHOST", "PGHOSTADDR", "PGSERVICE")


class Misconfigured(Exception):
    """A setting would send personal data or a secret in clear, or is not complete; the message says what to set."""


def needs_tls(host: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether the way to a host may be read by others: it is neither this machine nor named as trusted."""
    trusted = environment.get(TRUSTED_HOSTS, "").lower().replace(",", " ").split()
    return not is_this_machine(host) and host.lower() not in trusted


def is_this_machine(host: str) -> bool:
    """Return whether a host is `localhost`, an address of loopback or a socket's path."""
    if host.startswith("/") or host.lower() == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def split_address(setting: str, address: str, schemes: tuple[str, ...], form: str) -> SplitResult:
    """Split an address with one of some schemes and a host; raises Misconfigured."""
    try:
        parts = urlsplit(address)
        is_well_formed = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_well_formed = False
    if not is_well_formed:
        raise malformed(setting, form)
    return parts


def malformed(setting: str, form: str) -> Misconfigured:
    """Return what is said of an address that cannot be read; not the address, which may hold a password."""
    return Misconfigured(
        f"{setting} should look like {form}. In user and password write @ as %40, : as %3A, / as %2F, # as %23."
    )


def check_web(setting: str, address: str, environment: Mapping[str, str] = os.environ) -> None:
    """See that an address of a web server is safe; raises Misconfigured."""
    parts = split_address(setting, address, ("https", "http"), "https://host/path")
    host = str(parts.hostname)
    if parts.scheme == "http" and needs_tls(host, environment):
        raise Misconfigured(f"{setting} leads to {host} without encryption. Write https://. {_UNLESS_TRUSTED}")


def check_redis(address: str, environment: Mapping[str, str] = os.environ) -> None:
    """See that the way to Redis is safe; raises Misconfigured."""
    form = "redis://:password@host:6379/0 (rediss:// with TLS)"
    parts = split_address("IMG_PATHWAY_REDIS_URL", address, ("redis", "rediss"), form)
    host = str(parts.hostname)
    if not needs_tls(host, environment):
        return
    if parts.scheme == "redis":
        raise Misconfigured(
            f"IMG_PATHWAY_REDIS_URL leads to {host} without encryption. Write rediss://. {_UNLESS_TRUSTED}"
        )
    weaker = sorted({"ssl_cert_reqs", "ssl_check_hostname"} & set(parse_qs(parts.query, keep_blank_values=True)))
    if weaker:
        raise Misconfigured(
            f"Take {' and '.join(weaker)} out of IMG_PATHWAY_REDIS_URL: the certificate of {host} is always verified. "
            f"A certificate authority of your own is named by SSL_CERT_FILE."
        )


def check_database(url: sa.engine.URL, environment: Mapping[str, str] = os.environ) -> None:
    """See that the way to a database is safe; raises Misconfigured."""
    if url.get_backend_name() == "sqlite":
        return
    hosts = [host for host in _database_hosts(url, environment) if needs_tls(host, environment)]
    if hosts and url.query.get("sslmode") != "verify-full":
        raise Misconfigured(
            f"The way to the database at {', '.join(hosts)} is not secured. Add to IMG_PATHWAY_DATABASE_URL: "
            f"?sslmode=verify-full&sslrootcert=/etc/ssl/certs/ca-certificates.crt (or the file of the authority that "
            f"signed its certificate). {_UNLESS_TRUSTED}"
        )


def _database_hosts(url: sa.engine.URL, environment: Mapping[str, str]) -> list[str]:
    """All hosts that an address may lead to, those included that libpq would take from elsewhere."""
    named = [url.host or "", *(_text(url.query.get(name)) for name in ("host", "hostaddr", "service"))]
    found = [host for host in ",".join(named).split(",") if host]
    return found or [environment[name] for name in _DATABASE_DEFAULTS if environment.get(name)]


def _text(value: str | tuple[str, ...] | None) -> str:
    return value or "" if isinstance(value, str | None) else ",".join(value)
