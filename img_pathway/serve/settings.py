"""Where things are, which ports are used, and which servers are shared with other processes."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_PROJECT = str(Path(__file__).parent.parent.parent)
# Quiet, local, and one thread each: variables that libraries read when they are imported.
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
    "OMP_NUM_THREADS": "1",
    "TQDM_DISABLE": "1",
}


@dataclass(frozen=True)
class Settings:
    """Folders, ports and servers of one installation."""

    root: Path
    port: int = 5005
    action_port: int = 5055
    database: str = "conversations.db"
    """A file of SQLite, or the address of a PostgreSQL."""
    redis: str = ""
    """The address of the Redis that several chat servers share."""
    actions: str = ""
    """The address of action servers that are started elsewhere."""
    interface: str = "127.0.0.1"
    metrics: int | None = None
    """The port on which a part shows its figures; where several are started, the first of as many ports."""
    closed: str = ".state/closed"
    credentials: str = "credentials.yml"
    home: Path | None = None
    """Where the bot reads its content, if not in the project's folder."""
    follows: bool = False
    """Whether a running bot changes to each release that is published."""

    @property
    def data(self) -> Path:
        """The content that staff edit."""
        return self.root / "data"

    @property
    def models(self) -> Path:
        """Trained models."""
        return self.root / "models"

    @property
    def releases(self) -> Path:
        """What was published (img_pathway/serve/releases.py)."""
        return self.models / "releases"

    @property
    def state(self) -> Path:
        """Logs, and other files that may be deleted while nothing runs."""
        return self.root / ".state"

    @property
    def switch(self) -> Path:
        """The file that closes the bot while it is there (img_pathway/serve/closing.py)."""
        return self.root / self.closed

    @property
    def endpoints(self) -> Path:
        """Where Rasa reads its endpoints: endpoints.yml, or a copy with other ports or servers."""
        plain = Settings(self.root)
        if all(getattr(self, name) == getattr(plain, name) for name in ("action_port", "database", "redis", "actions")):
            return self.root / "endpoints.yml"
        return self.state / f"endpoints-{self.port}.yml"

    @property
    def has_database_server(self) -> bool:
        """Whether conversations are kept in PostgreSQL."""
        return "://" in self.database

    @property
    def address(self) -> str:
        """Where the chat server answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The environment of Rasa and the action server."""
        return {
            **os.environ,
            **QUIET,
            "IMG_PATHWAY_ROOT": str(self.root),
            "IMG_PATHWAY_ENDPOINTS": str(self.endpoints),
            "IMG_PATHWAY_HOME": str(self.home or self.root),
            "IMG_PATHWAY_FOLLOW": "1" if self.follows else "",
            "IMG_PATHWAY_DATABASE_URL": self.database if self.has_database_server else "",
            "IMG_PATHWAY_REDIS_URL": self.redis,
            "IMG_PATHWAY_CLOSED": str(self.switch),
            "SANIC_HOST": self.interface,
        }

    def rasa(self, *arguments: str) -> list[str]:
        """The command line of a Rasa command with this Python."""
        return [sys.executable, "-m", "rasa", *arguments]


def installation(port: int = Settings.port, action_port: int = Settings.action_port) -> Settings:
    """The installation that the environment describes (docs/operations.md)."""
    given = os.environ.get
    return Settings(
        default_root(),
        port,
        action_port,
        database=given("IMG_PATHWAY_DATABASE_URL") or Settings.database,
        redis=given("IMG_PATHWAY_REDIS_URL", ""),
        actions=given("IMG_PATHWAY_ACTIONS_URL", ""),
        interface=given("IMG_PATHWAY_INTERFACE") or Settings.interface,
        metrics=int(given("IMG_PATHWAY_METRICS_PORT") or 0) or None,
        closed=given("IMG_PATHWAY_CLOSED") or Settings.closed,
    )


def default_root() -> Path:
    """The project's folder: the one given by IMG_PATHWAY_ROOT, else the one that holds this package."""
    return _resolved(os.environ.get("IMG_PATHWAY_ROOT") or _PROJECT)


@lru_cache(maxsize=16)
def _resolved(folder: str) -> Path:
    return Path(folder).resolve()
