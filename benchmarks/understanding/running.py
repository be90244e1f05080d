"""Training, measuring and starting of a model, each in a process of its own and on one processor thread."""

from __future__ import annotations

import json
import re
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from img_pathway.serve.settings import Settings
from img_pathway.serve.supervisor import Supervisor, bot_parts
from img_pathway.serve.training import train

ROOT = Path(__file__).parents[2]
_LOG_SECONDS = 60
_STEP = re.compile(
    r"(\S+ \S+) INFO\s+rasa\.engine\.training\.hooks\s+- (Starting to train|Finished training) component '(\w+)'"
)


@dataclass(frozen=True)
class OneThread(Settings):
    """A folder with a bot's files; everything in it runs on one thread, so that times can be compared."""

    @property
    def environment(self) -> dict[str, str]:
        """The project's own, and one thread for TensorFlow and linear algebra too."""
        return {
            **super().environment,
            "OPENBLAS_NUM_THREADS": "1",
            "TF_INTRA_OP_PARALLELISM_THREADS": "1",
            "TF_INTER_OP_PARALLELISM_THREADS": "1",
            "PYTHONPATH": str(ROOT),
            "TQDM_DISABLE": "0",
        }


def say(line: str) -> None:
    """One line of progress with the time of day."""
    print(f"{datetime.now():%H:%M:%S} {line}", flush=True)


def training_seconds(settings: Settings) -> dict[str, Any]:
    """Train in a folder; seconds and processor seconds of the whole command, and seconds of each trained component."""
    log = settings.state / "train.log"
    started, worked = time.monotonic(), _processor_seconds()
    model = train(settings, _telling(log))
    return {
        "seconds": time.monotonic() - started,
        "cpu_seconds": _processor_seconds() - worked,
        "components": _components(log),
        "model": str(model),
    }


def _processor_seconds() -> float:
    """What all processes started from here and ended have used, which other programs on the machine do not change."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _telling(log: Path) -> Callable[[str], None]:
    """Progress now and then, with the last that the log says."""
    told = time.monotonic()

    def tell(line: str) -> None:
        nonlocal told
        if time.monotonic() - told >= _LOG_SECONDS:
            told = time.monotonic()
            say(f"{line}  {_last_line(log)[-110:]}")

    return tell


def _last_line(log: Path) -> str:
    lines = re.split(r"[\r\n]+", log.read_text(encoding="utf-8", errors="replace").strip())
    return lines[-1].strip()


def _components(log: Path) -> dict[str, float]:
    begun: dict[str, datetime] = {}
    seconds: dict[str, float] = {}
    for moment, what, name in _STEP.findall(log.read_text(encoding="utf-8", errors="replace")):
        at = datetime.strptime(moment, "%Y-%m-%d %H:%M:%S")
        if what.startswith("Starting"):
            begun[name] = at
        elif name in begun:
            seconds[name] = (at - begun[name]).total_seconds()
    return seconds


def parse(settings: Settings, model: Path, texts: Sequence[str]) -> dict[str, Any]:
    """Parse results of all texts, milliseconds of each, and the memory of the process that held the model."""
    with tempfile.TemporaryDirectory() as name:
        given, found = Path(name) / "texts.json", Path(name) / "parsed.json"
        given.write_text(json.dumps(list(texts)), encoding="utf-8")
        command = [sys.executable, "-m", "benchmarks.understanding.worker", str(model), str(given), str(found)]
        done = subprocess.run(
            command, check=False, cwd=settings.root, env=settings.environment, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"{model.name} could not be read with:\n{done.stderr[-2000:]}")
        return dict(json.loads(found.read_text(encoding="utf-8")))


def spread(milliseconds: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile."""
    ordered = sorted(milliseconds)
    return {"median": statistics.median(ordered), "p95": ordered[int(len(ordered) * 0.95)]}


def start_server(settings: Settings, model: Path) -> dict[str, float | None]:
    """Seconds until Rasa's server answers, and its memory then; the action server is left out."""
    with tempfile.TemporaryDirectory() as name:
        # Rasa's own channel is all that the yardstick has, so both are started with it.
        credentials = Path(name) / "credentials.yml"
        credentials.write_text("rest:\n", encoding="utf-8")
        database = str(Path(name) / "conversations.db")
        here = OneThread(settings.root, _free_port(), _free_port(), database, str(credentials))
        server = bot_parts(here, model)[1]
        server.log, server.health = Path(name) / "rasa.log", f"{here.address}/webhooks/rest/"
        supervisor = Supervisor(here, [server], lambda line: None)
        started = time.monotonic()
        try:
            supervisor.start()
            seconds = time.monotonic() - started
            assert server.process is not None
            return {"seconds": seconds, "memory_mb": memory_mb(server.process.pid)}
        finally:
            supervisor.stop()
            here.endpoints.unlink(missing_ok=True)


def memory_mb(process: int) -> float | None:
    """Resident memory of a process, where the system tells it."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return None
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
