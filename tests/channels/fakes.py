"""A stand-in for the four platforms: takes what their documentation allows, refuses the rest, and keeps all of it.

Its limits are written down here once more, on purpose: a test of a table against itself would prove nothing.
"""

from __future__ import annotations

import asyncio
import base64
import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.serving import PATIENCE_SECONDS, SECRETS


@dataclass(frozen=True)
class Taken:
    """A message that a platform took; options are pairs of label and payload."""

    platform: str
    to: str
    text: str
    options: tuple[tuple[str, str], ...] = ()
    at: float = field(default_factory=time.monotonic, compare=False)


@dataclass(frozen=True)
class Fault:
    """What a platform does instead of taking a message; `seconds` pass first, and status 0 hangs up then.

    With `takes`, the message is taken nevertheless: its sender only does not learn of it.
    """

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    takes: bool = False


class Refused(Exception):
    """What a platform says to a request that breaks its rules."""

    def __init__(self, why: str, status: int = 400) -> None:
        super().__init__(why)
        self.status = status


def must(holds: object, why: str, status: int = 400) -> None:
    if not holds:
        raise Refused(why, status)


def units(text: str) -> int:
    """The strictest way in which a platform may count: UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def check_text(text: Any, most: int) -> str:
    must(isinstance(text, str) and text.strip(), "the text is empty")
    must(units(text) <= most, f"the text has {units(text)} characters, {most} are allowed")
    return str(text)


def check_options(options: list[tuple[Any, Any]], most: int, label: int, payload: int) -> tuple[tuple[str, str], ...]:
    must(1 <= len(options) <= most, f"{len(options)} options, 1 to {most} are allowed")
    for title, value in options:
        must(isinstance(title, str) and title.strip(), "a label is empty")
        must(units(title) <= label, f"a label of {units(title)}, {label} are allowed: {title}")
        must(isinstance(value, str) and value.strip() == value and value, "a payload is empty or has spaces around it")
        must(len(value.encode()) <= payload, f"a payload of {len(value.encode())} bytes, {payload} are allowed")
    return tuple(options)


def check_distinct(options: tuple[tuple[str, str], ...]) -> None:
    must(len({title for title, _ in options}) == len(options), "two options have one label")
    must(len({value for _, value in options}) == len(options), "two options have one payload")


def whatsapp(body: dict[str, Any], headers: Any) -> Taken:
    must(headers.get("Authorization") == f"Bearer {SECRETS['WHATSAPP_TOKEN']}", "bad token", 401)
    must(body.get("messaging_product") == "whatsapp" and body.get("recipient_type") == "individual", "no product")
    if body["type"] == "text":
        return Taken("whatsapp", body["to"], check_text(body["text"]["body"], 4096))
    interactive = body["interactive"]
    text, action = check_text(interactive["body"]["text"], 1024), interactive["action"]
    if interactive["type"] == "button":
        replies = [(b["reply"]["title"], b["reply"]["id"]) for b in action["buttons"] if b["type"] == "reply"]
        options = check_options(replies, 3, 20, 256)
    else:
        must(interactive["type"] == "list", "neither buttons nor a list")
        check_text(action["button"], 20)
        must(len(action["sections"]) == 1, "a section without a title must be the only one")
        rows = [(row["title"], row["id"]) for row in action["sections"][0]["rows"]]
        options = check_options(rows, 10, 24, 200)
    check_distinct(options)
    return Taken("whatsapp", body["to"], text, options)


def messenger(body: dict[str, Any], headers: Any) -> Taken:
    must(headers.get("Authorization") == f"Bearer {SECRETS['MESSENGER_PAGE_TOKEN']}", "bad token", 401)
    must(body.get("messaging_type") == "RESPONSE", "no messaging_type")
    message = body["message"]
    text, replies = check_text(message["text"], 2000), message.get("quick_replies")
    options: tuple[tuple[str, str], ...] = ()
    if replies is not None:
        must(all(reply["content_type"] == "text" for reply in replies), "content_type")
        options = check_options([(reply["title"], reply["payload"]) for reply in replies], 13, 20, 1000)
    return Taken("messenger", body["recipient"]["id"], text, options)


def telegram(body: dict[str, Any]) -> Taken:
    text, options = check_text(body["text"], 4096), ()
    if "reply_markup" in body:
        rows = body["reply_markup"]["inline_keyboard"]
        must(all(len(row) <= 8 for row in rows), "more than eight buttons in a row")
        buttons = [(button["text"], button["callback_data"]) for row in rows for button in row]
        options = check_options(buttons, 100, 64, 64)
    return Taken("telegram", str(body["chat_id"]), text, options)


def twilio(form: dict[str, Any], headers: Any) -> Taken:
    known = f"{SECRETS['TWILIO_ACCOUNT_SID']}:{SECRETS['TWILIO_AUTH_TOKEN']}"
    must(headers.get("Authorization") == f"Basic {base64.b64encode(known.encode()).decode()}", "bad token", 401)
    must(form.get("From") == "+15550100001", "a number that is not ours")
    return Taken("twilio", form["To"], check_text(form.get("Body"), 1600))


class Platforms:
    """The four platforms on a loopback port, in a thread."""

    def __init__(self) -> None:
        self.patience: float = PATIENCE_SECONDS
        self.refused: list[str] = []
        self.acknowledged: list[str] = []
        self.attempts: list[float] = []
        self._taken: dict[str, list[Taken]] = defaultdict(list)
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._lock = threading.RLock()
        # One for each person: with hundreds at once, waking all of them for each message holds up this platform.
        self._changed: dict[str, threading.Condition] = defaultdict(lambda: threading.Condition(self._lock))
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(PATIENCE_SECONDS)

    # What tests look at

    def to(self, person: str) -> list[Taken]:
        """All that was sent to a person, in order."""
        with self._lock:
            return list(self._taken[person])

    def wait(self, person: str, holds: Callable[[], bool]) -> bool:
        """Whether something becomes true within a bound, looked at whenever a request for the person came."""
        with self._lock:
            return self._changed[person].wait_for(holds, self.patience)

    def fails(self, person: str, *faults: Fault) -> None:
        """The next requests for a person meet these faults, one each."""
        self._faults[person].extend(faults)

    def is_due(self, person: str) -> bool:
        """Whether faults for a person are left."""
        return bool(self._faults[person])

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE_SECONDS)

    # What the bot talks to

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        app = web.Application()
        app.router.add_post("/v25.0/me/messages", self._messenger)
        app.router.add_post("/v25.0/{number}/messages", self._whatsapp)
        app.router.add_post("/bot{token}/{method}", self._telegram)
        app.router.add_post("/2010-04-01/Accounts/{account}/Messages.json", self._twilio)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        self._loop.run_until_complete(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", 0)
        self._loop.run_until_complete(site.start())
        self.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())

    async def _whatsapp(self, request: web.Request) -> web.Response:
        if request.match_info["number"] != SECRETS["WHATSAPP_PHONE_NUMBER_ID"]:
            return self._refuse(Refused("a number that is not ours", 404))
        body = await request.json()
        return await self._take(str(body.get("to")), lambda: whatsapp(body, request.headers))

    async def _messenger(self, request: web.Request) -> web.Response:
        body = await request.json()
        return await self._take(str(body["recipient"]["id"]), lambda: messenger(body, request.headers))

    async def _telegram(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != SECRETS["TELEGRAM_TOKEN"]:
            return self._refuse(Refused("bad token", 401))
        body = await request.json()
        if request.match_info["method"] == "answerCallbackQuery":
            self.acknowledged.append(body["callback_query_id"])
            return web.json_response({"ok": True, "result": True})
        return await self._take(str(body.get("chat_id")), lambda: telegram(body))

    async def _twilio(self, request: web.Request) -> web.Response:
        form = dict(await request.post())
        return await self._take(str(form.get("To")), lambda: twilio(form, request.headers))

    async def _take(self, person: str, read: Callable[[], Taken]) -> web.Response:
        self.attempts.append(time.monotonic())
        with self._lock:
            fault = self._faults[person].popleft() if self._faults[person] else None
            self._changed[person].notify_all()
        if fault:
            await asyncio.sleep(fault.seconds)
            if not fault.takes:
                return self._fail(fault)
        try:
            taken = read()
        except (KeyError, TypeError, AttributeError, IndexError) as error:
            return self._refuse(Refused(f"not the form of a request: {error!r}"))
        except Refused as error:
            return self._refuse(error)
        with self._lock:
            self._taken[taken.to].append(taken)
            self._changed[taken.to].notify_all()
        return self._fail(fault) if fault else web.json_response({"ok": True})

    def _fail(self, fault: Fault) -> web.Response:
        if not fault.status:
            # The server takes this for a connection that is gone, and closes it without an answer.
            raise asyncio.CancelledError
        return web.Response(
            status=fault.status, headers=fault.headers, text=json.dumps(fault.body), content_type="application/json"
        )

    def _refuse(self, error: Refused) -> web.Response:
        self.refused.append(str(error))
        return web.json_response({"error": {"message": str(error)}}, status=error.status)
