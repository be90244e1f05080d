"""Tombstones: a conversation was deleted at this time, and what came before it is not kept any more."""

from __future__ import annotations

import time
from hashlib import sha256

import sqlalchemy as sa

from img_pathway.database.tables import TOMBSTONES

# No message is worked on for longer: older ones of a server that is gone are not answered (channels/inbox.py).
_KEPT_SECONDS = 86_400
# Clocks of servers differ by less. A tombstone further ahead was written before a clock was set back.
_CLOCKS_DIFFER_SECONDS = 60


class Deleted(Exception):
    """The conversation was deleted after the message came."""


def lock_conversation(db: sa.engine.Connection, conversation: str) -> None:
    """Let nobody else write to a conversation until the transaction ends; must be its first statement."""
    if db.dialect.name == "sqlite":
        db.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        key = int.from_bytes(sha256(conversation.encode()).digest()[:8], "big", signed=True)
        db.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))


def leave_tombstone(db: sa.engine.Connection, conversation: str, at: float) -> None:
    """Remember the time at which the person asked for the deletion, in seconds since the epoch."""
    name = _hashed(conversation)
    db.execute(TOMBSTONES.delete().where(sa.or_(TOMBSTONES.c.conversation == name, _has_expired())))
    db.execute(TOMBSTONES.insert(), {"conversation": name, "at": at})


def raise_if_deleted(db: sa.engine.Connection, conversation: str, came: float) -> None:
    """Raise Deleted if the conversation was deleted after the time at which a message came."""
    latest = time.time() + _CLOCKS_DIFFER_SECONDS
    columns = TOMBSTONES.c
    query = sa.select(columns.at).where(columns.conversation == _hashed(conversation), columns.at > came)
    if db.execute(query.where(columns.at < latest)).first():
        raise Deleted


def remove_expired(db: sa.engine.Connection) -> None:
    """Remove tombstones that nothing can be older than any more."""
    db.execute(TOMBSTONES.delete().where(_has_expired()))


def _has_expired() -> sa.sql.ColumnElement[bool]:
    now = time.time()
    return sa.not_(TOMBSTONES.c.at.between(now - _KEPT_SECONDS, now + _KEPT_SECONDS))


def _hashed(conversation: str) -> str:
    return sha256(conversation.encode()).hexdigest()
