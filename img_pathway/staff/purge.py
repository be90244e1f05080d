"""Removing conversations and enquiries that need not be kept any longer."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

import sqlalchemy as sa

from img_pathway.database.forget import forget
from img_pathway.database.tombstones import remove_expired
from img_pathway.enquiry.store import EnquiryStore

_DAY = 86_400
_AGE = re.compile(r"([1-9][0-9]{0,4})d")
# Rasa's own table; a conversation is as old as its last event.
_OLD = "SELECT sender_id FROM events GROUP BY sender_id HAVING MAX(timestamp) < :before"
# Who opens the chat and says nothing leaves a session behind.
_UNUSED = "DELETE FROM sessions WHERE started < :before AND id NOT IN (SELECT sender_id FROM events)"


@dataclass(frozen=True)
class Purged:
    """How much is older, whether or not it was removed."""

    conversations: int
    enquiries: int


def days(age: str) -> int:
    """Days in "180d"; raises ValueError for anything else."""
    found = _AGE.fullmatch(age)
    if not found:
        raise ValueError(f'"{age}" is no age. Write a number of days and a d, such as 180d.')
    return int(found[1])


def purge(engine: sa.engine.Engine, older_than: int, *, dry_run: bool) -> Purged:
    """Remove conversations whose last event is older than so many days, and enquiries that were made before that."""
    before = time.time() - older_than * _DAY
    store = EnquiryStore(engine)
    enquiries = sum(enquiry.created < before for enquiry in store.all())
    with engine.begin() as db:
        old = [row[0] for row in db.execute(sa.text(_OLD), {"before": before})]
        for conversation in () if dry_run else old:
            db.execute(sa.text("DELETE FROM events WHERE sender_id = :id"), {"id": conversation})
            forget(db, conversation)
        if not dry_run:
            db.execute(sa.text(_UNUSED), {"before": before})
            remove_expired(db)
    if not dry_run:
        store.delete(before=before)
    return Purged(len(old), enquiries)
