"""Which events of a conversation a turn reads: those of the last turns, and what still holds of all before them.

A turn must not cost more the longer a conversation has been. What came before the last turns matters only by what it
set for good: slots, the open form, a pause. The last event of each kind and name is the one that holds, so these few
events, played in their order before the last turns, give the same slots and the same form as all events would.

The next action is the same too. Rules go by the present turn and the open form, actions look at two or three messages,
stories at `max_history` states (config.yml). For stories, answers to an open form count as one state and turns that
only rules know as none, so that a story that goes on after more than TURNS of them does not see how it began; rules
decide everything there.

A new session of Rasa would bound the reading as well. But it closes an open form, repeats all slots as if the person
had just told them, and hides the turns before it, so that stories would break off and rules for the start of a
conversation would apply in the middle of one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    ConversationPaused,
    ConversationResumed,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from sqlalchemy.orm import Session

# More than anything looks back, and not more than people say in a short conversation, which has to be read as a whole.
TURNS = 10
# Turns that are read before a page of them: an option that was shown there may have been picked on the page.
_BEFORE_PAGE = 10
# A message that comes a second time comes soon; so far back it is recognized.
_REPEATED_WITHIN = 100
_LISTENS = (ActionExecuted.type_name, ACTION_LISTEN_NAME)
_NAMELESS = (SessionStarted, Restarted, AllSlotsReset, ConversationPaused, ConversationResumed, ActiveLoop)

Kind = tuple[str, str | None]
"""The type of an event, and the name in it."""


@dataclass(frozen=True)
class Page:
    """Events of some turns, after those of a few before; `earlier` is where the page before them ends."""

    events: list[dict[str, Any]]
    earlier: int | None


def lasting(domain: Domain) -> tuple[Kind, ...]:
    """Return the kinds of events that set something for longer than a turn."""
    slots = [(SlotSet.type_name, slot.name) for slot in domain.slots]
    forms = [(ActiveLoop.type_name, form) for form in domain.form_names]
    return (*((kind.type_name, None) for kind in _NAMELESS), *slots, *forms)


def recent(db: sa.engine.Connection | Session, events: sa.Table, conversation: str, kinds: Iterable[Kind]) -> Any:
    """Return a query for the ids of the events that a turn reads; `events` is Rasa's table."""
    its = events.c
    started = sa.select(sa.func.max(its.id)).where(*_kind(its, conversation, (SessionStarted.type_name, None)))
    session = db.execute(started).scalar() or 0
    turns = db.execute(_said(its, conversation).offset(TURNS - 1).limit(1)).scalar() or 0
    last = sa.select(its.id).where(its.sender_id == conversation, its.id >= max(session, turns))
    if turns <= session:
        return last
    between = (its.id >= session, its.id < turns)
    # Rasa leaves out turns that only rules know, and stumbles over a history without any other.
    begun = sa.select(sa.func.min(its.id)).where(*_kind(its, conversation, _LISTENS), *between)
    # One by one, because each is then a single look into the index, however long the conversation.
    held = (sa.select(sa.func.max(its.id)).where(*_kind(its, conversation, kind), *between) for kind in kinds)
    return sa.union_all(begun, *held, last)


def page(db: sa.engine.Connection, events: sa.Table, conversation: str, size: int, before: int | None) -> Page:
    """Read the last `size` turns, or those before the one that begins at the id `before`."""
    its = events.c
    until = [] if before is None else [its.id < before]
    starts = db.execute(_said(its, conversation).where(*until).limit(size + _BEFORE_PAGE)).scalars().all()
    if not starts:
        return Page([], None)
    told = its.type_name.in_((UserUttered.type_name, BotUttered.type_name, SlotSet.type_name))
    rows = sa.select(its.data).where(its.sender_id == conversation, its.id >= starts[-1], told, *until)
    found = [json.loads(data) for data in db.execute(rows.order_by(its.id)).scalars()]
    return Page(found, starts[size - 1] if len(starts) > size else None)


def repeated(db: sa.engine.Connection, events: sa.Table, conversation: str, message_id: str) -> Page:
    """Find the turn that began with a message, where that is not long ago."""
    its = events.c
    said = _said(its, conversation)
    lately = sa.select(said.limit(_REPEATED_WITHIN).subquery().c.id)
    named = its.data.contains(f'"message_id": {json.dumps(message_id)}', autoescape=True)
    row = db.execute(sa.select(its.id).where(its.id.in_(lately), named)).scalar()
    if row is None:
        return Page([], None)
    following = db.execute(said.where(its.id > row).order_by(None).order_by(its.id).limit(1)).scalar()
    return page(db, events, conversation, 1, following)


def _said(its: Any, conversation: str) -> Any:
    """Return a query for the ids of what a person said, the last first."""
    kind = _kind(its, conversation, (UserUttered.type_name, None))
    return sa.select(its.id).where(*kind).order_by(its.id.desc())


def _kind(its: Any, conversation: str, kind: Kind) -> tuple[Any, Any, Any]:
    type_name, name = kind
    return its.sender_id == conversation, its.type_name == type_name, its.action_name == name
