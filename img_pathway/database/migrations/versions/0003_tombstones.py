"""Tombstones of deleted conversations; an enquiry is known by the message that agreed to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table, the column and its index; enquiries that were kept before have no message."""
    op.create_table(
        "tombstones",
        sa.Column("conversation", sa.String(64), primary_key=True),
        sa.Column("at", sa.Float, nullable=False),
    )
    op.add_column("enquiries", sa.Column("message", sa.Text))
    op.create_index("ix_enquiries_message", "enquiries", ["conversation", "message"], unique=True)


def downgrade() -> None:
    """Remove them."""
    op.drop_index("ix_enquiries_message", "enquiries")
    op.drop_column("enquiries", "message")
    op.drop_table("tombstones")
