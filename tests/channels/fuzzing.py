"""Requests that no platform would send, or nearly would: random bytes, random JSON, payloads with a part gone wrong."""

from __future__ import annotations

import asyncio
import copy
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from multidict import MultiDict
from twilio.request_validator import RequestValidator

from tests.channels.phones import GOLDEN, filled, sealed
from tests.serving import SECRETS

_CONNECTIONS = 8
_WEB = {"id": "$id", "text": "$text"}
_ODD: tuple[Any, ...] = (
    None, True, 0, -1, 2**63, 1e308, "", " ", "\u0000", "🙂", "/restart", "~", "x" * 3000, "\ud800", [], {}, [[]],
    {"id": {"id": {}}}, ["a", 1, None], "goal:match", "1", "\u0661", "\uff0fstart",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One request to a route."""

    path: str
    headers: dict[str, str]
    body: bytes


def cases(route: str, count: int, seed: int, *, genuine: dict[str, str] | bool) -> Iterator[Case]:
    """Requests to a platform or to the website's channel, signed (or with a token) or not."""
    draw = random.Random(f"{route} {seed} {bool(genuine)}")
    path = "/chat/messages" if route == "web" else f"/webhooks/{route}"
    for number in range(count):
        body = _body(route, draw, number)
        if not genuine:
            yield Case(path, _forged(draw), body)
        elif isinstance(genuine, dict):
            yield Case(path, genuine, body)
        else:
            yield Case(path, _signed(route, body), body)


def _body(route: str, draw: random.Random, number: int) -> bytes:
    kind = draw.random()
    if kind < 0.15:
        return draw.randbytes(draw.randrange(400))
    if kind < 0.3:
        return json.dumps(_random_json(draw, 4)).encode()
    golden = [_WEB] if route == "web" else [p for kind in GOLDEN[route].values() for p in _listed(kind)]
    id_: Any = number if route == "telegram" else f"fuzz-{number:08}"
    sender: Any = 10**9 + number if route == "telegram" else f"+1555{number:07}"
    values = dict.fromkeys(("text", "label", "second", "third"), "hello")
    payload = filled(copy.deepcopy(draw.choice(golden)), {"sender": sender, "id": id_, **values})
    for _ in range(draw.randrange(1, 4)):
        payload = _mutated(payload, draw)
    if route == "twilio":
        body = urlencode(payload if isinstance(payload, dict) else {"Body": payload}, errors="surrogatepass").encode()
    else:
        body = json.dumps(payload).encode()
    return _flipped(body, draw) if draw.random() < 0.2 else body


def _listed(found: Any) -> list[Any]:
    return found if isinstance(found, list) else [found]


def _random_json(draw: random.Random, depth: int) -> Any:
    kind = draw.randrange(4 if depth else 2)
    if kind == 2:
        return [_random_json(draw, depth - 1) for _ in range(draw.randrange(4))]
    if kind == 3:
        names = ("entry", "changes", "value", "messages", "messaging", "message", "update_id", "chat", "id", "text")
        return {draw.choice(names): _random_json(draw, depth - 1) for _ in range(draw.randrange(5))}
    return draw.choice(_ODD)


def _mutated(found: Any, draw: random.Random) -> Any:
    """One part of a payload gone, doubled or replaced, at any depth."""
    if not isinstance(found, (dict, list)) or not found or draw.random() < 0.15:
        return copy.deepcopy(draw.choice(_ODD))
    key = draw.choice(list(found) if isinstance(found, dict) else range(len(found)))
    what = draw.random()
    if what < 0.1:
        del found[key]
    elif what < 0.15 and isinstance(found, list):
        found.extend(copy.deepcopy(found))
    else:
        found[key] = _mutated(found[key], draw)
    return found


def _flipped(body: bytes, draw: random.Random) -> bytes:
    changed = bytearray(body)
    for _ in range(draw.randrange(1, 5)):
        if changed:
            changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed[: draw.randrange(len(changed) + 1)] if draw.random() < 0.3 else changed)


def _forged(draw: random.Random) -> dict[str, str]:
    names = ("X-Hub-Signature-256", "X-Twilio-Signature", "X-Telegram-Bot-Api-Secret-Token", "Authorization", "X-Other")
    values = ("", "sha256=", "sha256=" + "0" * 64, "\xff\xfe", "Bearer x", "Bearer a.b.c", "=", "x" * 2000, "\ud7ff")
    return {draw.choice(names): draw.choice(values) for _ in range(draw.randrange(3))}


def _signed(route: str, body: bytes) -> dict[str, str]:
    if route != "twilio":
        return sealed(route, body)[1]
    form = MultiDict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    validator = RequestValidator(SECRETS["TWILIO_AUTH_TOKEN"])
    return {"X-Twilio-Signature": validator.compute_signature(SECRETS["TWILIO_WEBHOOK_URL"], form)}


def statuses(port: int, requests: Iterator[Case]) -> Counter[int]:
    """Send requests over a few connections; how often each status came back."""
    return asyncio.run(_send_all(port, requests))


async def _send_all(port: int, requests: Iterator[Case]) -> Counter[int]:
    found: Counter[int] = Counter()

    async def work() -> None:
        connection = await asyncio.open_connection("127.0.0.1", port)
        for case in requests:
            status, goes_on = await _send(*connection, case)
            found[status] += 1
            if not goes_on:
                connection[1].close()
                connection = await asyncio.open_connection("127.0.0.1", port)
        connection[1].close()

    await asyncio.gather(*(work() for _ in range(_CONNECTIONS)))
    return found


async def _send(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, case: Case) -> tuple[int, bool]:
    headers = {"Host": "x", "Content-Length": str(len(case.body)), **case.headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    writer.write(f"POST {case.path} HTTP/1.1\r\n{head}\r\n".encode() + case.body)
    answer = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = int(answer.split("content-length: ")[1].split("\r\n")[0]) if "content-length" in answer else 0
    await reader.readexactly(length)
    return int(answer.split(" ", 2)[1]), "connection: close" not in answer
