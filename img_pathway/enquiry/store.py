"""Enquiries in the database, each with the deliveries that are still to be made."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from img_pathway.database.tables import DELIVERIES, ENQUIRIES
from img_pathway.enquiry.agreed import Agreed


@dataclass(frozen=True)
class Enquiry:
    """A person asks the organization for a rotation; `profile` is what the quiz knows, where they agreed to that."""

    id: str
    conversation: str
    channel: str
    created: float
    told: Mapping[str, str]
    profile: Mapping[str, str]
    consent: str
    """The sentence that the person agreed to."""
    handled: float | None = None
    handled_by: str | None = None
    message: str | None = None
    """The id of the message that agreed to it; none for enquiries of earlier versions."""


@dataclass(frozen=True)
class Delivery:
    """One way in which an enquiry is to reach the staff."""

    id: int
    way: str
    attempts: int
    enquiry: Enquiry


def keep(
    db: sa.engine.Connection, agreed: Agreed, conversation: str, channel: str, message: str, ways: Sequence[str]
) -> Enquiry:
    """Keep an enquiry and its deliveries in the caller's transaction.

    Raises IntegrityError where the number is taken, or the message has agreed to an enquiry already.
    """
    enquiry = Enquiry(conversation=conversation, channel=channel, created=time.time(), message=message, **vars(agreed))
    db.execute(ENQUIRIES.insert(), {name: value for name, value in vars(enquiry).items() if value is not None})
    for way in ways:
        db.execute(DELIVERIES.insert(), {"enquiry": enquiry.id, "way": way, "attempts": 0, "due": enquiry.created})
    return enquiry


class EnquiryStore:
    """All enquiries; every method raises SQLAlchemyError where the database does not answer."""

    def __init__(self, engine: sa.engine.Engine) -> None:
        """Work on a database whose tables were migrated."""
        self._engine = engine

    def all(self, *, open_only: bool = False) -> list[Enquiry]:
        """Enquiries, newest first."""
        query = sa.select(ENQUIRIES).order_by(ENQUIRIES.c.created.desc())
        if open_only:
            query = query.where(ENQUIRIES.c.handled.is_(None))
        with self._engine.connect() as db:
            return [Enquiry(**row) for row in db.execute(query).mappings()]

    def get(self, id_: str) -> Enquiry | None:
        """One enquiry by its number."""
        with self._engine.connect() as db:
            row = db.execute(sa.select(ENQUIRIES).where(ENQUIRIES.c.id == id_.upper())).mappings().first()
        return Enquiry(**row) if row else None

    def handle(self, id_: str, who: str) -> bool:
        """Mark an enquiry as handled; False where there is none."""
        change = ENQUIRIES.update().where(ENQUIRIES.c.id == id_.upper()).values(handled=time.time(), handled_by=who)
        with self._engine.begin() as db:
            return bool(db.execute(change).rowcount)

    def delete(self, *, id_: str | None = None, conversation: str | None = None, before: float | None = None) -> int:
        """Remove enquiries by number, conversation or age; returns how many."""
        columns = ENQUIRIES.c
        wanted = {columns.id: id_ and id_.upper(), columns.conversation: conversation}
        conditions = [column == value for column, value in wanted.items() if value is not None]
        conditions += [columns.created < before] if before is not None else []
        if not conditions:
            raise ValueError("nothing says which enquiries to remove")
        chosen = sa.select(columns.id).where(*conditions)
        with self._engine.begin() as db:
            # SQLite does not cascade unless it is told to at every connection.
            db.execute(DELIVERIES.delete().where(DELIVERIES.c.enquiry.in_(chosen)))
            return int(db.execute(ENQUIRIES.delete().where(*conditions)).rowcount)

    def due(self, now: float) -> list[int]:
        """Return ids of deliveries to make now, at most twenty, oldest first."""
        query = sa.select(DELIVERIES.c.id).where(DELIVERIES.c.done.is_(None), DELIVERIES.c.due <= now)
        with self._engine.connect() as db:
            return list(db.execute(query.order_by(DELIVERIES.c.due).limit(20)).scalars())

    def claim(self, id_: int, now: float, lease: float) -> Delivery | None:
        """Take a delivery that is due; until the lease in seconds is over, no other worker gets it.

        Returns None where another worker has taken it, or it was deleted.
        """
        mine = DELIVERIES.update().where(DELIVERIES.c.id == id_, DELIVERIES.c.done.is_(None), DELIVERIES.c.due <= now)
        found = sa.select(DELIVERIES.c.way, DELIVERIES.c.attempts, ENQUIRIES).select_from(DELIVERIES.join(ENQUIRIES))
        with self._engine.begin() as db:
            # Whoever changes the row first has it; the others change none.
            if not db.execute(mine.values(due=now + lease)).rowcount:
                return None
            row = dict(db.execute(found.where(DELIVERIES.c.id == id_)).mappings().one())
        return Delivery(id_, row.pop("way"), row.pop("attempts"), Enquiry(**row))

    def delivered(self, delivery: Delivery) -> None:
        """It has reached the staff."""
        self._note(delivery, done=time.time(), attempts=delivery.attempts + 1, error=None)

    def failed(self, delivery: Delivery, error: str, again: float) -> None:
        """It has not, and is tried again at a time."""
        self._note(delivery, due=again, attempts=delivery.attempts + 1, error=error[:200])

    def waiting(self) -> int:
        """How many deliveries are still to be made."""
        with self._engine.connect() as db:
            query = sa.select(sa.func.count()).select_from(DELIVERIES).where(DELIVERIES.c.done.is_(None))
            return int(db.execute(query).scalar_one())

    def waiting_since(self) -> float | None:
        """When the oldest enquiry was made that still has a delivery to come; None where there is none."""
        made = sa.select(sa.func.min(ENQUIRIES.c.created)).select_from(DELIVERIES.join(ENQUIRIES))
        with self._engine.connect() as db:
            since: float | None = db.execute(made.where(DELIVERIES.c.done.is_(None))).scalar_one()
        return since

    def _note(self, delivery: Delivery, **values: object) -> None:
        with self._engine.begin() as db:
            db.execute(DELIVERIES.update().where(DELIVERIES.c.id == delivery.id).values(**values))
