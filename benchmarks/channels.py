"""Messaging platforms under load: how soon messages are acknowledged, and 200 quizzes at once. Keeps a report."""

from __future__ import annotations

import argparse
import http.client
import os
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import chain
from pathlib import Path

from img_pathway.dialogue.bot import load_bot
from img_pathway.serve.supervisor import Supervisor, launched
from tests.channels.crowd import crowd, odd_ones, wrong_verdicts
from tests.channels.fakes import Platforms
from tests.channels.phones import PLATFORMS, Phone, signed
from tests.serving import ROOT, running_bot

# People type in turns of a few seconds; here everybody writes again as soon as the answer is there.
ASKED = ("what is a residency?", "how long is it?", "check my eligibility", "3", "4", "why", "1", "back")
GOAL_MS = 20
TRIED = """\
What stands in the way: the fifty first messages come in the same moment, each takes the time of "one user" of one
processor, and the last waits for all others and shares it with the first answers that are worked on. Tried and kept:
Rasa's work in a thread of its own (`img_pathway/channels/beside.py`); shorter turns of the interpreter's lock; model
and content kept out of the garbage collector. Tried without effect: at most four turns at once. Not tried: Rasa in a
process of its own. Meta asks for an answer within five seconds, Twilio within fifteen."""


def spread(turns: list[list[float]], digits: int = 0) -> str:
    ordered = sorted(chain(*turns))
    shown = (statistics.median(ordered), ordered[int(len(ordered) * 0.95)], ordered[-1])
    return " | ".join(f"{value:.{digits}f}" for value in shown)


def talk(phone: Phone) -> tuple[list[float], list[float]]:
    """Milliseconds until each message was acknowledged, and until its answer began to arrive."""
    connection = http.client.HTTPConnection("127.0.0.1", int(phone.address.rsplit(":", 1)[1]), timeout=120)
    acknowledged, answered = [], []
    for text in ASKED:
        body, headers = signed(phone.platform, phone.payload("text", text))
        before = len(phone.fake.to(phone.sender))
        began = time.monotonic()
        connection.request("POST", f"/webhooks/{phone.platform}", body, headers)
        response = connection.getresponse()
        response.read()
        acknowledged.append((time.monotonic() - began) * 1000)
        assert response.status == 200
        assert phone.fake.wait(phone.sender, lambda n=before: len(phone.fake.to(phone.sender)) > n)  # type: ignore[misc]
        answered.append((phone.fake.to(phone.sender)[before].at - began) * 1000)
    return acknowledged, answered


def all_talk(begin: Callable[[str], Phone], users: int) -> tuple[list[list[float]], list[list[float]]]:
    """The milliseconds of all users, by turns: those of the first message, of the second …"""
    phones = [begin(PLATFORMS[number % 4]) for number in range(users)]
    with ThreadPoolExecutor(users) as pool:
        acknowledged, answered = zip(*pool.map(talk, phones), strict=True)
    return [list(turn) for turn in zip(*acknowledged, strict=True)], [
        list(turn) for turn in zip(*answered, strict=True)
    ]


def measure(running: Supervisor, platforms: Platforms, users: int, quizzes: int) -> list[str]:
    bot = load_bot(ROOT / "data", date.today())

    def begin(platform: str) -> Phone:
        address = running.settings.address
        return Phone(address, bot, {}, running=running, platforms=platforms, platform=platform)

    all_talk(begin, 4)
    alone, alone_answered = all_talk(begin, 1)
    acknowledged, answered = all_talk(begin, users)
    started = time.monotonic()
    ended = crowd([begin(PLATFORMS[number % 4]) for number in range(quizzes)], bot)
    seconds = time.monotonic() - started
    ordered = sorted(chain(*acknowledged))
    p95 = ordered[int(len(ordered) * 0.95)]
    messages = sum(len(one.taken) for one in ended)
    by_platform = Counter(one.platform for one in ended)
    return [
        "# Channels",
        "",
        f"The running bot with its model, four made-up platforms on the same machine ({os.cpu_count()} cores, load "
        f"{os.getloadavg()[0]:.1f} of the last minute). Written by `make bench-channels` on {date.today()}; times are "
        "of one run.",
        "",
        "| milliseconds | median | p95 | worst |",
        "|---|---|---|---|",
        f"| acknowledged, one user | {spread(alone, 1)} |",
        f"| acknowledged, {users} users at once | {spread(acknowledged, 1)} |",
        f"| of these: the first messages, in one moment | {spread(acknowledged[:1], 1)} |",
        f"| of these: all others | {spread(acknowledged[1:], 1)} |",
        f"| answered, one user | {spread(alone_answered)} |",
        f"| answered, {users} users at once, each writing again at once | {spread(answered)} |",
        "",
        f"Goal: acknowledged within {GOAL_MS} ms (p95) with {users} users at once: "
        f"{'met' if p95 <= GOAL_MS else 'missed'}.",
        "",
        *([] if p95 <= GOAL_MS else [TRIED, ""]),
        f"| {quizzes} quizzes at once | |",
        "|---|---|",
        f"| people | {', '.join(f'{n} on {p}' for p, n in sorted(by_platform.items()))} |",
        f"| seconds until the last result | {seconds:.0f} |",
        f"| messages that the platforms took | {messages} |",
        f"| refused by a platform | {len(platforms.refused)} |",
        f"| wrong verdicts | {len(wrong_verdicts(ended, bot))} |",
        f"| people with a message lost, doubled or crossed | {len(odd_ones(ended))} |",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--quizzes", type=int, default=200)
    chosen = parser.parse_args()
    platforms = Platforms()
    # With so many at once everybody waits for everybody.
    platforms.patience = 1200
    with (
        tempfile.TemporaryDirectory() as folder,
        running_bot(Path(folder), platforms.address, launch=launched) as running,
    ):
        report = "\n".join(measure(running, platforms, chosen.users, chosen.quizzes)) + "\n"
    print(report)
    (ROOT / "benchmarks" / "results" / "channels.md").write_text(report, encoding="utf-8")


if __name__ == "__main__":
    main()
