"""Removing what the program itself keeps of a conversation."""

from __future__ import annotations

import sqlalchemy as sa

from img_pathway.database.tables import DELIVERIES, ENQUIRIES, SESSIONS


def forget(db: sa.engine.Connection, conversation: str) -> None:
    """Remove the session and all enquiries of a conversation."""
    theirs = sa.select(ENQUIRIES.c.id).where(ENQUIRIES.c.conversation == conversation)
    # SQLite does not cascade unless it is told to at every connection.
    db.execute(DELIVERIES.delete().where(DELIVERIES.c.enquiry.in_(theirs)))
    db.execute(ENQUIRIES.delete().where(ENQUIRIES.c.conversation == conversation))
    db.execute(SESSIONS.delete().where(SESSIONS.c.id == conversation))
