"""Takes messages: in order within a conversation, each answered once, and never lost in silence."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.shared.core.domain import Domain
from structlog.contextvars import bound_contextvars

from img_pathway.channels import door
from img_pathway.channels.account import account
from img_pathway.channels.beside import beside
from img_pathway.channels.conversation import meant
from img_pathway.channels.failures import noticing
from img_pathway.channels.fairness import Bound, Places
from img_pathway.channels.keeping import NotKept, turn_context, watch
from img_pathway.channels.lines import Lines
from img_pathway.channels.rendering import REFERENCE
from img_pathway.channels.store import ConversationStore, StoreFailed, sql_store
from img_pathway.channels.talks import JsonReply, Turn, TurnReader, turns_of
from img_pathway.channels.together import together
from img_pathway.channels.window import TURNS
from img_pathway.channels.wording import as_text
from img_pathway.database.tombstones import Deleted
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.click_words import in_words
from img_pathway.dialogue.clicks import DELETE_ALL
from img_pathway.dialogue.deleting import deleted, not_deleted
from img_pathway.dialogue.helping import welcome
from img_pathway.serve.releases import live_release
from img_pathway.watching import metrics

_LOG = logging.getLogger(__name__)
# With more turns at once none is done sooner; with fewer, an action that hangs holds up people of other conversations.
_AT_ONCE = 4
# One address has so many of these places, so that others find one; people who share it wait for each other a little.
_AT_ONCE_EACH = 2
# So many messages of one address are worked on or wait. More would not be answered in time.
_WAITING_EACH = 30
# Turns that are looked through for an option that is named by a reference.
_REFERENCES_BACK = 50
# Events of a transcript that are read at once.
_PAGE_EVENTS = 400
_places: WeakKeyDictionary[asyncio.AbstractEventLoop, Places] = WeakKeyDictionary()
_waiting = Bound(_WAITING_EACH)


class Unavailable(Exception):
    """The bot could not work on a message; nothing of it was kept, and it may be sent again."""


class Silent(OutputChannel):
    """Replies are read from the conversation, so that an answer and its repetition are the same."""

    @classmethod
    def name(cls) -> str:
        """Rasa asks for one."""
        return "silent"

    async def send_response(self, recipient_id: str, message: dict[str, object]) -> None:
        """Nothing is sent from here."""


@dataclass(frozen=True)
class Inbound:
    """A message of a person; `id` is the client's own, by which a repetition is known."""

    conversation: str
    id: str
    text: str
    channel: str
    address: str = ""
    """Where it came from, as limits count it; empty where a platform passes it on."""
    in_session: bool = False
    """Whether the conversation is over when its session is."""
    at: float = field(default_factory=time.time, compare=False)
    """When it was received, in seconds since the epoch."""
    came: float = field(default_factory=time.perf_counter, compare=False)


