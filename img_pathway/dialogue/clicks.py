"""Buttons: a click is a message. Some belong to no question of quiz or enquiry, and stand for words of their own."""

from __future__ import annotations

import re

from img_pathway.dialogue.bot import Bot

HELPED, NOT_HELPED = "helped:yes", "helped:no"
DELETE_ALL = "delete:all"
_CLICK = re.compile(r"[a-z0-9_]+:[a-z0-9_]+\Z")


def is_click(text: str) -> bool:
    """Whether a message has the form of a button's payload."""
    return bool(_CLICK.match(text.strip()))


def in_words(bot: Bot) -> dict[str, str]:
    """What people see as said when they clicked, by message."""
    return {
        HELPED: bot.say("helped_yes"),
        NOT_HELPED: bot.say("helped_no"),
        DELETE_ALL: bot.say("delete_option"),
    }
