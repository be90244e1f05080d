"""The running bot as a whole: crashes, restarts, ports, and what the log says of people."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import Any

import pytest

from img_pathway.serve.supervisor import Part, Supervisor, answers
from img_pathway.watching.logs import FIELDS
from tests.channels.browserless import Visitor
from tests.serving import PATIENCE_SECONDS, ROOT, eventually, figures
from tests.talking import Talk

pytestmark = pytest.mark.server


@pytest.mark.parametrize("number", [0, 1], ids=["action server", "chat server"])
def test_answers_outlive_a_crash(watched: Supervisor, talk: Talk, number: int) -> None:
    talk.says("check my eligibility").says("goal:match").says("stage:graduate").asked("school_place")
    visitor = Visitor(watched, talk.token)
    before = visitor.history()
    part = watched.parts[number]
    assert part.process is not None
    crashed = part.process.pid
    os.kill(crashed, signal.SIGKILL)
    back = eventually(lambda: part.process is not None and part.process.pid != crashed and answers(part.health))
    assert back, f"the {part.name} did not come back"
    part.crashes = 0
    assert visitor.history() == before
    assert visitor.hears("stage:graduate", before[-1]["id"]) == before[-1]
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


def lines(part: Part) -> list[dict[str, Any]]:
    """What a part has written, each line an object."""
    return [json.loads(line) for line in part.log.read_text(encoding="utf-8").splitlines()]


def test_the_logs_are_json_and_hold_nothing_that_a_person_wrote(running: Supervisor) -> None:
    secret, visitor = "xylophone", Visitor.of(running)
    visitor.hears(f"my name is {secret} and i graduated in 2016 from lahore")
    visitor.hears(f"what is a clerkship {secret}?")
    for part in running.parts:
        assert all({"time", "level", "logger", "message"} <= set(line) <= set(FIELDS) for line in lines(part))
        assert secret not in part.log.read_text(encoding="utf-8")
    turns = [line for line in lines(running.parts[1]) if line.get("conversation") == visitor.conversation]
    assert [(turn["channel"], turn["intent"], turn["outcome"]) for turn in turns][-1] == ("web", "ask/what", "answered")
    assert turns[-1]["actions"][0] == "action_answer"
    assert 0 < turns[-1]["milliseconds"] < 1000 * PATIENCE_SECONDS


def test_the_figures_follow_a_conversation_and_name_nobody(running: Supervisor) -> None:
    before, visitor = figures(running), Visitor.of(running)
    for said in ("what is a residency?", "check my eligibility", "goal:match", "stage:graduate", "stop"):
        visitor.hears(said)
    visitor.says("hello", message_id="bad id")
    after = figures(running)
    grown = {key: after[key] - before.get(key, 0) for key in after if after[key] != before.get(key, 0)}
    assert grown["img_pathway_messages_total", "web", "answered"] == 1
    assert grown["img_pathway_messages_total", "web", "quiz"] == 4
    assert grown["img_pathway_quiz_total", "started"] == grown["img_pathway_quiz_total", "stopped"] == 1
    asked = {key[1] for key in grown if key[0] == "img_pathway_quiz_questions_total"}
    assert asked == {"goal", "stage", "school_place"}
    assert grown["img_pathway_refusals_total", "web", "bad_request"] == 1
    assert grown["img_pathway_seconds_count", "turn"] == 5
    assert grown["img_pathway_seconds_count", "actions"] >= 5
    assert grown["img_pathway_seconds_count", "database"] >= 10
    assert after["img_pathway_turns_in_flight",] == after["img_pathway_turns_waiting",] == 0
    assert not any(visitor.conversation in value for key in after for value in key)
    assert figures(running, port=1)["process_resident_memory_bytes",] > 0
