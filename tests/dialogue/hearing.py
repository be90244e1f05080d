"""Messages with hand-made guesses and the evidence of their real words, so that no model and no Rasa is needed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from img_pathway.dialogue.routing import routed
from img_pathway.dialogue.understood import Band, Guess, Understood
from tests.quiz.content import bot

SURE, HALF_SURE, UNSURE = 0.9, 0.5, 0.1


def guessed(
    text: str, *labels: str | tuple[str, float], band: Band = "answer", ours: bool = True, **more: Any
) -> Understood:
    """A message with its guesses, likeliest first; a label alone is a sure guess. The band follows from how sure."""
    guesses = tuple(Guess(label, SURE) if isinstance(label, str) else Guess(*label) for label in labels)
    if band == "decline" or not ours:
        near = SURE if band == "answer" else 0.0
        return Understood(text, declined=guesses, in_scope=UNSURE, near_decline=near, **more)
    return Understood(text, guesses, right=SURE if band == "answer" else UNSURE, **more)


def heard(text: str, *labels: str | tuple[str, float], **more: Any) -> Understood:
    """The same with the evidence of its words, and routed."""
    return routed(bot().messages.read(guessed(text, *labels, **more)))


def several(text: str, *parts: Understood) -> Understood:
    """A message with several questions in it."""
    return replace(heard(text, *(guess.label for guess in parts[0].guesses[:1])), parts=parts)
