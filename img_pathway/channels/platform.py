"""What all messaging platforms share: genuine, small, acknowledged at once, answered once, in order, within limits."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import os
import time
from abc import abstractmethod
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, text

from img_pathway.channels import door
from img_pathway.channels.delivery import Call, Delivery
from img_pathway.channels.inbox import Inbox
from img_pathway.channels.lines import Lines
from img_pathway.channels.live import follow, live_bot
from img_pathway.channels.rates import Rates, TooMany
from img_pathway.channels.rendering import Outgoing, render
from img_pathway.channels.seen import Seen
from img_pathway.channels.together import together
from img_pathway.channels.tokens import secret_of
from img_pathway.channels.turns import Inbound, Turns, Unavailable
from img_pathway.channels.wording import LONGEST_TEXT, clean, is_too_long
from img_pathway.database.connect import database_url
from img_pathway.database.tombstones import Deleted
from img_pathway.dialogue.helping import closed, menu
from img_pathway.reply import Reply
from img_pathway.serve.settings import installation
from img_pathway.watching import metrics

_LOG = logging.getLogger(__name__)
_MOST_BYTES = 256 * 1024
_LOOK_SECONDS = 2.0


@dataclass(frozen=True)
class Received:
    """A message from a platform; `text` is None for what is no text, `to` is where the answer goes."""

    id: str
    sender: str
    text: str | None
    to: dict[str, Any]
    callback: str | None = None
    """What a click wants to be acknowledged by."""
    at: float = field(default_factory=time.time, compare=False)
    """When it was received, in seconds since the epoch; a server that answers it for another one knows it too."""

    @property
    def name(self) -> str:
        """What tells it from all others of the platform."""
        return f"{self.sender} {self.id}"


class PlatformInput(InputChannel):
    """A platform's webhook. Subclasses say how it signs, what it sends, and what it wants to be sent."""

    platform: ClassVar[str]
    title: ClassVar[str]
    secrets: ClassVar[tuple[str, ...]]
    """Environment variables without which the channel is off."""
    api: ClassVar[str]
    # What people may type with a slash and mean; anything else that begins with one is text.
    greetings: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def name(cls) -> str:
        """The channel's name in conversations and in its address, /webhooks/<name>."""
        return cls.platform

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> PlatformInput:
        """Read the settings of the channel; secrets come from the environment alone."""
        return cls(**(credentials or {}))

    def __init__(self, api_base_url: str | None = None, messages: str = "40/minute", first_pause: float = 1.0) -> None:
        """Take the platform's address, messages a conversation, and the first pause after a failed sending."""
        settings = installation()
        self._key = secret_of(settings.state).encode()
        self._rates, self._limit = Rates(together()), messages
        self._base, self._first_pause = (api_base_url or self.api).rstrip("/"), first_pause
        self._lines, self._seen = Lines(together()), Seen(together())
        database = hashlib.sha256(str(database_url(settings.root)).encode()).hexdigest()[:16]
        self._inbox = Inbox(settings.state / "inbox" / database, self.platform)
        self._tasks: set[asyncio.Task[None]] = set()
        self._turns: Turns | None = None
        self._delivery: Delivery | None = None
        self._heir: asyncio.Task[None] | None = None

    # What a platform is

    @abstractmethod
    def delivery(self, base: str, first_pause: float) -> Delivery:
        """How requests to the platform are authorized."""

    @abstractmethod
    def is_genuine(self, request: Request) -> bool:
        """Whether the platform has signed the request."""

    @abstractmethod
    def read(self, request: Request) -> Iterable[Received]:
        """The messages in a genuine request; nothing for what is none of them."""

    @abstractmethod
    def call(self, received: Received, message: Outgoing) -> Call:
        """The request that sends a message."""

    def acknowledgement(self, received: Received) -> Call | None:
        """The request that a click wants at once."""
        return None

    def verify(self, request: Request) -> HTTPResponse:
        """Answer the platform's question whether this is the right address."""
        return empty(404)

    def taken(self) -> HTTPResponse:
        """What tells the platform that a request was taken."""
        return empty(200)

    # What all do

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The webhook; no route at all where a secret is missing."""
        routes = Blueprint(self.platform)
        missing = [name for name in self.secrets if not os.environ.get(name)]
        if missing:
            _LOG.warning("%s is off: set %s in the environment (docs/channels.md).", self.title, ", ".join(missing))
            return routes

        async def prepare(app: Any, loop: Any) -> None:
            self._turns = Turns(lambda: app.ctx.agent, live_bot)
            follow(app)
            self._delivery = self.delivery(self._base, self._first_pause)

        async def inherit(app: Any, loop: Any) -> None:
            self._heir = asyncio.create_task(self._take_over())

        async def finish(app: Any, loop: Any) -> None:
            if self._heir:
                self._heir.cancel()
            await door.finished(self._tasks)
            self._inbox.close()
            if self._turns:
                await self._turns.finish()
            if self._delivery:
                await self._delivery.close()

        async def verify(request: Request) -> HTTPResponse:
            return self.verify(request)

        async def receive(request: Request) -> HTTPResponse:
            return self.receive(request)

        routes.listener("before_server_start")(prepare)
        routes.listener("after_server_start")(inherit)
        routes.listener("before_server_stop")(finish)
        routes.add_route(verify, "/", ["GET"], name="verify")
        routes.add_route(receive, "/", ["POST"], name="receive")
        return routes

    def receive(self, request: Request) -> HTTPResponse:
        """Take a request: genuine, not too large; it is acknowledged now and answered in the background."""
        if len(request.body) > _MOST_BYTES:
            return text("too large", 413)
        if not self.is_genuine(request):
            return text("bad signature", 403)
        if door.is_stopping():
            # The platform sends it again, to another server or to the next one.
            return text("stopping", 503, {"Retry-After": "5"})
        for received in self.read(request):
            if self._seen.is_new(received.name):
                self._inbox.take(received.name, asdict(received))
                self._begin(received)
        return self.taken()

    async def _take_over(self) -> None:
        """Answer what servers that are gone had acknowledged; platforms do not send that again."""
        while True:
            try:
                for left in self._inbox.left():
                    _LOG.warning("A message over %s that a server did not answer is answered now.", self.title)
                    self._seen.is_new(left.name)
                    self._begin(Received(**left.message), left.sent)
            except Exception:
                _LOG.exception("What servers of %s did not answer cannot be read.", self.title)
            await asyncio.sleep(_LOOK_SECONDS)

    def _begin(self, received: Received, sent: int | None = None) -> None:
        """Work on a message in the background; `sent` says how much of its answer a server that is gone has sent."""
        task = asyncio.create_task(self._serve(received, sent))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, received: Received, sent: int | None) -> None:
        # A number or an address of a person must not stand in the database's keys, nor in the log.
        key = hmac.new(self._key, f"{self.platform}:{received.sender}".encode(), hashlib.sha256).hexdigest()
        conversation = f"{self.platform}-{key[:32]}"
        try:
            await asyncio.gather(self._acknowledge(received, conversation), self._answer(received, conversation, sent))
        except asyncio.CancelledError:
            told = "A message of conversation %s was not answered before the server stopped; the next one does it."
            _LOG.error(told, conversation)
            raise
        except Exception:
            _LOG.exception("A message of conversation %s was not answered.", conversation)
        self._inbox.done(received.name)

    async def _acknowledge(self, received: Received, conversation: str) -> None:
        assert self._delivery is not None, "a request was taken before the server was ready"
        acknowledgement = self.acknowledgement(received)
        if acknowledgement:
            await self._delivery.send(acknowledgement, conversation)

    async def _answer(self, received: Received, conversation: str, sent: int | None) -> None:
        assert self._delivery is not None, "a request was taken before the server was ready"
        # Waiting in line, a conversation's answers are sent in the order of its messages.
        async with self._lines.turn(conversation):
            is_new = await self._seen.is_new_to_all(f"{conversation}:{received.id}")
            # What another server left had been begun.
            if not is_new and sent is None:
                return
            replies = await self._replies(received, conversation, is_left=sent is not None)
            messages = render(replies, self.platform, live_bot().say)
            for number, message in enumerate(messages[sent or 0 :], (sent or 0) + 1):
                if not await self._delivery.send(self.call(received, message), conversation):
                    return
                self._inbox.sent(received.name, number)

    async def _replies(self, received: Received, conversation: str, *, is_left: bool) -> list[Reply]:
        assert self._turns is not None, "a request was taken before the server was ready"
        said = clean(received.text or "")
        since = door.closed_since()
        if since is not None:
            metrics.REFUSALS.labels(self.platform, "closed").inc()
            told = f"{conversation}:closed {since}"
            # Not at each of their messages.
            is_first = self._seen.is_new(told) and await self._seen.is_new_to_all(told)
            return [closed(live_bot())] if is_first else []
        try:
            await self._rates.spend(self._limit, conversation)
            reply = self._without_rasa(received, said)
            if reply:
                return [reply]
            # What a server that is gone had answered already is still to be sent.
            inbound = Inbound(conversation, received.id, said or "?", self.platform, at=received.at)
            turn = await (self._turns.take(inbound) if is_left else self._turns.take_once(inbound))
        except Deleted:
            # The person has been told since that all is deleted.
            turn = None
        except TooMany as error:
            metrics.REFUSALS.labels(self.platform, "too_many").inc()
            _LOG.warning("Conversation %s is too fast: %s", conversation, error)
            return []
        except Exception as error:
            if not isinstance(error, Unavailable):
                _LOG.exception("A message of conversation %s could not be worked on.", conversation)
            return [Reply(text=(live_bot().say("unavailable"),))]
        if turn and not turn.replies:
            _LOG.error("Nothing was said to a message of conversation %s.", conversation)
            return [Reply(text=(live_bot().say("unavailable"),))]
        return [Reply.from_dict(reply) for reply in turn.replies] if turn else []

    def _without_rasa(self, received: Received, said: str) -> Reply | None:
        """The answer to what is no text, no question, or too much."""
        if received.text is None:
            return Reply(text=(live_bot().say("text_only"),))
        if said.lower() in self.greetings:
            return menu(live_bot())
        if is_too_long(said):
            return Reply(text=(live_bot().say("too_long", limit=LONGEST_TEXT),))
        return None


def json_of(request: Request) -> Any:
    """The JSON of a request; None where it is none."""
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        return None


def each(found: Any, *path: str) -> Iterator[dict[str, Any]]:
    """The objects at the end of a path of lists in JSON, whatever shape the JSON has."""
    if not path:
        if isinstance(found, dict):
            yield found
        return
    inner = found.get(path[0]) if isinstance(found, dict) else None
    for item in inner if isinstance(inner, list) else [inner]:
        yield from each(item, *path[1:])


def word(found: Any, *path: str) -> str | None:
    """The text or number at the end of a path in JSON; None where there is none."""
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    if isinstance(found, bool) or not isinstance(found, (str, int)):
        return None
    # JSON may hold halves of characters, which no database and no platform takes.
    return str(found).encode("utf-8", "replace").decode()
