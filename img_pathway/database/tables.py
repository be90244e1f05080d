"""The program's own tables. Rasa keeps its events in a table of its own beside them."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()

SESSIONS = sa.Table(
    "sessions",
    METADATA,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("started", sa.Float, nullable=False),
)

ENQUIRIES = sa.Table(
    "enquiries",
    METADATA,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("conversation", sa.String(64), nullable=False, index=True),
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("created", sa.Float, nullable=False),
    sa.Column("told", sa.JSON, nullable=False),
    sa.Column("profile", sa.JSON, nullable=False),
    sa.Column("consent", sa.Text, nullable=False),
    sa.Column("handled", sa.Float),
    sa.Column("handled_by", sa.String(120)),
    # The message that agreed to it; none where it was kept before there was this column.
    sa.Column("message", sa.Text),
    sa.Index("ix_enquiries_message", "conversation", "message", unique=True),
)

DELIVERIES = sa.Table(
    "deliveries",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("enquiry", sa.String(16), sa.ForeignKey("enquiries.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("way", sa.String(16), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("due", sa.Float, nullable=False, index=True),
    sa.Column("done", sa.Float),
    sa.Column("error", sa.String(200)),
)

TOMBSTONES = sa.Table(
    "tombstones",
    METADATA,
    # A hash of the conversation's name, which is not kept.
    sa.Column("conversation", sa.String(64), primary_key=True),
    sa.Column("at", sa.Float, nullable=False),
)
