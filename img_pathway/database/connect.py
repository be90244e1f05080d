"""Which database is used: the one that IMG_PATHWAY_DATABASE_URL or endpoints.yml names for conversations."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock

import sqlalchemy as sa
import yaml
from alembic import command
from alembic.config import Config

from img_pathway.outgoing import check_database, malformed

_SECONDS = 3
# Alembic keeps what it works on in a module, and each channel opens the database in a thread of its own.
_ONE_MIGRATION = Lock()
# Any number that no other program takes for its own locks in the same database.
_MIGRATION_LOCK = 4_647_331


def database_url(root: Path, environment: Mapping[str, str] = os.environ) -> sa.engine.URL:
    """IMG_PATHWAY_DATABASE_URL, else what endpoints.yml says.

    Raises ValueError where conversations are not in SQL, Misconfigured where the way to the database is not safe.
    """
    url = _named(root, environment)
    check_database(url, environment)
    return url


def _named(root: Path, environment: Mapping[str, str]) -> sa.engine.URL:
    given = environment.get("IMG_PATHWAY_DATABASE_URL")
    if given:
        try:
            return sa.engine.make_url(given)
        except (sa.exc.ArgumentError, ValueError):
            # Not chained: what it says holds the password.
            raise malformed("IMG_PATHWAY_DATABASE_URL", "postgresql://user:password@host:5432/database") from None
    path = Path(environment.get("IMG_PATHWAY_ENDPOINTS", root / "endpoints.yml"))
    store = yaml.safe_load(os.path.expandvars(path.read_text(encoding="utf-8"))).get("tracker_store") or {}
    if str(store.get("type", "")).lower() != "sql":
        raise ValueError(f"{path} keeps conversations elsewhere; use `type: SQL` under tracker_store.")
    if store["dialect"] == "sqlite":
        return sa.engine.URL.create("sqlite", database=str(root / store["db"]))
    return sa.engine.URL.create(
        store["dialect"],
        store.get("username"),
        store.get("password"),
        store.get("url"),
        int(store["port"]) if "port" in store else None,
        store["db"],
        store.get("query") or {},
    )


@lru_cache
def connect(url: sa.engine.URL, *, hurries: bool = False) -> sa.engine.Engine:
    """The one engine of a database; it does not wait long for one that is busy, and notices one that was restarted.

    Where people wait for it (`hurries`), no statement takes long either.
    """
    # Errors name what was to be written unless they are told not to, and logs hold no words of people.
    if url.drivername == "sqlite":
        return sa.create_engine(url, connect_args={"timeout": _SECONDS}, hide_parameters=True)
    waiting: dict[str, object] = {"connect_timeout": _SECONDS, "tcp_user_timeout": _SECONDS * 1000}
    if hurries:
        waiting["options"] = f"-c statement_timeout={_SECONDS * 1000}"
    return sa.create_engine(url, connect_args=waiting, pool_pre_ping=True, hide_parameters=True)


def migrate(engine: sa.engine.Engine) -> None:
    """Bring the program's own tables to the version that this program needs."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with _ONE_MIGRATION, engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # All parts start at once: the first one migrates, the others wait and find it done.
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def migrated(root: Path, environment: Mapping[str, str] = os.environ) -> sa.engine.Engine:
    """The database of an installation, with all tables in their present form."""
    engine = connect(database_url(root, environment))
    migrate(engine)
    return engine
