"""Conversations as Rasa keeps them, as turns: what was said, what it was taken for, and what the bot did."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from typing import Any, Literal

import sqlalchemy as sa

from img_pathway.channels.wording import shown
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.understood import DANGERS, NOT_HELPED, Understood

NOT_UNDERSTOOD, FORM = "action_not_understood", "quiz_form"
Kind = Literal[
    "understood", "asked back", "not understood", "declined", "no answer found", "did not help", "danger", "enquiry",
]  # fmt: skip
MISSES: tuple[Kind, ...] = ("not understood", "asked back", "no answer found", "declined", "did not help")

_OWN_STEPS = ("action_listen", "action_session_start", "action_extract_slots", "action_validate_slot_mappings")
_QUERY = "SELECT sender_id, data FROM events WHERE type_name IN ('user', 'bot', 'action', 'slot', 'active_loop')"
# A conversation is read as a whole, or nobody would know that an enquiry was open when it went on.
_ACTIVE = " AND sender_id IN (SELECT DISTINCT sender_id FROM events WHERE timestamp >= :since)"


@dataclass
class Turn:
    """One message of a person, and what came of it until the next."""

    said: str
    channel: str
    at: float
    intent: str
    heard: Understood
    in_quiz: bool
    """Whether a question of the quiz was open."""
    in_enquiry: bool
    """Whether the message may hold a name or an address, as answers of an enquiry do."""
    asked: str | None
    """The question of the quiz that was open."""
    did_not_help: bool = False
    """Whether the person said of the answer that it was no help."""
    steps: list[tuple[str, str | None]] = field(default_factory=list)
    """Actions ("action", name) and forms ("active_loop", name or none), in order."""
    texts: list[str] = field(default_factory=list)
    verdicts: list[tuple[str, str]] = field(default_factory=list)
    """Outcomes shown, each with the section of the result in which it stood."""
    slots: dict[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The intent, with what it is about where that is known: `decline/premed`."""
        best = self.heard.best
        return best.label if best.intent == self.intent else self.intent

    @property
    def day(self) -> date:
        """The day in UTC."""
        return datetime.fromtimestamp(self.at, timezone.utc).date()

    @property
    def actions(self) -> list[str]:
        """What the bot did."""
        return [name for key, name in self.steps if key == "action" and name]

    @property
    def ended(self) -> str | None:
        """How the quiz ended in this turn: finished or stopped."""
        return None if self.in_enquiry else self.slots.get("quiz_answer")


def kind_of(turn: Turn, bot: Bot) -> Kind:
    """What became of a message."""
    if turn.in_enquiry:
        return "enquiry"
    if turn.intent in DANGERS:
        return "danger"
    if NOT_UNDERSTOOD in turn.actions:
        return "asked back" if turn.heard.band == "ask" else "not understood"
    if turn.in_quiz and any(bot.say(name) in turn.texts for name in ("ask_again", "ask_again_year")):
        return "no answer found"
    is_refused = not turn.heard.ours and any(name.startswith("utter_") for name in turn.actions)
    if is_refused:
        return "declined"
    return "did not help" if turn.did_not_help else "understood"


def read_talks(engine: sa.engine.Engine, since: date | None = None) -> dict[str, list[Turn]]:
    """All turns of conversations with something said since a day, by conversation."""
    start = datetime(since.year, since.month, since.day, tzinfo=timezone.utc).timestamp() if since else 0.0
    with engine.connect() as db:
        rows = db.execute(sa.text(_QUERY + _ACTIVE + " ORDER BY id"), {"since": start})
        events: dict[str, list[Mapping[str, Any]]] = {}
        for conversation, data in rows:
            events.setdefault(conversation, []).append(json.loads(data))
    talks = {conversation: [t for t in turns_of(found) if t.at >= start] for conversation, found in events.items()}
    return {conversation: turns for conversation, turns in talks.items() if turns}


def read_talk(engine: sa.engine.Engine, conversation: str) -> list[Turn]:
    """The turns of one conversation; none where there is no such conversation."""
    with engine.connect() as db:
        rows = db.execute(sa.text(_QUERY + " AND sender_id = :id ORDER BY id"), {"id": conversation})
        return turns_of(json.loads(data) for (data,) in ((row[1],) for row in rows))


def turns_of(events: Iterable[Mapping[str, Any]]) -> list[Turn]:
    """Turns from events in order."""
    turns: list[Turn] = []
    loop, slots = None, dict[str, Any]()
    for event in events:
        kind, name = event.get("event"), event.get("name")
        if kind == "user" and event.get("text") is not None:
            turns.append(_heard(event, loop, slots))
            if turns[-1].intent == NOT_HELPED:
                _mark_answered(turns[:-1])
        elif kind == "slot":
            slots[str(name)] = event.get("value")
            if turns:
                turns[-1].slots[str(name)] = event.get("value")
        elif kind == "active_loop":
            if turns and name != loop:
                turns[-1].steps.append(("active_loop", name))
            loop = name
        elif kind == "action" and turns and name and name not in _OWN_STEPS:
            turns[-1].steps.append(("action", name))
        elif kind == "bot" and turns:
            _said(turns[-1], event)
    return turns


def _mark_answered(turns: list[Turn]) -> None:
    """Mark the message whose answer was no help: the last that does not say this itself."""
    answered = next((turn for turn in reversed(turns) if turn.intent != NOT_HELPED), None)
    if answered:
        answered.did_not_help = True


def _heard(event: Mapping[str, Any], loop: str | None, slots: Mapping[str, Any]) -> Turn:
    parsed = event.get("parse_data") or {}
    text, quiz = shown(str(event["text"])), slots.get("quiz") or {}
    return Turn(
        text,
        str(event.get("input_channel") or "unknown"),
        float(event.get("timestamp") or 0),
        str((parsed.get("intent") or {}).get("name") or ""),
        Understood.from_dict(text, parsed.get("understood") or {}),
        in_quiz=loop == FORM and slots.get("enquiry") is None,
        in_enquiry=slots.get("enquiry") is not None,
        asked=quiz.get("asked"),
    )


def _said(turn: Turn, event: Mapping[str, Any]) -> None:
    reply = (event.get("metadata") or {}).get("reply") or {}
    turn.texts += reply.get("text") or [str(event.get("text") or "")]
    for section in reply.get("sections") or ():
        # Events of earlier versions may lack what replies have today.
        turn.verdicts += [(str(item["name"]), str(section.get("kind"))) for item in section.get("items") or ()]
