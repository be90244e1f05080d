"""What has to be so before a part of the bot starts: a shared secret, a database with its tables, Rasa's endpoints."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import yaml

from img_pathway.database.connect import database_url, migrated
from img_pathway.enquiry.outbox import ways_from_environment
from img_pathway.outgoing import Misconfigured, check_redis, check_web
from img_pathway.serve.settings import Settings


class CannotStart(Exception):
    """The bot could not be started; the message says what to do."""


def prepare(settings: Settings) -> None:
    """See that a part can start; raises CannotStart. Any number of parts may do so at once."""
    if settings.redis and not os.environ.get("IMG_PATHWAY_SECRET"):
        raise CannotStart(
            "Chat servers that share a Redis need the same IMG_PATHWAY_SECRET, or each takes the others' conversations "
            "for forged. Set it to a long random text, such as the output of: openssl rand -base64 48"
        )
    if settings.has_database_server and not settings.database.startswith("postgresql://"):
        raise CannotStart("IMG_PATHWAY_DATABASE_URL should look like postgresql://user:password@host:5432/database.")
    try:
        check_outgoing(settings)
        _write_endpoints(settings)
        migrated(settings.root, settings.environment)
    except Misconfigured as error:
        raise CannotStart(str(error)) from error
    except sa.exc.OperationalError as error:
        url = database_url(settings.root, settings.environment)
        place = url.host or url.database
        raise CannotStart(
            f"The database at {place} cannot be opened. Start it, or correct IMG_PATHWAY_DATABASE_URL. It said: "
            f"{error.orig}"
        ) from error


def check_outgoing(settings: Settings) -> None:
    """See that all that leaves this machine is encrypted and no setting lacks another one; raises Misconfigured."""
    file = settings.root / "endpoints.yml"
    environment = {**settings.environment, "IMG_PATHWAY_ENDPOINTS": str(file)}
    ways_from_environment(environment)
    if settings.redis:
        check_redis(settings.redis, environment)
    database_url(settings.root, environment)
    actions = settings.actions or _read(file)["action_endpoint"]["url"]
    check_web("IMG_PATHWAY_ACTIONS_URL", actions, environment)
    for channel in _read(settings.root / settings.credentials).values():
        if channel and channel.get("api_base_url"):
            check_web(f"api_base_url in {settings.credentials}", channel["api_base_url"], environment)


def _read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(os.path.expandvars(path.read_text(encoding="utf-8"))) or {} if path.exists() else {}


def _write_endpoints(settings: Settings) -> None:
    """A copy of endpoints.yml with other ports or servers, where those are wanted."""
    if settings.endpoints == settings.root / "endpoints.yml":
        return
    endpoints = yaml.safe_load((settings.root / "endpoints.yml").read_text(encoding="utf-8"))
    settings.state.mkdir(exist_ok=True)
    settings.endpoints.write_text(yaml.safe_dump(adapted(endpoints, settings)), encoding="utf-8")


def adapted(endpoints: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """Endpoints with the ports and servers of `settings`. Rasa fills in addresses, so that no password is written."""
    actions = settings.actions or f"http://localhost:{settings.action_port}/webhook"
    found = {**endpoints, "action_endpoint": {**endpoints["action_endpoint"], "url": actions}}
    if settings.has_database_server:
        found["tracker_store"] = {"type": "SQL", "dialect": "postgresql", "url": "${IMG_PATHWAY_DATABASE_URL}"}
    elif settings.database != Settings.database:
        found["tracker_store"] = {**endpoints["tracker_store"], "db": settings.database}
    if settings.redis:
        found["lock_store"] = {"type": "img_pathway.channels.locks.SharedLocks"}
    return found
