"""Indexes of Rasa's table of events, by which the last events of a conversation are found without the others."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Find events by conversation and order, and by kind and name; both take longer than a statement may elsewhere."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL statement_timeout = 0")
    op.create_index("events_in_order", "events", ["sender_id", "id"])
    op.create_index("events_of_a_kind", "events", ["sender_id", "type_name", "action_name", "id"])


def downgrade() -> None:
    """Leave Rasa's table as Rasa makes it."""
    op.drop_index("events_of_a_kind", "events")
    op.drop_index("events_in_order", "events")
