"""Which database is used: the one that endpoints.yml names for conversations."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Lock

import sqlalchemy as sa
import yaml
from alembic import command
from alembic.config import Config

_SECONDS = 5
# Alembic keeps what it works on in a module, and each channel opens the database in a thread of its own.
_ONE_MIGRATION = Lock()


def database_url(root: Path) -> sa.engine.URL:
    """The address in IMG_PATHWAY_ENDPOINTS or endpoints.yml; raises ValueError where conversations are not in SQL."""
    path = Path(os.environ.get("IMG_PATHWAY_ENDPOINTS", root / "endpoints.yml"))
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
    )


def connect(url: sa.engine.URL) -> sa.engine.Engine:
    """An engine that does not wait long for a database that is busy."""
    waiting = {"timeout": _SECONDS} if url.drivername == "sqlite" else {"connect_timeout": _SECONDS}
    return sa.create_engine(url, connect_args=waiting, pool_pre_ping=url.drivername != "sqlite")


def migrate(engine: sa.engine.Engine) -> None:
    """Bring the program's own tables to the version that this program needs."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with _ONE_MIGRATION, engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
