"""Many conversations in a database, each like one that was held with the running bot."""

from __future__ import annotations

import time

import psycopg2

from benchmarks.load.systems import asks_web

# A question and its answer.
_EVENTS = 12
_COLUMNS = "type_name, timestamp, intent_name, action_name, data"


def fill(database: str, address: str, conversations: int) -> dict[str, float]:
    """Add conversations as copies of one that is held now; how much there is then, and how long it took."""
    asks_web(address)
    began = time.monotonic()
    with psycopg2.connect(database) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT sender_id FROM events ORDER BY id DESC LIMIT 1")
        (like,) = cursor.fetchone() or ("",)
        cursor.execute("DROP INDEX ix_events_sender_id")
        # In the order in which people would have written them: conversation after conversation.
        cursor.execute(
            f"INSERT INTO events (sender_id, {_COLUMNS}) SELECT 'web-' || md5(%(salt)s || n), {_COLUMNS} "
            f"FROM generate_series(1, %(many)s) n, (SELECT * FROM events WHERE sender_id = %(like)s ORDER BY id "
            f"LIMIT {_EVENTS}) AS one",
            {"many": conversations, "like": like, "salt": str(began)},
        )
        cursor.execute(
            "INSERT INTO sessions (id, channel, started) SELECT 'web-' || md5(%s || n), 'web', 0 "
            "FROM generate_series(1, %s) n",
            (str(began), conversations),
        )
        cursor.execute("CREATE INDEX ix_events_sender_id ON events (sender_id)")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE events")
        cursor.execute("SELECT pg_total_relation_size('events'), count(*) FROM events")
        size, events = cursor.fetchone() or (0, 0)
    connection.close()
    return {"gigabytes": size / 2**30, "events": events, "seconds": time.monotonic() - began}
