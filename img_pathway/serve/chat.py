"""Talking to the running bot in the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from img_pathway.dialogue.phrases import Phrasebook
from img_pathway.dialogue.plain import to_text
from img_pathway.reply import Reply
from img_pathway.serve.client import Client, NoAnswer
from img_pathway.serve.settings import Settings

_WIDTH = 96


def chat(settings: Settings) -> int:
    """Read lines, send them to the bot, show what it says; returns the exit status. Ends with Ctrl-D."""
    say = Phrasebook(settings.data / "phrases.yml")
    try:
        client = Client(settings.address)
    except NoAnswer as error:
        print(error)
        return 1
    print('Write to the bot. The number of an option picks it; Ctrl-D or "exit" ends the chat.\n')
    _show([client.welcome], say)
    while True:
        try:
            line = input("you> ").strip()
        except (EOFError, KeyboardInterrupt):
            print()
            return 0
        if line.lower() == "exit":
            return 0
        if not line:
            continue
        try:
            _show(client.say(line), say)
        except NoAnswer as error:
            print(f"{error}\n")


def _show(replies: Iterable[Reply], say: Phrasebook) -> None:
    for reply in replies:
        for line in to_text(reply, say, numbered=True).splitlines():
            print(textwrap.fill(line, _WIDTH) if line else "")
        print()
