"""Buttons: a click is a command with ids, such as `stage:graduate`, `faq:eras_photo` or `quiz:change:visa`."""

from __future__ import annotations

import re

from img_pathway.dialogue.labels import ASK, CLICK, DELETE_DATA, ENQUIRY, FAQ, NOT_HELPED, THANKS
from img_pathway.reply import Option

HELPED, DID_NOT_HELP = "helped:yes", "helped:no"
DELETE_ALL = "delete:all"
QUIZ = "quiz"
_COMMAND = re.compile(r"[a-z0-9_]+(?::[a-z0-9_]+){1,2}\Z")
_LABELS = {HELPED: THANKS, DID_NOT_HELP: NOT_HELPED, DELETE_ALL: DELETE_DATA}


def option(label: str, *ids: str) -> Option:
    """Return an option whose command and basis are made of ids."""
    return Option(label, ":".join(ids), "/".join(ids))


def change(label: str, question: str = "") -> Option:
    """Return the option to change an answer of the quiz: that of a question, or whichever."""
    return option(label, QUIZ, "change", *([question] if question else []))


def question_to_change(click: str) -> str:
    """Return the question whose answer a command changes, or the empty string."""
    head, *rest = click.strip().split(":")
    return rest[1] if head == QUIZ and rest[:1] == ["change"] and len(rest) == 2 else ""


def is_click(text: str) -> bool:
    """Return whether a message has the form of a button's command."""
    return bool(_COMMAND.match(text.strip()))


def looked_up(click: str) -> tuple[str, str]:
    """Return attribute and topic of a command that looks something up; empty strings for any other."""
    head, *rest = click.strip().split(":")
    return (rest[0], rest[1]) if head == ASK and len(rest) == 2 else ("", "")


def label_of(click: str) -> str:
    """Return the label that a command means; what belongs to no other is the quiz's."""
    command = click.strip()
    head, rest, *_ = command.split(":")
    if command in _LABELS:
        return _LABELS[command]
    if head in (ASK, FAQ):
        return f"{head}/{rest}"
    if head == QUIZ:
        return f"quiz_{rest}"
    return ENQUIRY if head == "enquiry" else CLICK
