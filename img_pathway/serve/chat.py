"""Talking to the running bot in the terminal."""

from __future__ import annotations

import json
import textwrap
import urllib.error
import urllib.request
import uuid
from typing import Any

_WIDTH = 96
_TIMEOUT_SECONDS = 60


def chat(url: str) -> None:
    """Read lines, send them to the bot, show what it says; a number picks an option. Ends with Ctrl-D."""
    conversation = f"terminal-{uuid.uuid4().hex}"
    options: list[dict[str, str]] = []
    print('Write to the bot. Type the number of an option to pick it; Ctrl-D or "exit" ends the chat.\n')
    while True:
        try:
            line = input("you> ").strip()
        except (EOFError, KeyboardInterrupt):
            print()
            return
        if line.lower() == "exit":
            return
        if not line:
            continue
        if line.isdigit() and 0 < int(line) <= len(options):
            line = options[int(line) - 1]["payload"]
        try:
            messages = send(url, conversation, line)
        except (urllib.error.URLError, OSError) as error:
            print(f"bot> (no answer: {error}. Is the bot running? Start it with: make run)\n")
            continue
        options = [button for message in messages for button in message.get("buttons") or ()]
        _show(messages, options)


def send(url: str, conversation: str, text: str) -> list[dict[str, Any]]:
    """The bot's messages in answer to one message; raises URLError when the bot cannot be reached."""
    body = json.dumps({"sender": conversation, "message": text}).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as response:
        result: list[dict[str, Any]] = json.load(response)
    return result


def _show(messages: list[dict[str, Any]], options: list[dict[str, str]]) -> None:
    if not messages:
        print("bot> (no answer; look at .state/log)\n")
    for message in messages:
        for line in str(message.get("text", "")).splitlines():
            print(textwrap.fill(line, _WIDTH) if line else "")
        print()
    for number, option in enumerate(options, 1):
        print(f"  {number}) {option['title']}")
    if options:
        print()
