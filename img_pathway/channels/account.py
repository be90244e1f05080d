"""What is written down of a turn: what a message was taken for and what the bot did, never what anybody said."""

from __future__ import annotations

import logging

from img_pathway.channels.talks import FORM, Turn
from img_pathway.channels.turn_outcome import NOT_UNDERSTOOD, outcome_of
from img_pathway.dialogue.bot import Bot
from img_pathway.watching import metrics

_LOG = logging.getLogger(__name__)


def account(turn: Turn, bot: Bot, seconds: float) -> None:
    """Count a turn that took some seconds, and write a line of it."""
    outcome = outcome_of(turn, bot).metric
    metrics.MESSAGES.labels(turn.channel, outcome).inc()
    if NOT_UNDERSTOOD in turn.actions:
        metrics.FALLBACKS.labels(turn.heard.band).inc()
    if _starts_quiz(turn):
        metrics.QUIZ.labels("started").inc()
    if turn.ended:
        metrics.QUIZ.labels(turn.ended).inc()
    if asked := _asked(turn):
        metrics.QUESTIONS.labels(asked).inc()
    heard = {"intent": turn.label, "band": turn.heard.band}
    done = {"outcome": outcome, **heard, "actions": turn.actions, "basis": turn.basis}
    _LOG.info("A message was answered.", extra={**done, "milliseconds": round(1000 * seconds)})


def _starts_quiz(turn: Turn) -> bool:
    return ("active_loop", FORM) in turn.steps and turn.asked is None and not turn.slots.get("enquiry")


def _asked(turn: Turn) -> str | None:
    """The question that is open now and was not before."""
    asked = (turn.slots.get("quiz") or {}).get("asked")
    return asked if asked != turn.asked else None
