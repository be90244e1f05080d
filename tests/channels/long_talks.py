"""Conversations of any length, written into a database as Rasa keeps them, and the work that reading them takes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)

from img_pathway.reply import Option, Reply

EVENTS: sa.Table = SQLTrackerStore.SQLEvent.__table__
BEGUN: tuple[Event, ...] = (
    SlotSet("session_started_metadata", {"release": None}),
    ActionExecuted("action_session_start"),
    SessionStarted(),
    ActionExecuted("action_listen"),
)


def turn(number: int, *within: Event) -> list[Event]:
    """One message and its answer, in which something happened."""
    reply = Reply((f"Answer {number}.",), (Option(f"Option {number}", f"option:{number}"),))
    return [
        UserUttered(f"message {number}", {"name": "ask"}, message_id=f"message-{number}", input_channel="web"),
        *within,
        ActionExecuted("action_answer"),
        BotUttered(f"Answer {number}.", metadata={"reply": json.loads(json.dumps(reply.to_dict()))}),
        ActionExecuted("action_listen"),
    ]


def told(turns: int) -> list[Event]:
    """A quiz that was begun, and then questions of a person who leaves it open."""
    opens = [ActionExecuted("quiz_form"), ActiveLoop("quiz_form"), SlotSet("requested_slot", "quiz_answer")]
    quiz = SlotSet("quiz", {"goal": "match", "asked": "stage", "answers": {"graduated": "2015"}})
    return [*BEGUN, *turn(1, *opens, quiz), *(event for n in range(2, turns + 1) for event in turn(n))]


def keep(engine: sa.engine.Engine, conversation: str, events: Sequence[Event]) -> None:
    """Write events as Rasa's tracker store does."""
    rows = [
        {
            "sender_id": conversation,
            "type_name": event.type_name,
            "timestamp": event.timestamp,
            "action_name": event.as_dict().get("name"),
            "data": json.dumps(event.as_dict()),
        }
        for event in events
    ]
    with engine.begin() as database:
        database.execute(EVENTS.insert(), rows)


class Work:
    """Steps of the database's machine, in hundreds: a measure of work that no other load changes."""

    def __init__(self) -> None:
        self.steps = 0

    def step(self) -> int:
        self.steps += 1
        return 0


@contextmanager
def counted(engine: sa.engine.Engine) -> Iterator[Work]:
    """Count the work of a SQLite in all connections that are opened meanwhile."""
    work = Work()

    def begin(connection: Any, _: Any) -> None:
        connection.set_progress_handler(work.step, 100)

    engine.dispose()
    sa.event.listen(engine, "connect", begin)
    try:
        yield work
    finally:
        sa.event.remove(engine, "connect", begin)
        engine.dispose()
