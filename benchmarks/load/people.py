"""For Locust: people who talk, think between two messages, and begin anew; writes down how long each answer took.

Runs in a process of its own, because Locust changes how Python waits. LOAD_* in the environment say what to do.
"""

from __future__ import annotations

import json
import os
import random
import time
import uuid
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from locust import FastHttpUser, events, task

_ASK = json.loads(os.environ["LOAD_PLAN"])
_TALKS: list[list[str]] = _ASK["talks"]
_THINK: float = _ASK["think"]
_FOUND: list[tuple[float, float, int]] = []
_NUMBERS = iter(range(1_000_000))


class Person(FastHttpUser):
    """One person after the other, over the channel that the plan names."""

    connection_timeout = network_timeout = 60.0

    @task
    def talk(self) -> None:
        number = next(_NUMBERS)
        begin, say = self._web() if _ASK["channel"] == "web" else self._rest()
        if not begin():
            return
        for text in next(islice(cycle(_TALKS), number % len(_TALKS), None)):
            # People read and type before they send; nobody in step with others.
            time.sleep(random.uniform(0.5, 1.5) * _THINK)
            began = time.time()
            _FOUND.append((began, 0.0, 0))
            at = len(_FOUND) - 1
            status = say(text)
            _FOUND[at] = (began, time.time() - began, status)
            if status != 200:
                return

    def _web(self) -> Any:
        # Each person has an address, as the nginx of this benchmark passes it on; one address would be held back.
        head = {"X-Visitor": f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(256)}"}

        def begin() -> bool:
            answer = self.client.post("/chat/sessions", json={}, headers=head)
            if answer.status_code == 201:
                head["Authorization"] = f"Bearer {answer.json()['token']}"
            return "Authorization" in head

        def say(text: str) -> int:
            answer = self.client.post("/chat/messages", json={"id": uuid.uuid4().hex, "text": text}, headers=head)
            return _status(answer, "replies")

        return begin, say

    def _rest(self) -> Any:
        sender = uuid.uuid4().hex

        def say(text: str) -> int:
            return _status(self.client.post("/webhooks/rest/webhook", json={"sender": sender, "message": text}))

        return lambda: True, say


def _status(answer: Any, replies: str = "") -> int:
    """The status of an answer; one without words counts as none."""
    if answer.status_code != 200:
        return int(answer.status_code)
    said = answer.json()
    return 200 if (said[replies] if replies else said) else 204


@events.test_start.add_listener
def _begin(**_: Any) -> None:
    Path(_ASK["begun"]).touch()


@events.quit.add_listener
def _write(**_: Any) -> None:
    found = {"asked": _FOUND, "cpu_seconds": time.process_time()}
    Path(_ASK["file"]).write_text(json.dumps(found), encoding="utf-8")
