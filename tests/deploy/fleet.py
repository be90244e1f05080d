"""The real thing on one machine: two chat servers and two action servers behind nginx, over PostgreSQL and Redis."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from redis import Redis

from img_pathway.serve.settings import Settings
from img_pathway.serve.supervisor import Supervisor
from tests.deploy.front import nginx
from tests.deploy.servers import RedisServer
from tests.forking import forked
from tests.serving import ROOT, free_port, running_bot

# Messages an hour: a shorter window might end in the middle of a test.
LIMIT = 200


@dataclass
class Fleet:
    """All that runs; `front` is nginx, which stands where a single bot would stand."""

    front: Supervisor
    workers: list[Supervisor]
    nginx: Path
    redis: RedisServer

    def waiting(self, conversation: str) -> int:
        """How many messages of a conversation are worked on or wait for it, in all workers."""
        with Redis.from_url(self.redis.address) as redis:
            return int(redis.llen(f"img-pathway:line:{conversation}"))

    def counted_addresses(self) -> set[str]:
        """Whose new conversations are counted."""
        with Redis.from_url(self.redis.address, decode_responses=True) as redis:
            return {key.split("/session ")[1].split("/")[0] for key in redis.keys("*LIMITER/session *")}

    def staff(self, *command: str, database: str = "") -> str:
        """What a command of the staff prints."""
        environment = self.front.settings.environment
        environment["IMG_PATHWAY_DATABASE_URL"] = database or self.front.settings.database
        run = [sys.executable, "-m", "img_pathway.cli", *command]
        done = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def running_fleet(
    folder: Path, database: str, redis: RedisServer, *, workers: int = 2, proxy: Mapping[str, str] = {}, **changes: Any
) -> Iterator[Fleet]:
    """Start it, all workers at once, as an empty database of theirs would see it.

    `proxy` are changes of the files of nginx, and `changes` those of a running bot.
    """
    chat, actions = [free_port(), free_port()], [free_port(), free_port()]
    front, behind = free_port(), free_port()
    ports = {"5005": chat[0], "5006": chat[1], "5055": actions[0], "5056": actions[1], "5050": behind}
    addresses = {f"127.0.0.1:{port}": f"127.0.0.1:{own}" for port, own in ports.items()}
    closed = str(folder / "closed")
    actions_url = f"http://127.0.0.1:{behind}/webhook"
    shared = {"messages": f"{LIMIT}/hour", "actions": actions_url, "closed": closed, **changes}
    behind_nginx = partial(forked, SANIC_PROXIES_COUNT="1")

    def start(number: int) -> Supervisor:
        own = folder / f"worker-{number}"
        own.mkdir()
        here = {"port": chat[number], "action_port": actions[number], "database": database, "redis": redis.address}
        return stack.enter_context(running_bot(own, launch=behind_nginx, **here, **shared))

    with ExitStack() as stack:
        outside = stack.enter_context(nginx(folder / "nginx", front, {**addresses, **proxy}))
        with ThreadPoolExecutor(workers) as pool:
            started = list(pool.map(start, range(workers)))
        settings = Settings(ROOT, front, database=database, redis=redis.address, closed=closed)
        yield Fleet(Supervisor(settings, [], lambda line: None), started, outside, redis)
