"""A process whose event loop hangs ends itself, and only then; each in a small process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from typing import IO

import pytest

from img_pathway.watching import heartbeat
from tests.serving import PATIENCE_SECONDS, ROOT

# A server in small: it says when it is watched, works, and says when it is done.
PROGRAM = """
import asyncio, re, signal, threading, time
from img_pathway.watching import heartbeat, logs

def hang(secret):
    while True:
        secret += secret[:0]

def quiet(loop):
    loop.call_soon_threadsafe(threading.Event().wait)

def in_other_thread():
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    return loop

async def main():
    heartbeat.watch(asyncio.get_running_loop(), "requests")
    print("watched", flush=True)
    {work}
    print("done", flush=True)

logs.configure()
{arm}
asyncio.run(main())
"""
ARMED = "heartbeat.arm(0.01)"
# Enough for a slow machine to give both threads their time.
PATIENTLY_ARMED = "heartbeat.arm(0.05)"
ROUNDS = "for _ in range(30): await asyncio.sleep(0.05)"


class Small:
    """A process that runs the program."""

    def __init__(self, work: str, arm: str = ARMED) -> None:
        code = PROGRAM.format(work=work, arm=arm)
        self.process = subprocess.Popen(
            [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.killer = threading.Timer(PATIENCE_SECONDS, self.process.kill)
        self.killer.start()

    def line(self) -> str:
        out = self.process.stdout
        assert out is not None
        return out.readline().strip()

    def ends(self) -> tuple[int, str]:
        """The status, and the log."""
        log: IO[str] | None = self.process.stderr
        assert log is not None
        said = log.read()
        self.killer.cancel()
        return self.process.wait(), said


@pytest.mark.parametrize(
    ("work", "place"),
    [
        ("hang('my visa was denied')", "hang"),
        ("time.sleep(3600)", "main"),
        ("threading.Lock().acquire() and (lock := threading.Lock()).acquire() and lock.acquire()", "main"),
        ("other = in_other_thread(); heartbeat.watch(other, 'rasa'); quiet(other); await asyncio.sleep(3600)", "wait"),
        ("asyncio.get_running_loop().call_soon(hang, 'x'); await asyncio.sleep(3600)", "hang"),
    ],
)
def test_a_loop_that_hangs_ends_its_process_and_says_where_it_stands(work: str, place: str) -> None:
    status, log = Small(work).ends()
    assert status == heartbeat.STATUS
    (line,) = [json.loads(line) for line in log.splitlines() if "hangs" in line]
    assert line["level"] == "critical"
    assert f" {place}" in line["message"]
    assert "visa" not in log


@pytest.mark.parametrize(
    "work",
    [
        ROUNDS,
        # Long steps, each shorter than twenty rounds.
        "for _ in range(8): time.sleep(0.2); await asyncio.sleep(0)",
        # A thread that is never done, such as one that loads a model.
        "threading.Thread(target=hang, args=('x',), daemon=True).start(); await asyncio.sleep(1.5)",
        # What holds the interpreter holds up both.
        "re.match('(a|a)*b', 'a' * 22); await asyncio.sleep(0)",
    ],
)
def test_a_loop_that_goes_on_is_left_alone(work: str) -> None:
    small = Small(work, PATIENTLY_ARMED)
    assert (small.line(), small.line()) == ("watched", "done")
    assert small.ends()[0] == 0


def test_a_process_that_was_stopped_and_goes_on_is_left_alone() -> None:
    small = Small(ROUNDS, PATIENTLY_ARMED)
    assert small.line() == "watched"
    os.kill(small.process.pid, signal.SIGSTOP)
    # Longer than twenty rounds: this waits for the clock, because it is the clock that must not count.
    threading.Event().wait(1.5)
    os.kill(small.process.pid, signal.SIGCONT)
    assert small.line() == "done"
    assert small.ends()[0] == 0


def test_a_process_that_nobody_starts_again_is_not_ended() -> None:
    small = Small("time.sleep(0.5)", arm="")
    assert (small.line(), small.line()) == ("watched", "done")
    assert small.ends()[0] == 0


def test_the_log_that_hangs_hinders_no_end() -> None:
    """Nobody reads what the process says, and its pipe is full."""
    fill = "import sys; threading.Thread(target=lambda: sys.stderr.write('x' * 10**7), daemon=True).start()"
    small = Small(f"heartbeat._LOG_SECONDS = 0.2; {fill}; time.sleep(3600)")
    assert small.process.wait(PATIENCE_SECONDS) == heartbeat.STATUS
    small.ends()
