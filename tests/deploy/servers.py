"""PostgreSQL and Redis for tests, in folders of their own, on loopback."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from tests.serving import eventually, free_port

# Characters that have to be written otherwise in an address.
PASSWORD, IN_ADDRESSES = "p@ss/w:rd", "p%40ss%2Fw%3Ard"
# PostgreSQL does not run as root.
_USER = "postgres" if os.geteuid() == 0 else None


@dataclass
class RedisServer:
    """A Redis that can be stopped and started again; it keeps nothing."""

    folder: Path
    port: int
    certificate: Path | None = None
    """With its key in the same file; with one the server speaks TLS only, and is to be found as localhost."""
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        if self.certificate:
            return f"rediss://:{IN_ADDRESSES}@localhost:{self.port}/0"
        return f"redis://:{IN_ADDRESSES}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder), "--save", ""]
        if self.certificate:
            options[:2] = ["--port", "0", "--tls-port", str(self.port), "--tls-auth-clients", "no"]
            options += ["--tls-cert-file", str(self.certificate), "--tls-key-file", str(self.certificate)]
        command = ["redis-server", *options, "--requirepass", PASSWORD]
        with (self.folder / "redis.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        assert eventually(self._answers), (self.folder / "redis.log").read_text()

    def stop(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def _answers(self) -> bool:
        tls = ["--tls", "--insecure"] if self.certificate else []
        ping = ["redis-cli", "-p", str(self.port), *tls, "--no-auth-warning", "-a", PASSWORD, "ping"]
        return subprocess.run(ping, capture_output=True, text=True, check=False).stdout.strip() == "PONG"


@contextmanager
def redis_server(folder: Path, certificate: Path | None = None) -> Iterator[RedisServer]:
    """A Redis with a password."""
    server = RedisServer(folder, free_port(), certificate)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@dataclass
class PostgresServer:
    """A PostgreSQL that can be killed and started again; `program` finds its other programs."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def address(self, database: str) -> str:
        return f"postgresql://bot:{IN_ADDRESSES}@127.0.0.1:{self.port}/{database}"

    def make(self) -> None:
        (self.folder / "password").write_text(PASSWORD, encoding="utf-8")
        if _USER:
            for path in (self.folder, self.folder / "password"):
                shutil.chown(path, _USER, _USER)
        first = ["-U", "bot", "-A", "scram-sha-256", f"--pwfile={self.folder}/password", "-E", "UTF8", "--no-sync"]
        self._run("initdb", *first).wait()

    def start(self) -> None:
        fast = ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.folder}"]
        self.process = self._run("postgres", "-p", str(self.port), *fast)
        assert eventually(self._answers), (self.folder / "log").read_text()

    def kill(self) -> None:
        """End it and all that works for it without a warning."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it at once, though somebody is still connected."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        self.process.wait()

    def _run(self, name: str, *options: str) -> subprocess.Popen[bytes]:
        as_user = {"user": _USER, "group": _USER} if _USER else {}
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [program(name), "-D", str(self.folder / "data"), *options],
                stdout=log, stderr=log, cwd="/", start_new_session=True, **as_user,
            )  # fmt: skip

    def _answers(self) -> bool:
        try:
            psycopg2.connect(self.address("postgres")).close()
        except psycopg2.OperationalError:
            return False
        return True

    def create(self, database: str) -> str:
        """A new empty database; its address."""
        connection = psycopg2.connect(self.address("postgres"))
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {database}")
        connection.close()
        return self.address(database)


def program(name: str) -> str:
    """A program of PostgreSQL; Debian keeps them in a folder of the version."""
    found = shutil.which(name) or next(map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None)
    assert found, f"{name} is missing: sh scripts/programs.sh servers"
    return found


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL of a test's own."""
    # Not in pytest's folder, into which only who runs the tests may look.
    with tempfile.TemporaryDirectory(prefix="postgres-") as name:
        server = PostgresServer(Path(name), free_port())
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop()
