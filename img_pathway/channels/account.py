"""What is written down of a turn: what a message was taken for and what the bot did, never what anybody said."""

from __future__ import annotations

import logging

from img_pathway.channels.talks import FORM, NOT_UNDERSTOOD, Turn, kind_of
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.understood import NOT_HELPED
from img_pathway.watching import metrics

_LOG = logging.getLogger(__name__)


def account(turn: Turn, bot: Bot, seconds: float) -> None:
    """Count a turn that took some seconds, and write a line of it."""
    outcome = outcome_of(turn, bot)
    metrics.MESSAGES.labels(turn.channel, outcome).inc()
    if NOT_UNDERSTOOD in turn.actions:
        metrics.FALLBACKS.labels(turn.heard.band).inc()
    if _starts_quiz(turn):
        metrics.QUIZ.labels("started").inc()
    if turn.ended:
        metrics.QUIZ.labels(turn.ended).inc()
    if asked := _asked(turn):
        metrics.QUESTIONS.labels(asked).inc()
    done = {"outcome": outcome, "intent": turn.label, "band": turn.heard.band, "actions": turn.actions}
    _LOG.info("A message was answered.", extra={**done, "milliseconds": round(1000 * seconds)})


def outcome_of(turn: Turn, bot: Bot) -> str:
    """What became of a message, in one word for figures."""
    kind: str = kind_of(turn, bot)
    if kind == "understood":
        kind = "answered"
        if turn.intent == NOT_HELPED:
            kind = "did not help"
        elif turn.slots.get("enquiry"):
            kind = "enquiry"
        elif turn.actions[:1] == [FORM]:
            kind = "quiz"
    return kind.replace(" ", "_")


def _starts_quiz(turn: Turn) -> bool:
    return ("active_loop", FORM) in turn.steps and turn.asked is None and not turn.slots.get("enquiry")


def _asked(turn: Turn) -> str | None:
    """The question that is open now and was not before."""
    asked = (turn.slots.get("quiz") or {}).get("asked")
    return asked if asked != turn.asked else None
