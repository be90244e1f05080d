"""The channel of the website widget: sessions, messages, history and the widget's own files."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, ResponseStream, stream
from sanic.response import json as as_json

from img_pathway.channels import door, transcript
from img_pathway.channels.addresses import counted_as
from img_pathway.channels.conversation import turn_json
from img_pathway.channels.fairness import Bound
from img_pathway.channels.health import health
from img_pathway.channels.keeping import watch
from img_pathway.channels.live import follow, live_bot
from img_pathway.channels.pages import Page
from img_pathway.channels.rates import Rates
from img_pathway.channels.refusals import Handler, Refused, answering
from img_pathway.channels.site import Site
from img_pathway.channels.talks import Turn
from img_pathway.channels.together import together
from img_pathway.channels.tokens import BadToken, Signer, Token, now, secret_of
from img_pathway.channels.turns import Inbound, Turns, Unavailable
from img_pathway.channels.wording import LONGEST_TEXT, clean, is_too_long
from img_pathway.dialogue.helping import welcome
from img_pathway.serve.releases import live_release
from img_pathway.serve.settings import installation

_MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_EVENT_ID = re.compile(r"[0-9]{1,18}")
_MOST_BYTES = 8 * 1024
# Turns of a history that are drawn at once.
_PAGE = 50
# Transcripts that one address is sent at the same time.
_TRANSCRIPTS_AT_ONCE = 2
# With what is asked of the database before it, an answer or an honest refusal within ten seconds.
_LONGEST_SECONDS = 6
_KINDS = {"text": transcript.as_text, "html": transcript.as_html}


def _found(body: Mapping[str, Any], status: int = 200) -> HTTPResponse:
    return as_json(body, status, {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})


class WebInput(InputChannel):
    """Named in credentials.yml as `img_pathway.channels.web.WebInput`."""

    @classmethod
    def name(cls) -> str:
        """The channel's name in conversations."""
        return "web"

    def url_prefix(self) -> str:
        """All addresses begin at the root, so that a site owner pastes a short one."""
        return "/"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebInput:
        """Read the settings of the channel."""
        return cls(**(credentials or {}))

    def __init__(
        self,
        frame_ancestors: str = "'self' http://localhost:* http://127.0.0.1:*",
        sessions: str = "60/hour",
        messages: str = "40/minute",
        messages_from_address: str = "240/minute",
        reads: str = "240/minute",
        keep_days: int = 180,
    ) -> None:
        """Take the sites that may embed the widget, the limits (credentials.yml says of what), and days to keep."""
        settings = installation()
        self._signer = Signer(secret_of(settings.state))
        self._rates, self._session_limit, self._read_limit = Rates(together()), sessions, reads
        self._message_limit, self._address_limit = messages, messages_from_address
        self._transcripts = Bound(_TRANSCRIPTS_AT_ONCE)
        self._site = Site(settings.root / "widget", frame_ancestors, keep_days)
        self._turns: Turns | None = None

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """All routes of the channel."""
        routes = Blueprint("web")

        @routes.listener("before_server_start")
        async def prepare(app: Any, loop: Any) -> None:
            self._turns = Turns(lambda: app.ctx.agent, live_bot)
            # A file that is missing is missed now.
            self._site.find("/chat/", live_bot().organization)
            follow(app)

        @routes.listener("after_server_start")
        async def keep(app: Any, loop: Any) -> None:
            # Before the first message, whatever connector it comes by: what was agreed to is kept with the turn.
            watch(app.ctx.agent)

        @routes.listener("before_server_stop")
        async def finish(app: Any, loop: Any) -> None:
            await self._ready.finish()

        handlers: dict[str, tuple[str, Handler]] = {
            "/chat/sessions": ("POST", self.session),
            "/chat/sessions/refresh": ("POST", self.refresh),
            "/chat/messages": ("POST", self.message),
            "/chat/history": ("GET", self.history),
            "/chat/transcript": ("GET", self.transcript),
            "/chat/session": ("DELETE", self.delete),
            "/chat/health": ("GET", self.health),
            "/widget.js": ("GET", self.file),
            "/chat/": ("GET", self.file),
            "/chat/assets/<file:str>": ("GET", self.file),
            "/demo/": ("GET", self.file),
            "/demo/<file:str>": ("GET", self.file),
        }
        for address, (method, handler) in handlers.items():
            routes.add_route(answering(handler), address, [method], name=address.strip("/").replace("/", "_"))
        return routes

    # Conversations

    async def session(self, request: Request) -> HTTPResponse:
        """Begin a conversation; the id is ours, the client only carries the token."""
        door.enter()
        await self._rates.spend(self._session_limit, f"session {_address(request)}")
        conversation = f"web-{uuid.uuid4().hex}"
        await self._ready.store.begin(conversation, self.name())
        return _found({**self._handed_out(conversation), "welcome": self._welcome, "history": []}, 201)

    async def refresh(self, request: Request) -> HTTPResponse:
        """A new token for the same conversation."""
        return _found(self._handed_out(await self._read(request)))

    async def message(self, request: Request) -> HTTPResponse:
        """Take a message and answer it."""
        door.enter()
        conversation = await self._conversation(request)
        body = _body(request)
        message_id, said = body.get("id"), body.get("text")
        if not isinstance(message_id, str) or not _MESSAGE_ID.fullmatch(message_id):
            raise Refused(400, "bad_request", "`id` must be 8 to 64 letters, digits, - or _.")
        if not isinstance(said, str) or not clean(said):
            raise Refused(400, "bad_request", "`text` must be a text that is not empty.")
        if is_too_long(said):
            raise Refused(413, "too_long", f"Please send it in shorter messages, up to {LONGEST_TEXT} characters.")
        # In this order, so that one who is too fast uses up nothing of those who share the address.
        await self._rates.spend(self._message_limit, f"message {conversation}")
        address = _address(request)
        await self._rates.spend(self._address_limit, f"messages {address}")
        inbound = Inbound(conversation, message_id, said, self.name(), address, in_session=True)
        return _found(turn_json(await self._ready.take(inbound, _LONGEST_SECONDS)))

    async def history(self, request: Request) -> HTTPResponse:
        """What was said last, to draw it again; `earlier` is asked for as `before` to get what was said before."""
        before = request.args.get("before")
        if before is not None and not _EVENT_ID.fullmatch(before):
            raise Refused(400, "bad_request", "`before` must be what an answer named as `earlier`.")
        conversation = await self._read(request)
        found, earlier = await self._ready.page(conversation, _PAGE, None if before is None else int(before))
        shown = [turn_json(turn) for turn in found]
        return _found({"welcome": self._welcome, "history": shown, "earlier": earlier})

    async def transcript(self, request: Request) -> ResponseStream:
        """The whole conversation as a file, sent page by page; what fails after the first one ends the connection."""
        kind = request.args.get("format", "text")
        if kind not in _KINDS:
            raise Refused(400, "bad_request", "`format` must be text or html.")
        conversation, address = await self._read(request), _address(request)
        with self._transcripts.counted(address):
            pages = self._ready.pages(conversation)
            # A database that does not answer is told of while it still can be.
            first = await anext(pages)
        ending = {"text": "txt"}.get(kind, kind)
        headers = {
            "Content-Disposition": f'attachment; filename="conversation.{ending}"',
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
            "Cache-Control": "no-store",
        }
        content_type = f"text/{'plain' if kind == 'text' else kind}; charset=utf-8"

        async def send(response: Any) -> None:
            with self._transcripts.counted(address):
                async for piece in _KINDS[kind](live_bot(), _after(first, pages)):
                    await response.write(piece)

        return stream(send, headers=headers, content_type=content_type)

    async def delete(self, request: Request) -> HTTPResponse:
        """Remove a conversation for good, and look whether it is gone."""
        left = await self._ready.forget(await self._read(request))
        if left:
            raise Unavailable
        return _found({"deleted": True})

    async def health(self, request: Request) -> HTTPResponse:
        """Whether all parts that an answer needs are there; without Redis there are answers all the same."""
        parts = await health(request.app.ctx.agent, self._ready.store)
        # Closed or not: who asks wants to know whether this server can answer.
        is_well = all(parts.values()) and not door.is_stopping()
        body = {
            "ok": is_well,
            "parts": parts,
            "redis": await together().state(),
            "release": live_release(),
            "closed": door.closed_since() is not None,
        }
        return _found(body, 200 if is_well else 503)

    # Files

    async def file(self, request: Request, file: str = "") -> HTTPResponse:
        """A file of the widget or of the demonstration."""
        found: Page | None = self._site.find(request.path, live_bot().organization)
        if not found:
            raise Refused(404, "not_found", "There is nothing at this address.")
        given = request.headers
        status, body, headers = found.answer(given.get("accept-encoding", ""), given.get("if-none-match", ""))
        return HTTPResponse(body, status, headers)

    # What they share

    @property
    def _welcome(self) -> dict[str, Any]:
        return welcome(live_bot()).to_dict()

    @property
    def _ready(self) -> Turns:
        if self._turns is None:
            raise Unavailable
        return self._turns

    def _handed_out(self, conversation: str) -> dict[str, str]:
        token: Token = self._signer.sign(conversation, now())
        return {"token": token.text, "expires_at": token.expires.isoformat()}

    async def _read(self, request: Request) -> str:
        """The conversation of a request that is no message; raises BadToken and TooMany."""
        await self._rates.spend(self._read_limit, f"read {_address(request)}")
        return await self._conversation(request)

    async def _conversation(self, request: Request) -> str:
        """The conversation that the request's token is for; raises BadToken."""
        given = request.headers.get("authorization", "")
        if not given.startswith("Bearer "):
            raise BadToken("no_token")
        conversation = self._signer.read(given.removeprefix("Bearer "))
        if not await self._ready.store.knows(conversation):
            raise BadToken("bad_token")
        return conversation


async def _after(first: list[Turn], pages: transcript.Pages) -> transcript.Pages:
    yield first
    async for page in pages:
        yield page


def _address(request: Request) -> str:
    # Behind a proxy (SANIC_PROXIES_COUNT) the address that the proxy names.
    return counted_as(str(request.remote_addr or request.ip))


def _body(request: Request) -> dict[str, Any]:
    if len(request.body) > _MOST_BYTES:
        raise Refused(413, "too_large", "That is too much for one message.")
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise Refused(400, "bad_request", "The request must be a JSON object.")
    return body
