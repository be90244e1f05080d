"""Turns of a conversation, read from the events that Rasa keeps: a message, how it was understood, what the bot did."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from img_pathway.channels.wording import shown as as_typed
from img_pathway.dialogue.labels import NOT_HELPED
from img_pathway.dialogue.understood import Understood
from img_pathway.reply import Option, Reply

FORM = "quiz_form"
JsonReply = Mapping[str, Any]
"""A `Reply` as JSON; its schema is widget/reply.schema.json. Events of earlier versions may lack what it has today."""
Words = Callable[[str], "str | None"]
"""What stands on the button of a command; none for what is no command."""

_OWN_STEPS = ("action_listen", "action_session_start", "action_extract_slots", "action_validate_slot_mappings")
_QUERY = "SELECT sender_id, data FROM events WHERE type_name IN ('user', 'bot', 'action', 'slot', 'active_loop')"
# A conversation is read as a whole, or nobody would know that an enquiry was open when it went on.
_ACTIVE = " AND sender_id IN (SELECT DISTINCT sender_id FROM events WHERE timestamp >= :since)"


@dataclass
class Turn:
    """One message of a person, and what came of it until the next."""

    id: str
    said: str
    """What was sent: typed words, or the payload of an option."""
    shown: str
    """What the person sees as said: typed words, or the label of the option."""
    at: float
    channel: str
    parsed: Mapping[str, Any] = field(default_factory=dict)
    """What Rasa made of the message."""
    in_quiz: bool = False
    """Whether a question of the quiz was open."""
    in_enquiry: bool = False
    """Whether the message may hold a name or an address, as answers of an enquiry do."""
    asked: str | None = None
    """The question of the quiz that was open."""
    took: str | None = None
    """The payload of the option that the message took of what was shown before it."""
    replies: list[JsonReply] = field(default_factory=list)
    steps: list[tuple[str, str | None]] = field(default_factory=list)
    """Actions ("action", name) and forms ("active_loop", name or none), in order."""
    slots: dict[str, Any] = field(default_factory=dict)
    """Slots that were set, with their last values."""
    did_not_help: bool = False
    """Whether the person said of the answer that it was no help."""

    @property
    def intent(self) -> str:
        """The intent of the message; empty where there is none."""
        return str((self.parsed.get("intent") or {}).get("name") or "")

    @cached_property
    def heard(self) -> Understood:
        """What language understanding made of the message, built when it is first read: most readers never do."""
        return Understood.from_dict(self.said, self.parsed.get("understood") or {})

    @property
    def label(self) -> str:
        """The intent, with what it is about where that is known: `decline/premed`."""
        return self.heard.label or self.intent

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

    @property
    def verdicts(self) -> list[tuple[str, str]]:
        """Outcomes shown, each with the section of the result in which it stood."""
        sections = [section for reply in self.replies for section in reply.get("sections") or ()]
        return [(str(item["name"]), str(one.get("kind"))) for one in sections for item in one.get("items") or ()]

    @property
    def basis(self) -> list[str]:
        """The ids of what was said, each once."""
        return list(dict.fromkeys(id_ for reply in self.replies for id_ in reply.get("basis") or ()))

    def says(self, paragraph: str) -> bool:
        """Return True where a reply holds the paragraph."""
        return any(paragraph in (reply.get("text") or ()) for reply in self.replies)


def _no_words(said: str) -> str | None:
    return None


class TurnReader:
    """Reads turns from events that come piece by piece; an event costs the same however many came before.

    Events of a page (window.py) hold no actions and forms, so that its turns know only what people see of them.
    """

    def __init__(self, welcome: JsonReply | None = None, words: Words = _no_words) -> None:
        """Begin behind a `welcome`; `words` are those of buttons that are no options."""
        self._words = words
        # Labels by payload: of the options that were shown last, and of all that were shown before.
        self._offered, self._shown = _labels([welcome] if welcome else []), dict[str, str]()
        self._form: str | None = None
        self._slots: dict[str, Any] = {}
        self._turn: Turn | None = None
        # The last turn that did not say of an answer that it was no help.
        self._answered: Turn | None = None

    def read(self, events: Iterable[Mapping[str, Any]]) -> Iterator[Turn]:
        """Yield the turns that end in these events; the last one may go on in the next."""
        for event in events:
            if event.get("event") == "user" and event.get("text") is not None:
                ended = self.rest()
                self._begin(event)
                yield from ended
            else:
                self._go_on(event)

    def rest(self) -> list[Turn]:
        """Return the turn that had not ended, if there is one."""
        if self._turn is None:
            return []
        ended, self._turn = self._turn, None
        self._offered = _labels(ended.replies)
        self._shown |= self._offered
        return [ended]

    def _begin(self, event: Mapping[str, Any]) -> None:
        said, in_enquiry = as_typed(str(event["text"])), self._slots.get("enquiry") is not None
        # An option that was shown longer ago may be clicked too, in another tab.
        label = self._offered.get(said) or self._shown.get(said) or self._words(said)
        self._turn = Turn(
            id=str(event.get("message_id") or ""),
            said=said,
            shown=label or said,
            at=float(event.get("timestamp") or 0),
            channel=str(event.get("input_channel") or "unknown"),
            parsed=event.get("parse_data") or {},
            in_quiz=self._form == FORM and not in_enquiry,
            in_enquiry=in_enquiry,
            asked=(self._slots.get("quiz") or {}).get("asked"),
            took=said if said in self._offered else None,
        )
        if self._turn.intent != NOT_HELPED:
            self._answered = self._turn
        elif self._answered:
            self._answered.did_not_help = True

    def _go_on(self, event: Mapping[str, Any]) -> None:
        kind, name, turn = event.get("event"), event.get("name"), self._turn
        if kind == "slot":
            self._set(str(name), event.get("value"))
        elif kind == "active_loop":
            if turn and name != self._form:
                turn.steps.append(("active_loop", name))
            self._form = name
        elif kind == "action" and turn and name and name not in _OWN_STEPS:
            turn.steps.append(("action", name))
        elif kind == "bot" and turn:
            turn.replies.append(_reply_of(event))

    def _set(self, slot: str, value: Any) -> None:
        self._slots[slot] = value
        if self._turn is None:
            return
        self._turn.slots[slot] = value
        if slot == "quiz" and self._turn.took is None:
            self._turn.took = _option_taken(value or {}, self._offered)


def turns_of(
    events: Iterable[Mapping[str, Any]], welcome: JsonReply | None = None, words: Words = _no_words
) -> list[Turn]:
    """Read all turns from events in order; `welcome` stood before them, `words` are those of other buttons."""
    reader = TurnReader(welcome, words)
    return [*reader.read(events), *reader.rest()]


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
        return turns_of(json.loads(data) for _, data in rows)


def _reply_of(event: Mapping[str, Any]) -> JsonReply:
    """Return the Reply in an event of the bot; a plain response of Rasa becomes one."""
    reply = (event.get("metadata") or {}).get("reply")
    if reply:
        return dict(reply)
    buttons = (event.get("data") or {}).get("buttons") or ()
    options = tuple(Option(button["title"], button["payload"]) for button in buttons)
    # Rasa names the response that it said: `utter_decline/premed`.
    response = str((event.get("metadata") or {}).get("utter_action") or "").removeprefix("utter_")
    basis = (response,) if response else ()
    return Reply(tuple(str(event.get("text") or "").split("\n\n")), options, basis=basis).to_dict()


def _option_taken(quiz: Mapping[str, Any], offered: Iterable[str]) -> str | None:
    """Find the option for which the quiz has taken a message, whatever was typed: its number, say, or a story."""
    answers = {**(quiz.get("answers") or {}), "goal": quiz.get("goal")}
    given = {f"{question}:{answer}" for question, answer in answers.items()}
    return next((payload for payload in offered if payload in given), None)


def _labels(replies: Iterable[JsonReply]) -> dict[str, str]:
    return {str(o["payload"]): str(o["label"]) for reply in replies for o in reply.get("options") or ()}
