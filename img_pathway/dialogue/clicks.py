"""Buttons: a click is a command with ids, such as `stage:graduate`, `faq:eras_photo` or `quiz:change:visa`."""

from __future__ import annotations

import re

from img_pathway.dialogue.labels import ASK, DELETE_DATA, FAQ, NOT_HELPED

HELPED, DID_NOT_HELP = "helped:yes", "helped:no"
DELETE_ALL = "delete:all"
_CLICK = re.compile(r"[a-z0-9_]+(?::[a-z0-9_]+){1,2}\Z")
_LABELS = {HELPED: "thanks", DID_NOT_HELP: NOT_HELPED, DELETE_ALL: DELETE_DATA}
# What stands before the first colon where it is not a question of the quiz, and the intent it means.
_HEADS = {"enquiry": "enquiry_start"}


def is_click(text: str) -> bool:
    """Return whether a message has the form of a button's command."""
    return bool(_CLICK.match(text.strip()))


def label_of(click: str) -> str:
    """Return the label that a command means; what belongs to no other is the quiz's."""
    command = click.strip()
    head, rest, *_ = command.split(":")
    if command in _LABELS:
        return _LABELS[command]
    if head in (ASK, FAQ):
        return f"{head}/{rest}"
    return f"quiz_{rest}" if head == "quiz" else _HEADS.get(head, "quiz_click")