class Turns:
    """The turns of all conversations that come to this process, in line with those that come to others."""

    def __init__(self, agent: Callable[[], Agent], bot: Callable[[], Bot]) -> None:
        """Take the running agent, and the bot of the day."""
        self._agent, self._bot = agent, bot
        self._lines = Lines(together())
        self._working: dict[tuple[str, str], asyncio.Task[Turn]] = {}
        self._store: ConversationStore | None = None

    @property
    def store(self) -> ConversationStore:
        """The database of conversations."""
        if self._store is None:
            self._store = ConversationStore(sql_store(self._agent().tracker_store))
        return self._store

    async def take(self, message: Inbound, within: float | None = None) -> Turn:
        """The answer to a message; a repetition gets the first answer, also while it is worked on.

        Raises Unavailable, also where there is none `within` so many seconds: then the work is given up. Who stops
        waiting earlier does not stop it. Raises Deleted where the conversation was deleted after the message came.
        """
        key = (message.conversation, message.id)
        task = self._working.get(key)
        if task is None:
            task = self._working[key] = asyncio.create_task(self._in_turn(message))
            task.add_done_callback(lambda _: self._working.pop(key, None))
        done, _ = await asyncio.wait([task], timeout=within)
        if not done:
            task.cancel()
            _LOG.error("No answer in conversation %s within %s s", message.conversation, within)
        if not done or task.cancelled():
            raise Unavailable
        return task.result()

    async def take_once(self, message: Inbound) -> Turn | None:
        """The answer to a message; None where it was taken before, because who sent it has the answer or will get it.

        Raises Unavailable, or Deleted.
        """
        if (message.conversation, message.id) in self._working:
            return None
        # What is to be deleted has no need to be read.
        if message.text != DELETE_ALL:
            try:
                if await self._answered_before(message, await self._recent(message.conversation)):
                    return None
            except StoreFailed as error:
                raise Unavailable from error
        return await self.take(message)

    async def page(self, conversation: str, size: int, before: int | None) -> tuple[list[Turn], int | None]:
        """The last turns, or those before the end of an earlier page, and where the page before them ends.

        Raises StoreFailed.
        """
        found = await self.store.page(conversation, size, before)
        return self._shown(found.events)[-size:], found.earlier

    async def pages(self, conversation: str) -> AsyncIterator[list[Turn]]:
        """All turns of a conversation, a bounded number at a time; raises StoreFailed."""
        bot, last = self._bot(), 0
        reader = TurnReader(_welcome(bot), partial(in_words, bot))
        while rows := await self.store.after(conversation, last, _PAGE_EVENTS):
            last = rows[-1][0]
            yield list(reader.read(event for _, event in rows))
        yield reader.rest()

    async def forget(self, conversation: str) -> int:
        """Delete a conversation when no message is being worked on; returns how many rows are left."""
        asked = time.time()
        async with self._lines.turn(conversation):
            return await self.store.delete(conversation, asked)

    async def finish(self) -> None:
        """Let what was taken come to its end before the server stops, within a bound."""
        left = await door.finished(self._working.values())
        if left:
            metrics.failed("stopped", left)
            _LOG.error(
                "The server stops before %d messages were answered; whoever sent them may send them again.", left
            )

    def _shown(self, events: list[dict[str, Any]]) -> list[Turn]:
        bot = self._bot()
        return turns_of(events, _welcome(bot), partial(in_words, bot))

    async def _recent(self, conversation: str) -> list[Turn]:
        return self._shown(await self.store.recent(conversation, self._agent().domain or Domain.empty()))

    async def _answered_before(self, message: Inbound, history: list[Turn]) -> Turn | None:
        """The answer to a message that was taken before; `history` holds the last turns."""
        answered = _answered(message, history)
        if answered or len(history) < TURNS:
            return answered
        return _answered(message, self._shown((await self.store.repeated(message.conversation, message.id)).events))

    async def _in_turn(self, message: Inbound) -> Turn:
        with bound_contextvars(conversation=message.conversation, channel=message.channel), metrics.timed("turn"):
            async with AsyncExitStack() as turn:
                who = message.address or message.conversation
                turn.enter_context(_waiting.counted(who))
                with metrics.WAITING.track_inprogress():
                    await turn.enter_async_context(self._lines.turn(message.conversation))
                    await turn.enter_async_context(_place(who))
                with metrics.WORKING.track_inprogress():
                    answer = await self._first_answer(message)
        return answer

    async def _first_answer(self, message: Inbound) -> Turn:
        if message.text == DELETE_ALL:
            return await self._delete(message)
        # Another process may have answered it meanwhile.
        try:
            history = await self._recent(message.conversation)
            answered = await self._answered_before(message, history)
            if message.text.startswith(REFERENCE):
                # It may name an option that was shown longer ago.
                history, _ = await self.page(message.conversation, _REFERENCES_BACK, None)
        except StoreFailed as error:
            raise Unavailable from error
        if answered:
            return answered
        said = meant(message.text, history, _welcome(self._bot()))
        return await (self._delete(message) if said == DELETE_ALL else self._answer(message, said))

    async def _delete(self, message: Inbound) -> Turn:
        """Delete the conversation, and say whether it is gone; this is not kept."""
        try:
            left: int | str = await self.store.delete(message.conversation, message.at)
        except StoreFailed as error:
            left = str(error)
        if left:
            metrics.failed("deletion")
            _LOG.error("Conversation %s could not be deleted: %s left", message.conversation, left)
        else:
            metrics.MESSAGES.labels(message.channel, "deleted").inc()
        reply = not_deleted(self._bot()) if left else deleted(self._bot())
        text = str(in_words(self._bot(), DELETE_ALL))
        return Turn(message.id, message.text, text, time.time(), message.channel, replies=[reply.to_dict()])

    async def _answer(self, message: Inbound, said: str) -> Turn:
        agent = self._agent()
        watch(agent)
        # The actions answer with the content of the release that this agent is of.
        release = {"release": live_release()}
        heard = UserMessage(as_text(said), Silent(), message.conversation, None, message.channel, message.id, release)
        with noticing() as failures, turn_context(message.at, in_session=message.in_session):
            await _handle(agent, heard, failures)
        try:
            answered = _answered(message, await self._recent(message.conversation))
        except StoreFailed as error:
            raise Unavailable from error
        if not answered:
            if not failures:
                metrics.failed("no answer")
            _LOG.error("No answer in conversation %s: %s", message.conversation, ", ".join(failures) or "no events")
            raise Unavailable
        account(answered, self._bot(), time.perf_counter() - message.came)
        return answered


@lru_cache(maxsize=2)
def _welcome(bot: Bot) -> JsonReply:
    return welcome(bot).to_dict()


def _place(who: str) -> AbstractAsyncContextManager[None]:
    """One of the places for turns that are worked on at once, shared by all channels of the process."""
    return _places.setdefault(asyncio.get_running_loop(), Places(_AT_ONCE, _AT_ONCE_EACH)).held(who)


async def _handle(agent: Agent, heard: UserMessage, failures: list[str]) -> None:
    try:
        await beside(agent.handle_message(heard))
    except sa.exc.OperationalError as error:
        # What the database itself says ("disk is full"); it quotes nobody.
        _LOG.error("A message of conversation %s could not be kept: %s", heard.sender_id, error.orig)
        metrics.failed("database")
        failures.append(type(error).__name__)
    except NotKept as error:
        _LOG.warning("A turn of conversation %s was overtaken, or its enquiry's number is taken.", heard.sender_id)
        failures.append(type(error).__name__)
    except Deleted:
        _LOG.info("A message of conversation %s came before its deletion, and is left out.", heard.sender_id)
        raise
    except Exception as error:
        metrics.failed("rasa")
        _LOG.exception("A message of conversation %s could not be worked on.", heard.sender_id)
        failures.append(type(error).__name__)


def _answered(message: Inbound, history: list[Turn]) -> Turn | None:
    return next((turn for turn in reversed(history) if turn.id == message.id), None)
