"""Each part of a fleet fails while people talk: nothing is lost, doubled or made up, and it comes back by itself."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from threading import Event, Thread

import psycopg2
import pytest
from redis import Redis

from img_pathway.serve.releases import Releases
from img_pathway.serve.supervisor import Part, answers
from img_pathway.serve.training import model_path
from tests.channels.fakes import Platforms
from tests.deploy.fleet import Fleet, running_fleet
from tests.deploy.servers import PostgresServer, RedisServer
from tests.load import LONGEST_SECONDS, Subject, until_answered, until_refused
from tests.serving import HTTP, PATIENCE_SECONDS, crash, eventually
from tests.staff.office import Office

pytestmark = [pytest.mark.server, pytest.mark.services, pytest.mark.faults]
# How long nginx waits for a chat server before it asks another one, which then has its own time.
HUNG_SECONDS = 12 + LONGEST_SECONDS
NO_ANSWER = "No answer in conversation"
NO_REDIS = r"Redis does not answer(?s:.*)Redis answers again"
NO_DATABASE = r"The database does not answer(?s:.*)The database answers again"


class Faulty(Subject):
    """A fleet with all that can be broken of it."""

    def __init__(self, fleet: Fleet, postgres: PostgresServer, office: Office) -> None:
        super().__init__(fleet.front, fleet.workers)
        self.fleet, self.redis, self.postgres, self.office = fleet, fleet.redis, postgres, office
        self.actions, self.chat = fleet.workers[0].parts

    def health(self, of_workers: str) -> list[str]:
        """What each worker says of itself."""
        addresses = [f"{worker.settings.address}/chat/health" for worker in self.workers]
        return [HTTP.get(address, timeout=10).json()[of_workers] for address in addresses]


@pytest.fixture(scope="module")
def faulty(
    tmp_path_factory: pytest.TempPathFactory, platforms: Platforms, postgres: PostgresServer, redis: RedisServer
) -> Iterator[Faulty]:
    """A fleet over a folder of its own, whose parts are started again when they die, as systemd does it."""
    folder, office, done = tmp_path_factory.mktemp("faulty"), Office.at(tmp_path_factory.mktemp("office")), Event()
    database = postgres.create("faulty")
    changes = {"platforms": platforms.address, "root": office.root, "follows": True}
    with running_fleet(folder, database, redis, **changes) as fleet:
        watching = [Thread(target=worker.keep_running, args=(done.is_set,)) for worker in fleet.workers]
        for watcher in watching:
            watcher.start()
        try:
            yield Faulty(fleet, postgres, office)
        finally:
            done.set()
            for watcher in watching:
                watcher.join(PATIENCE_SECONDS)


@contextmanager
def hanging(*parts: Part) -> Iterator[None]:
    processes = [part.process.pid for part in parts if part.process]
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            # The supervisor may have killed it by now.
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGCONT)


def test_an_action_server_hangs(faulty: Faulty) -> None:
    with faulty.under_load(within=10, says=NO_ANSWER) as crowd, hanging(faulty.actions):
        until_refused(crowd, 1)
        # nginx passes by the one that hangs.
        until_answered(crowd, 24)


def test_a_chat_server_hangs(faulty: Faulty) -> None:
    hung = faulty.chat.process
    with faulty.under_load(within=15, says="Rasa server is up", longest=HUNG_SECONDS):
        with hanging(faulty.chat):
            assert eventually(lambda: faulty.chat.process is not hung)
        assert eventually(lambda: bool(faulty.chat.health) and answers(faulty.chat.health))


def test_a_chat_server_hangs_for_a_while(faulty: Faulty) -> None:
    """What it was working on is answered by another one; when it goes on, it adds nothing to it."""
    with faulty.under_load(within=15, longest=HUNG_SECONDS) as crowd, hanging(faulty.chat):
        until_answered(crowd, 48)


def test_a_chat_server_is_killed(faulty: Faulty) -> None:
    with faulty.under_load(within=15, says="Rasa server is up"):
        crash(faulty.chat)


def test_an_action_server_is_killed(faulty: Faulty) -> None:
    with faulty.under_load(within=10, says="Action endpoint is up"):
        crash(faulty.actions)


def test_all_action_servers_hang(faulty: Faulty) -> None:
    servers = [worker.parts[0] for worker in faulty.workers]
    with faulty.under_load(within=15, says=NO_ANSWER) as crowd, hanging(*servers):
        until_refused(crowd)


def test_redis_is_killed(faulty: Faulty) -> None:
    with faulty.under_load(within=10, says=NO_REDIS, refuses=False) as crowd:
        faulty.redis.stop()
        try:
            until_answered(crowd)
        finally:
            faulty.redis.start()
        assert eventually(lambda: faulty.health("redis") == ["answers"] * 2)


def test_redis_is_full(faulty: Faulty) -> None:
    with (
        faulty.under_load(within=10, says=NO_REDIS, refuses=False) as crowd,
        Redis.from_url(faulty.redis.address) as redis,
    ):
        redis.config_set("maxmemory", 1)
        try:
            until_answered(crowd)
            assert faulty.health("redis") == ["away"] * 2
            until_answered(crowd)
        finally:
            redis.config_set("maxmemory", 0)
        assert eventually(lambda: faulty.health("redis") == ["answers"] * 2)


def test_a_release_goes_live(faulty: Faulty) -> None:
    """Before PostgreSQL fails, whose failures have to be noticed by the agent of a release too."""
    settings = replace(faulty.front.settings, root=faulty.office.root)
    releases = Releases(settings)
    with faulty.under_load(within=10, says="Release 0001 is live", refuses=False) as crowd:
        release = releases.make(model_path(settings), "Kim Lee", "", {})
        releases.go_live(release.name, "Kim Lee", "published")
        assert eventually(lambda: faulty.health("release") == ["0001"] * 2)
        until_answered(crowd)


def test_postgresql_is_killed(faulty: Faulty) -> None:
    with faulty.under_load(within=15, says=NO_DATABASE) as crowd:
        faulty.postgres.kill()
        try:
            until_refused(crowd)
        finally:
            faulty.postgres.start()


def test_postgresql_is_slow(faulty: Faulty) -> None:
    with faulty.under_load(within=15, says=NO_DATABASE) as crowd:
        with psycopg2.connect(faulty.front.settings.database) as other, other.cursor() as cursor:
            cursor.execute("LOCK TABLE events IN ACCESS EXCLUSIVE MODE")
            until_refused(crowd, 8)
        other.close()


def test_nginx_is_reloaded(faulty: Faulty) -> None:
    process = int((faulty.fleet.nginx / "nginx.pid").read_text())
    with faulty.under_load(within=5, refuses=False) as crowd:
        for _ in range(3):
            os.kill(process, signal.SIGHUP)
            until_answered(crowd, 4)


def test_everything_is_restarted_in_the_middle_of_quizzes(faulty: Faulty) -> None:
    with faulty.under_load(within=90, says="Rasa server is up") as crowd, ExitStack() as stack:
        for part in faulty.parts:
            crash(part)
        faulty.redis.stop()
        stack.callback(faulty.redis.start)
        faulty.postgres.kill()
        stack.callback(faulty.postgres.start)
        until_refused(crowd)
