"""Conversations in a small database, with rows shaped like Rasa's."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from img_pathway.database.connect import connect, migrate
from img_pathway.dialogue.understood import Band
from tests.dialogue.hearing import guessed


def at(day: str) -> float:
    return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=timezone.utc).timestamp()


class Events:
    """Writes what Rasa would write; every message is a minute after the one before."""

    def __init__(self, folder: Path) -> None:
        self.engine = connect(sa.engine.URL.create("sqlite", database=str(folder / "bot.db")))
        migrate(self.engine)

    def talk(self, name: str, day: str = "2026-11-20", channel: str = "web") -> Conversation:
        return Conversation(self, name, at(day), channel)

    def write(self, conversation: str, time: float, event: dict[str, Any]) -> None:
        row = {"c": conversation, "k": event["event"], "t": time, "d": json.dumps({**event, "timestamp": time})}
        with self.engine.begin() as db:
            insert = "INSERT INTO events (sender_id, type_name, timestamp, data) VALUES (:c, :k, :t, :d)"
            db.execute(sa.text(insert), row)


class Conversation:
    """One conversation that is being written."""

    def __init__(self, events: Events, name: str, time: float, channel: str) -> None:
        self.events, self.name, self.time, self.channel = events, name, time, channel
        self._write({"event": "action", "name": "action_session_start"})

    def hears(
        self, text: str, intent: str, label: str = "", *, band: Band = "answer", ours: bool = True
    ) -> Conversation:
        self.time += 60
        label = label or intent
        guesses = (label, 0.5), ("ask/what", 0.25)
        understood = replace(guessed(text, *guesses, band=band, ours=ours), label=label).to_dict()
        parsed = {"intent": {"name": intent, "confidence": 0.5}, "entities": [], "text": text, "understood": understood}
        event = {"event": "user", "text": text, "parse_data": parsed, "input_channel": self.channel}
        return self._write(event)

    def does(self, *actions: str) -> Conversation:
        for name in (*actions, "action_listen"):
            self._write({"event": "action", "name": name, "policy": "RulePolicy", "confidence": 1.0})
        return self

    def says(self, *text: str, sections: tuple[dict[str, Any], ...] = ()) -> Conversation:
        reply = {"text": list(text), "options": [], "sections": list(sections)}
        return self._write({"event": "bot", "text": "\n\n".join(text), "metadata": {"reply": reply}, "data": {}})

    def sets(self, **slots: Any) -> Conversation:
        for name, value in slots.items():
            self._write({"event": "slot", "name": name, "value": value})
        return self

    def form(self, name: str | None) -> Conversation:
        return self._write({"event": "active_loop", "name": name})

    def misses(self, text: str, band: str = "ask", label: str = "faq/letters_waive") -> Conversation:
        return self.hears(text, "nlu_fallback", label, band=band).does("action_not_understood")

    def quiz(self, asked: str | None, goal: str = "match", **answers: Any) -> Conversation:
        state = {"goal": goal, "answers": answers, "trail": list(answers), "asked": asked, "wanted": None}
        return self.sets(quiz=state)

    def _write(self, event: dict[str, Any]) -> Conversation:
        self.events.write(self.name, self.time, event)
        return self
