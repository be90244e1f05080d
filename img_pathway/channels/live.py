"""Changes a running server to the release that was published last; turns under way end with the one they began with."""

from __future__ import annotations

import asyncio
import logging
import os
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent

from img_pathway.channels.keeping import Keeping
from img_pathway.channels.store import sql_store
from img_pathway.content.home import at_home, home, move
from img_pathway.dialogue.bot import Bot
from img_pathway.serve.content_memory import bot_of, remembered
from img_pathway.serve.releases import MODEL, Releases, live_release
from img_pathway.serve.settings import Settings, default_root
from img_pathway.watching import metrics

_LOG = logging.getLogger(__name__)
_LOOK_SECONDS = 1


def live_bot() -> Bot:
    """The bot over the content that this process answers with, for today."""
    return bot_of(home())


def follow(app: Any) -> None:
    """Look for a new release from now on, where the server was started for that; `app` holds Rasa's agent."""
    if os.environ.get("IMG_PATHWAY_FOLLOW") and not hasattr(app.ctx, "following"):
        app.ctx.following = asyncio.get_running_loop().create_task(_follow(app))


async def _follow(app: Any) -> None:
    releases, refused = Releases(Settings(default_root())), None
    while True:
        await asyncio.sleep(_LOOK_SECONDS)
        try:
            wanted = releases.live()
            if wanted and wanted not in (live_release(), refused):
                # Not tried again and again: loading is heavy, and people are being answered.
                refused = wanted
                await _change(app, releases.folder(wanted))
                metrics.show_release(wanted)
                _LOG.info("Release %s is live.", wanted)
        except Exception:
            _LOG.exception("The published release could not be loaded; release %s goes on.", live_release())


async def _change(app: Any, folder: Path) -> None:
    # In a thread, and with its own content, while this process goes on answering with the old one.
    agent = await asyncio.to_thread(_load, app.ctx.agent, folder)
    app.ctx.agent = agent
    move(folder)


def _load(old: Agent, folder: Path) -> Agent:
    with at_home(folder):
        remembered(folder)
        return Agent.load(
            folder / MODEL,
            # Until the model is loaded, the store is used by the old one.
            domain=old.domain,
            tracker_store=Keeping(sql_store(old.tracker_store), old.domain),
            lock_store=old.lock_store,
            action_endpoint=old.action_endpoint,
        )
