"""The web channel when parts break: said plainly, nothing lost, nothing answered twice."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from img_pathway.serve.supervisor import Supervisor
from tests.channels.browserless import Visitor, code
from tests.serving import PATIENCE_SECONDS, crash, eventually, figures, well

pytestmark = pytest.mark.server
# Nobody waits longer for an honest sentence.
LONGEST_SECONDS = 10


def in_the_quiz(running: Supervisor) -> Visitor:
    visitor = Visitor.of(running)
    for said in ("check my eligibility", "goal:match", "stage:graduate"):
        visitor.hears(said)
    return visitor


def test_without_the_action_server_the_message_is_refused_and_can_be_sent_again(running: Supervisor) -> None:
    visitor, message_id = in_the_quiz(running), uuid.uuid4().hex
    crash(running.parts[0])
    try:
        refused = visitor.says("school_place:elsewhere", message_id)
        assert (refused.status_code, code(refused)) == (503, "unavailable")
        # For longer than half a minute the widget would not wait by itself (widget/src/persist.ts).
        assert 0 < int(refused.headers["retry-after"]) < 30
        health = visitor.asks("GET", "/chat/health")
        assert (health.status_code, health.json()["parts"]["actions"]) == (503, False)
        assert [exchange["text"] for exchange in visitor.history()][-1] != "school_place:elsewhere"
    finally:
        running._relaunch(running.parts[0])
    assert eventually(lambda: well(running))
    taken = visitor.hears("school_place:elsewhere", message_id)
    assert taken["replies"]
    assert [exchange["id"] for exchange in visitor.history()].count(message_id) == 1
    (given,) = [r["answers"] for r in visitor.hears("my answers")["replies"] if r["answers"]]
    assert len(given) == 2


def test_an_action_that_hangs_is_said_soon(running: Supervisor) -> None:
    visitor, message_id = in_the_quiz(running), uuid.uuid4().hex
    process = running.parts[0].process
    assert process is not None
    os.kill(process.pid, signal.SIGSTOP)
    try:
        started = time.monotonic()
        refused = visitor.says("school_place:elsewhere", message_id)
        assert (refused.status_code, code(refused)) == (503, "unavailable")
        assert time.monotonic() - started < LONGEST_SECONDS
    finally:
        os.kill(process.pid, signal.SIGCONT)
    assert eventually(lambda: well(running))
    assert visitor.hears("school_place:elsewhere", message_id)["replies"]
    assert len(visitor.history()) == 4


def test_a_database_that_does_not_answer_is_said_soon(running: Supervisor) -> None:
    visitor, message_id = in_the_quiz(running), uuid.uuid4().hex
    with closing(sqlite3.connect(running.settings.database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        started = time.monotonic()
        refused = visitor.says("school_place:elsewhere", message_id)
        assert (refused.status_code, code(refused)) == (503, "unavailable")
        assert time.monotonic() - started < LONGEST_SECONDS
        other.execute("ROLLBACK")
    # Rasa alone would have gone on with an empty conversation.
    assert visitor.hears("school_place:elsewhere", message_id)["replies"][-1]["progress"]
    assert len(visitor.history()) == 4


def test_a_server_that_is_told_to_stop_answers_what_it_took_and_leaves_the_rest_to_others(running: Supervisor) -> None:
    visitor, others = in_the_quiz(running), in_the_quiz(running)
    actions, server = (part.process for part in running.parts)
    assert actions is not None and server is not None
    taken, late = uuid.uuid4().hex, uuid.uuid4().hex
    # An action that takes its time, so that the server stops while an answer is on its way.
    os.kill(actions.pid, signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(visitor.says, "school_place:elsewhere", taken)
            assert eventually(lambda: figures(running)["img_pathway_turns_in_flight",] == 1)
            server.terminate()
            assert eventually(lambda: others.asks("POST", "/chat/sessions", json={}).status_code == 502)
            refused = others.says("school_place:elsewhere", late)
            os.kill(actions.pid, signal.SIGCONT)
            assert answer.result().status_code == 200
            assert server.wait(PATIENCE_SECONDS) == 0
    finally:
        os.kill(actions.pid, signal.SIGCONT)
        running._relaunch(running.parts[1])
    assert (code(refused), int(refused.headers["retry-after"]) > 0) == ("unavailable", True)
    assert eventually(lambda: well(running))
    assert visitor.hears("school_place:elsewhere", taken) == answer.result().json()
    assert late not in [exchange["id"] for exchange in others.history()]
    assert others.hears("school_place:elsewhere", late)["replies"]
