"""Enquiries that are kept as a turn keeps them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

import sqlalchemy as sa

from img_pathway.enquiry.agreed import Agreed
from img_pathway.enquiry.store import Enquiry, keep

AMINA = {"name": "Amina Diallo", "email": "amina@example.com", "months": "March to May"}


def kept(
    engine: sa.engine.Engine,
    *ways: str,
    conversation: str = "web-1",
    told: Mapping[str, str] = AMINA,
    profile: Mapping[str, str] | None = None,
) -> Enquiry:
    """An enquiry in a database, agreed to by a message of its own."""
    agreed = Agreed(told, profile or {}, "I agree.")
    with engine.begin() as db:
        return keep(db, agreed, conversation, "web", uuid.uuid4().hex, ways)
