"""Runs migrations over the connection that img_pathway.database.connect hands in."""

from __future__ import annotations

from alembic import context

from img_pathway.database.tables import METADATA

connection = context.config.attributes["connection"]
# A name of its own: the database may hold other programs' versions.
context.configure(connection=connection, target_metadata=METADATA, version_table="img_pathway_version")
context.run_migrations()
