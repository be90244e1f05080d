"""One level of load: so many people for so long, what they waited for, and what each process took meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from benchmarks.understanding.running import ROOT
from tests.serving import eventually

# A percentile of few answers says little, so that few people are measured for longer.
_FEWEST_MESSAGES = 100

Processes = Mapping[str, list[int]]
"""Process numbers by what the processes are."""


@dataclass(frozen=True)
class Plan:
    """How people talk, and for how long each level lasts."""

    talks: list[list[str]]
    think: float
    seconds: float
    warm_up: float


def level(address: str, channel: str, people: int, plan: Plan, processes: Processes) -> dict[str, Any]:
    """Messages a second, milliseconds, errors, and the processor seconds and memory of each process."""
    with tempfile.TemporaryDirectory() as name:
        file, begun = Path(name) / "found.json", Path(name) / "begun"
        files = {"file": str(file), "begun": str(begun)}
        asked = {"talks": plan.talks, "think": plan.think, "channel": channel, **files}
        environment = {**os.environ, "LOAD_PLAN": json.dumps(asked)}
        seconds = max(plan.seconds, _FEWEST_MESSAGES * plan.think / people)
        whole = plan.warm_up + seconds
        command = [sys.executable, "-m", "locust", "-f", str(ROOT / "benchmarks/load/people.py"), "--headless"]
        many = ["--users", str(people), "--spawn-rate", str(max(1, people / plan.warm_up * 1.5))]
        ends = ["--run-time", f"{whole:.0f}s", "--stop-timeout", "0", "--host", address, "--only-summary"]
        locust = subprocess.Popen(
            [*command, *many, *ends], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        # Not while Locust itself starts.
        assert eventually(begun.exists)
        began = time.time()
        time.sleep(plan.warm_up)
        first, at_first = used(processes), time.time()
        time.sleep(max(0.0, seconds - 1))
        last, at_last = used(processes), time.time()
        locust.wait(timeout=120)
        found = json.loads(file.read_text(encoding="utf-8"))
    within = at_last - at_first
    asked_then = [one for one in found["asked"] if at_first <= one[0] + one[1] < at_last and one[2]]
    taken = [one[1] * 1000 for one in asked_then if one[2] == 200]
    return {
        "people": people,
        "a_second": len(taken) / within,
        **{f"p{part}": percentile(taken, part) for part in (50, 95, 99)},
        "errors": len(asked_then) - len(taken),
        "seconds": within,
        "generator": found["cpu_seconds"] / (at_last - began),
        "cores": {name: (last[name][0] - first[name][0]) / within for name in last},
        "memory_mb": {name: last[name][1] for name in last},
    }


def percentile(values: list[float], part: int) -> float:
    """Not below what `part` of a hundred took; 0 where there is nothing."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part / 100))] if ordered else 0.0


def used(processes: Processes) -> dict[str, tuple[float, float]]:
    """Processor seconds so far, and the resident megabytes of the largest, of each kind of process."""
    found = {}
    for name, numbers in processes.items():
        there = [one for number in numbers for one in _with_children(number)]
        times = [one.cpu_times() for one in there]
        # PostgreSQL counts those of its processes that have ended with their parent.
        seconds = sum(t.user + t.system + t.children_user + t.children_system for t in times)
        found[name] = (seconds, max(one.memory_info().rss for one in there) / 2**20)
    return found


def _with_children(number: int) -> list[psutil.Process]:
    process = psutil.Process(number)
    return [process, *process.children(recursive=True)]
