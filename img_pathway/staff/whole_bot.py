"""The whole bot in one process, to try content before it is published: Rasa with its model, and the actions in it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa_sdk.executor import ActionExecutor

from img_pathway.channels.failures import WatchedEndpoint
from img_pathway.channels.talks import Turn
from img_pathway.channels.turns import Inbound, Turns
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.plain import to_text
from img_pathway.reply import Reply


class _ActionsHere(WatchedEndpoint):
    """Takes the place of the action server."""

    def __init__(self) -> None:
        super().__init__("http://here")
        self._actions = ActionExecutor()
        self._actions.register_package("actions")

    async def request(self, *arguments: Any, **given: Any) -> Any:
        """Run an action as the action server would."""
        return await self._actions.run(given["json"])


@dataclass(frozen=True)
class Answered:
    """What came of a message: the turn, and what the bot said as text."""

    turn: Turn
    said: str


class WholeBot:
    """Talks with a model and the content of IMG_PATHWAY_HOME, as the channels do."""

    def __init__(self, model: Path, database: Path, bot: Bot) -> None:
        """Load the model; conversations are kept in a database of their own."""
        self._bot = bot
        store = SQLTrackerStore(Domain.empty(), dialect="sqlite", db=str(database))
        agent = Agent.load(model, tracker_store=store, action_endpoint=_ActionsHere())
        self._turns = Turns(lambda: agent, lambda: bot)

    async def hear(self, text: str, conversation: str) -> Answered:
        """Say something in a conversation; raises Unavailable."""
        turn = await self._turns.take(Inbound(conversation, uuid.uuid4().hex, text, "trial"))
        said = "\n\n".join(to_text(Reply.from_dict(dict(reply)), self._bot.say) for reply in turn.replies)
        return Answered(turn, said)
