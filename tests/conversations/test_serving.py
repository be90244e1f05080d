"""The running bot as a whole: crashes, restarts, ports, and what the log says of people."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from img_pathway.serve.supervisor import Supervisor, answers
from tests.serving import PATIENCE_SECONDS, ROOT, eventually
from tests.talking import Talk

pytestmark = pytest.mark.server


@pytest.mark.parametrize("number", [0, 1], ids=["action server", "chat server"])
def test_answers_outlive_a_crash(watched: Supervisor, talk: Talk, number: int) -> None:
    talk.says("check my eligibility").says("goal:match").says("stage:graduate").asked("school_place")
    part = watched.parts[number]
    assert part.process is not None
    crashed = part.process.pid
    os.kill(crashed, signal.SIGKILL)
    back = eventually(lambda: part.process is not None and part.process.pid != crashed and answers(part.health))
    assert back, f"the {part.name} did not come back"
    talk.says("my answers").asked("school_place")
    assert talk.bot.engine.quiz.questions["stage"].options["graduate"].label in talk.text


def test_a_port_in_use_is_said_and_leaves_the_running_bot_alone(running: Supervisor) -> None:
    endpoints = running.settings.endpoints.read_text(encoding="utf-8")
    ports = ["--port", str(running.settings.port), "--action-port", str(running.settings.action_port)]
    command = [sys.executable, "-m", "img_pathway.cli", "run", *ports]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
    assert ended.returncode == 1
    assert f"Port {running.settings.action_port}" in ended.stderr
    assert "--help" in ended.stderr
    assert running.settings.endpoints.read_text(encoding="utf-8") == endpoints


def test_the_logs_hold_nothing_that_a_person_wrote(running: Supervisor, talk: Talk) -> None:
    secret = "xylophone"
    talk.says(f"my name is {secret} and i graduated in 2016 from lahore")
    talk.says(f"what is a clerkship {secret}?")
    for part in running.parts:
        assert secret not in part.log.read_text(encoding="utf-8", errors="replace")
