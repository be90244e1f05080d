"""Enquiries in a real SQLite database: kept, found, marked, exported, forgotten; and what is too old is purged."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from rasa.core.tracker_store import SQLTrackerStore

from img_pathway.database.connect import connect, database_url, migrate
from img_pathway.database.forget import forget
from img_pathway.database.tables import METADATA, SESSIONS
from img_pathway.enquiry.agreed import Agreed
from img_pathway.enquiry.store import EnquiryStore, keep
from img_pathway.staff.enquiries import export, listed, shown
from img_pathway.staff.purge import days, purge
from tests.enquiry.kept import kept
from tests.serving import ROOT

DAY = 86_400


@pytest.fixture()
def engine(tmp_path: Path) -> sa.engine.Engine:
    engine = connect(sa.engine.URL.create("sqlite", database=str(tmp_path / "bot.db")))
    migrate(engine)
    return engine


@pytest.fixture()
def store(engine: sa.engine.Engine) -> EnquiryStore:
    return EnquiryStore(engine)


def add(store: EnquiryStore, conversation: str = "web-1", **told: str) -> str:
    told = {"name": "Amina", "email": "a@example.com", **told}
    return kept(store._engine, "mail", conversation=conversation, told=told).id


@pytest.mark.parametrize("table", [*METADATA.sorted_tables, SQLTrackerStore.SQLEvent.__table__], ids=str)
def test_the_tables_are_those_that_the_program_and_rasa_work_with(engine: sa.engine.Engine, table: sa.Table) -> None:
    migrate(engine)
    found = sa.inspect(engine)
    columns = {(column["name"], column["nullable"]) for column in found.get_columns(table.name)}
    assert columns == {(column.name, column.nullable) for column in table.columns}
    ours = {"events_in_order", "events_of_a_kind"} if table.name == "events" else set()
    known = {index.name for index in table.indexes}
    assert {index["name"] for index in found.get_indexes(table.name)} == known | ours


def test_the_database_is_the_one_of_the_conversations(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("IMG_PATHWAY_ENDPOINTS", raising=False)
    assert database_url(ROOT).database == str(ROOT / "conversations.db")
    other = tmp_path / "endpoints.yml"
    other.write_text(
        "tracker_store:\n  type: SQL\n  dialect: postgresql\n  url: db.example.org\n  port: 5433\n  db: bot\n"
        "  username: bot\n  password: ${BOT_PASSWORD}\n  query: {sslmode: verify-full}\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("IMG_PATHWAY_ENDPOINTS", str(other))
    monkeypatch.setenv("BOT_PASSWORD", "p@ss")
    url = database_url(ROOT)
    assert (url.drivername, url.host, url.port, url.password) == ("postgresql", "db.example.org", 5433, "p@ss")
    assert url.query == {"sslmode": "verify-full"}


def test_an_enquiry_is_found_by_its_number_however_it_is_typed(store: EnquiryStore) -> None:
    number = add(store)
    found = store.get(number.lower())
    assert found is not None
    assert "Amina" in shown(found)
    assert store.get("NOPE") is None


def test_a_message_agrees_to_one_enquiry(store: EnquiryStore, engine: sa.engine.Engine) -> None:
    first, again = (Agreed({"name": "Amina"}, {}, "yes") for _ in range(2))
    with engine.begin() as db:
        keep(db, first, "web-1", "web", "the same message", ("mail",))
    with pytest.raises(sa.exc.IntegrityError), engine.begin() as db:
        keep(db, again, "web-1", "web", "the same message", ("mail",))
    with engine.begin() as db:
        keep(db, again, "web-2", "web", "the same message", ("mail",))
    assert {enquiry.id for enquiry in store.all()} == {first.id, again.id}
    assert store.waiting() == 2


def test_enquiries_of_earlier_versions_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = connect(sa.engine.URL.create("sqlite", database=str(tmp_path / "old.db")))
    with monkeypatch.context() as earlier:
        upgrade = command.upgrade
        earlier.setattr(command, "upgrade", lambda config, _: upgrade(config, "0002"))
        migrate(engine)
    row = {"conversation": "web-1", "channel": "web", "created": 1.0, "told": "{}", "profile": "{}", "consent": "yes"}
    with engine.begin() as db:
        for number in ("FIRST2", "SECND2"):
            names = ", ".join(["id", *row])
            values = ", ".join(f":{name}" for name in ["id", *row])
            db.execute(sa.text(f"INSERT INTO enquiries ({names}) VALUES ({values})"), {"id": number, **row})
    migrate(engine)
    assert {enquiry.id: enquiry.message for enquiry in EnquiryStore(engine).all()} == {"FIRST2": None, "SECND2": None}


def test_handled_ones_leave_the_open_list(store: EnquiryStore) -> None:
    first, second = add(store), add(store)
    assert store.handle(first, "Kim")
    assert not store.handle("NOPE", "Kim")
    assert [enquiry.id for enquiry in store.all(open_only=True)] == [second]
    assert "handled" in listed(store, open_only=False)


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@sum(a1)", "\t=1"])
def test_no_cell_of_the_export_is_a_formula(store: EnquiryStore, name: str) -> None:
    add(store, name=name, city='Boston, "MA"\nUSA')
    out = io.StringIO()
    export(store.all(), out)
    head, row = csv.reader(io.StringIO(out.getvalue()))
    cells = dict(zip(head, row, strict=True))
    assert cells["name"] == f"'{name}"
    assert cells["city"] == 'Boston, "MA"\nUSA'


def test_forgetting_a_conversation_takes_its_enquiries_and_no_others(
    store: EnquiryStore, engine: sa.engine.Engine
) -> None:
    add(store, "web-1")
    other = add(store, "web-2")
    with engine.begin() as db:
        forget(db, "web-1")
    assert [enquiry.id for enquiry in store.all()] == [other]
    assert store.waiting() == 1


def test_purge_counts_first_and_removes_what_is_old(store: EnquiryStore, engine: sa.engine.Engine) -> None:
    add(store, "web-old")
    add(store, "web-new")
    now = time.time()
    with engine.begin() as db:
        for conversation, age in (("web-old", 200), ("web-old", 190), ("web-new", 200), ("web-new", 1)):
            db.execute(
                sa.text("INSERT INTO events (sender_id, type_name, timestamp) VALUES (:c, 'user', :t)"),
                {"c": conversation, "t": now - age * DAY},
            )
        for session, age in (("web-old", 200), ("web-new", 200), ("web-silent", 190), ("web-just-opened", 1)):
            db.execute(SESSIONS.insert(), {"id": session, "channel": "web", "started": now - age * DAY})
    assert purge(engine, 180, dry_run=True).conversations == 1
    assert len(store.all()) == 2
    assert purge(engine, 180, dry_run=False).conversations == 1
    assert [enquiry.conversation for enquiry in store.all()] == ["web-new"]
    with engine.connect() as db:
        assert {row[0] for row in db.execute(sa.text("SELECT sender_id FROM events"))} == {"web-new"}
        assert {row[0] for row in db.execute(sa.select(SESSIONS.c.id))} == {"web-new", "web-just-opened"}


@pytest.mark.parametrize("age", ["180", "d", "-3d", "0d", "six months"])
def test_an_age_that_is_none_is_refused(age: str) -> None:
    with pytest.raises(ValueError, match="such as 180d"):
        days(age)
