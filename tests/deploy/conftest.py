"""The servers that workers share, started once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from img_pathway.dialogue.bot import Bot, load_bot
from tests.channels.fakes import Platforms
from tests.deploy.fleet import Fleet, running_fleet
from tests.deploy.servers import PostgresServer, RedisServer, postgres_server, redis_server
from tests.serving import ROOT


@pytest.fixture(scope="session")
def bot() -> Bot:
    """The bot of today, because conversations are held on the day on which they run."""
    return load_bot(ROOT / "data", date.today())


@pytest.fixture(scope="session")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def fleet(
    tmp_path_factory: pytest.TempPathFactory,
    platforms: Platforms,
    postgres: PostgresServer,
    redis: RedisServer,
) -> Iterator[Fleet]:
    folder = tmp_path_factory.mktemp("fleet")
    database = postgres.create("fleet")
    with running_fleet(folder, database, redis, platforms=platforms.address) as running:
        yield running
