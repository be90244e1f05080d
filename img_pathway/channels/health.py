"""Whether the parts that an answer needs are there."""

from __future__ import annotations

import asyncio

import aiohttp
from rasa.core.agent import Agent

from img_pathway.channels.store import ConversationStore, StoreFailed

_SECONDS = 2


async def health(agent: Agent, store: ConversationStore) -> dict[str, bool]:
    """The model, the action server and the database, each with whether it answers within two seconds."""
    actions, database = await asyncio.gather(_actions(agent), _database(store))
    return {"model": agent.is_ready(), "actions": actions, "store": database}


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
