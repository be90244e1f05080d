"""Sessions of the web channel; enquiries and their deliveries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables; sessions may be there from a version before migrations."""
    if "sessions" not in sa.inspect(op.get_bind()).get_table_names():
        op.create_table(
            "sessions",
            sa.Column("id", sa.String(64), primary_key=True),
            sa.Column("channel", sa.String(32), nullable=False),
            sa.Column("started", sa.Float, nullable=False),
        )
    op.create_table(
        "enquiries",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("conversation", sa.String(64), nullable=False, index=True),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("created", sa.Float, nullable=False),
        sa.Column("told", sa.JSON, nullable=False),
        sa.Column("profile", sa.JSON, nullable=False),
        sa.Column("consent", sa.Text, nullable=False),
        sa.Column("handled", sa.Float),
        sa.Column("handled_by", sa.String(120)),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("enquiry", sa.String(16), sa.ForeignKey("enquiries.id", ondelete="CASCADE"), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due", sa.Float, nullable=False),
        sa.Column("done", sa.Float),
        sa.Column("error", sa.String(200)),
    )
    op.create_index("ix_deliveries_enquiry", "deliveries", ["enquiry"])
    op.create_index("ix_deliveries_due", "deliveries", ["due"])


def downgrade() -> None:
    """Remove the tables with all that is in them."""
    for table in ("deliveries", "enquiries", "sessions"):
        op.drop_table(table)
