"""What actions read in Rasa's events: whether a message was answered, what it is an answer to, what was offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from img_pathway.dialogue.labels import NOT_HELPED
from img_pathway.dialogue.understood import Understood

_FORM_STEPS = ("quiz_form", "action_listen", "action_extract_slots")

Events = Sequence[Mapping[str, Any]]


def was_answered(events: Events) -> bool:
    """Return whether another action has dealt with the message, and the form is only coming back to its question."""
    for event in reversed(events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "action" and event.get("name") not in _FORM_STEPS:
            return True
    return False


def offered_before(events: Events) -> frozenset[str]:
    """Return the commands of the options in the answer to the message before this one."""
    asked = [place for place, event in enumerate(events) if event.get("event") == "user"][-2:]
    between = events[asked[0] : asked[-1]] if asked else ()
    replies = [(e.get("metadata") or {}).get("reply") for e in between if e.get("event") == "bot"]
    return frozenset(str(option["payload"]) for reply in replies if reply for option in reply["options"])


def answered_before(events: Events) -> Understood:
    """Return the last message before this one that does not itself say that an answer did not help."""
    for event in list(reversed([event for event in events if event.get("event") == "user"]))[1:]:
        parsed = event.get("parse_data") or {}
        heard = Understood.from_dict(str(event.get("text") or ""), parsed.get("understood") or {})
        if heard.label != NOT_HELPED:
            return heard
    return Understood("")
