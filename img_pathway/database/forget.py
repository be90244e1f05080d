"""What the program itself keeps of a conversation: removed, and looked for afterwards."""

from __future__ import annotations

import sqlalchemy as sa

from img_pathway.database.tables import DELIVERIES, ENQUIRIES, SESSIONS


def left(db: sa.engine.Connection, conversation: str) -> int:
    """How many sessions and enquiries of a conversation there are."""
    kept = ((SESSIONS, SESSIONS.c.id), (ENQUIRIES, ENQUIRIES.c.conversation))
    counts = (sa.select(sa.func.count()).select_from(table).where(column == conversation) for table, column in kept)
    return sum(int(db.execute(count).scalar_one()) for count in counts)


def forget(db: sa.engine.Connection, conversation: str) -> None:
    """Remove the session and all enquiries of a conversation."""
    theirs = sa.select(ENQUIRIES.c.id).where(ENQUIRIES.c.conversation == conversation)
    # SQLite does not cascade unless it is told to at every connection.
    db.execute(DELIVERIES.delete().where(DELIVERIES.c.enquiry.in_(theirs)))
    db.execute(ENQUIRIES.delete().where(ENQUIRIES.c.conversation == conversation))
    db.execute(SESSIONS.delete().where(SESSIONS.c.id == conversation))
