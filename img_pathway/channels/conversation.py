"""A conversation as people see it: its turns as JSON for the widget, and which option a message of theirs picks."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import Any

from img_pathway.channels.rendering import REFERENCE, referred
from img_pathway.channels.talks import JsonReply, Turn
from img_pathway.knowledge.text import normalize

_NUMBER = re.compile(r"\s*([1-9][0-9]?)\s*[.)]?\s*")


def turn_json(turn: Turn) -> dict[str, Any]:
    """Return what the widget draws of a turn."""
    at = datetime.fromtimestamp(turn.at, timezone.utc).isoformat(timespec="seconds")
    return {"id": turn.id, "text": turn.shown, "at": at, "replies": turn.replies, "took": turn.took}


def meant(text: str, history: list[Turn], welcome: JsonReply) -> str:
    """The payload of the option that a message picks: by reference, number, label or the beginning of one.

    In the quiz a number may be an answer of its own ("2 years"), so that the quiz reads numbers itself.
    """
    if text.startswith(REFERENCE):
        shown = [welcome, *(reply for turn in history for reply in turn.replies)]
        return referred(text, (str(o["payload"]) for reply in reversed(shown) for o in reply["options"])) or text
    replies = history[-1].replies if history else [welcome]
    offering = [reply for reply in replies if reply["options"]]
    if not offering:
        return text
    labels = [(normalize(o["label"]), str(o["payload"])) for o in offering[-1]["options"]]
    number = _NUMBER.fullmatch(text)
    if number and not offering[-1]["progress"]:
        return dict(enumerate((payload for _, payload in labels), 1)).get(int(number[1]), text)
    words = normalize(text)
    exact = [payload for label, payload in labels if label == words]
    begun = [payload for label, payload in labels if len(words.split()) > 1 and label.startswith(words + " ")]
    return next((found[0] for found in (exact, begun) if len(found) == 1), text)
