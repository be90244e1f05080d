"""Whether the parts that an answer needs are there."""

from __future__ import annotations

import asyncio
import logging

import aiohttp
from rasa.core.agent import Agent

from img_pathway.channels.live import live_bot
from img_pathway.channels.store import ConversationStore, StoreFailed
from img_pathway.dialogue.helping import welcome

_LOG = logging.getLogger(__name__)
_SECONDS = 2


async def health(agent: Agent, store: ConversationStore) -> dict[str, bool]:
    """Content, model, action server and database, each with whether it answers within two seconds."""
    actions, database = await asyncio.gather(_actions(agent), _database(store))
    return {"content": _content(), "model": agent.is_ready(), "actions": actions, "store": database}


def _content() -> bool:
    """Whether something can be said today; reads no file."""
    try:
        return bool(welcome(live_bot()).text)
    except Exception:
        _LOG.exception("The content cannot answer.")
        return False


async def _actions(agent: Agent) -> bool:
    if not agent.action_endpoint or not agent.action_endpoint.url:
        return False
    address = agent.action_endpoint.url.rsplit("/", 1)[0] + "/health"
    try:
        timeout = aiohttp.ClientTimeout(total=_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as client, client.get(address) as response:
            return response.status < 400
    except (aiohttp.ClientError, asyncio.TimeoutError):
        return False


async def _database(store: ConversationStore) -> bool:
    try:
        await asyncio.wait_for(store.ping(), _SECONDS)
    except (StoreFailed, asyncio.TimeoutError):
        return False
    return True
