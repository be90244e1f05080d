"""Measures the bot under load; each part keeps its results, and the report is written from all of them."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path

from benchmarks.kept import Kept
from benchmarks.load.held import held
from benchmarks.load.measuring import Plan, level, used
from benchmarks.load.report import report
from benchmarks.load.stored import fill
from benchmarks.load.systems import (
    Servers,
    asks_rest,
    asks_web,
    ours,
    seconds_to_first_answer,
    trained_yardstick,
    yardstick,
    yardstick_parts,
)
from benchmarks.load.talks import talks
from benchmarks.understanding.running import ROOT, say
from img_pathway.dialogue.bot import load_bot
from img_pathway.serve.supervisor import Supervisor, bot_parts
from img_pathway.serve.training import model_path
from tests.deploy.servers import postgres_server, redis_server
from tests.serving import NOWHERE, credentials_for_tests, free_port

keep = Kept("load", report).keep
_PARTS = ("workers", "room", "yardstick", "stored", "steady")


def main() -> None:
    options = _options()
    plan = Plan(talks(load_bot(ROOT / "data", date.today())), options.think, options.seconds, options.warm_up)
    keep(
        "run",
        {
            "cores": os.cpu_count(),
            "load": os.getloadavg()[0],
            "think": options.think,
            "seconds": options.seconds,
        },
    )
    parts: dict[str, Callable[[Servers], None]] = {
        "workers": lambda servers: _workers(servers, plan, options.people),
        "room": lambda servers: _room(servers, plan, options.held, options.held_people),
        "yardstick": lambda servers: _yardstick(servers, plan, options.people, options.epochs),
        "stored": lambda servers: _stored(servers, plan, options.stored, options.stored_people),
        "steady": lambda servers: _steady(servers, plan, options.minutes, options.stored_people),
    }
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        servers = Servers(stack.enter_context(postgres_server()), stack.enter_context(redis_server(folder)))
        for part in options.parts or _PARTS:
            at = f"{datetime.now():%Y-%m-%d %H:%M}"
            parts[part](servers)
            keep("begun", {part: at})
    say("Done; see benchmarks/results/load.md.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("parts", nargs="*", default=[], choices=[*_PARTS, []], help="all, if none is named")
    parser.add_argument("--people", type=int, nargs="+", default=[1, 10, 25, 50], help="rising load")
    parser.add_argument("--think", type=float, default=1.0, help="mean seconds between an answer and the next message")
    parser.add_argument("--seconds", type=float, default=20, help="how long each level is measured")
    parser.add_argument("--warm-up", type=float, default=5, help="and how long people talk before")
    parser.add_argument("--held", type=float, default=0.5, help="processors that each of one, two chat servers may use")
    parser.add_argument("--held-people", type=int, default=25, help="enough to keep two of them busy")
    parser.add_argument("--epochs", type=int, default=1, help="of the yardstick's training; load does not depend on it")
    parser.add_argument("--stored", type=int, nargs="+", default=[0, 10_000, 1_000_000], help="conversations")
    parser.add_argument(
        "--stored-people", type=int, default=8, help="people with stored conversations, and when steady"
    )
    parser.add_argument("--minutes", type=float, default=3, help="of the steady run")
    return parser.parse_args()


def _workers(servers: Servers, plan: Plan, people: list[int]) -> None:
    for workers in (1, 2):
        with ours(servers, workers, servers.postgres.create(f"workers_{workers}")) as system:
            found = []
            for many in people:
                say(f"{workers} worker(s), {many} people")
                found.append(level(system.address, system.channel, many, plan, system.processes))
            keep("workers", {str(workers): found})


def _room(servers: Servers, plan: Plan, processors: float, people: int) -> None:
    for workers in (1, 2):
        with ours(servers, workers, servers.postgres.create(f"room_{workers}")) as system:
            try:
                with held(system.processes["chat server"], processors):
                    say(f"{workers} worker(s), each held to {processors:g} of a processor, {people} people")
                    found = level(system.address, system.channel, people, plan, system.processes)
            except OSError as error:
                say(f"Not measured, since it takes root to hold processes to a part of a processor: {error}")
                return
            keep("room", {str(workers): found, "processors": processors})


def _yardstick(servers: Servers, plan: Plan, people: list[int], epochs: int) -> None:
    database = servers.postgres.create("yardstick")
    with trained_yardstick(epochs) as (copy, model), tempfile.TemporaryDirectory() as name:
        with yardstick(servers, copy, model, database) as system:
            found = []
            for many in people:
                say(f"Yardstick, {many} people")
                found.append(level(system.address, system.channel, many, plan, system.processes))
        keep("yardstick", {"levels": found, "epochs": epochs})
        say("From start to first answer")
        folder = Path(name)
        starts = {
            "yardstick": seconds_to_first_answer(lambda: yardstick_parts(folder, copy, model, database), asks_rest),
            "own": seconds_to_first_answer(lambda: _own_parts(folder, servers), asks_web),
        }
    keep("yardstick", {"starts": starts})


def _own_parts(folder: Path, servers: Servers) -> Supervisor:
    from dataclasses import replace

    from img_pathway.serve.settings import Settings

    settings = Settings(ROOT, free_port(), free_port(), servers.postgres.address("yardstick"))
    settings = replace(settings, credentials=credentials_for_tests(folder, NOWHERE))
    return Supervisor(settings, bot_parts(settings, model_path(settings)), lambda line: None)


def _stored(servers: Servers, plan: Plan, conversations: list[int], people: int) -> None:
    database, there, found = servers.postgres.create("stored"), 0, []
    with ours(servers, 1, database) as system:
        for wanted in conversations:
            filled = {}
            if wanted > there:
                say(f"Storing {wanted - there:,} conversations")
                filled = fill(database, system.address, wanted - there)
                there = wanted
            say(f"{wanted:,} stored conversations")
            found.append(
                {"stored": wanted, **filled, **level(system.address, system.channel, people, plan, system.processes)}
            )
    keep("stored", {"levels": found})


def _steady(servers: Servers, plan: Plan, minutes: float, people: int) -> None:
    with ours(servers, 1, servers.postgres.create("steady")) as system:
        say("Warming up for the steady run")
        level(system.address, system.channel, people, plan, system.processes)
        before = used(system.processes)
        say(f"Steady for {minutes} minutes")
        longer = Plan(plan.talks, plan.think, minutes * 60, plan.warm_up)
        found = level(system.address, system.channel, people, longer, system.processes)
        after = used(system.processes)
    memory = {name: [before[name][1], after[name][1]] for name in before}
    keep("steady", {"minutes": minutes, "memory_mb": memory, "level": found})


if __name__ == "__main__":
    main()
