"""What became of a message: decided in one place, worded for staff and for metrics."""

from __future__ import annotations

from enum import Enum

from img_pathway.channels.talks import FORM, Turn
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.labels import DANGERS, NOT_HELPED

NOT_UNDERSTOOD = "action_not_understood"


class TurnOutcome(Enum):
    """What became of a message, with the word that staff read and the word that metrics count."""

    IN_ENQUIRY = "enquiry", "enquiry"
    DANGER = "danger", "danger"
    ASKED_BACK = "asked back", "asked_back"
    NOT_UNDERSTOOD = "not understood", "not_understood"
    NO_ANSWER_FOUND = "no answer found", "no_answer_found"
    DECLINED = "declined", "declined"
    DID_NOT_HELP = "did not help", "did_not_help"
    SAID_NO_HELP = "understood", "did_not_help"
    ENQUIRY_BEGUN = "understood", "enquiry"
    QUIZ = "understood", "quiz"
    ANSWERED = "understood", "answered"

    @property
    def word(self) -> str:
        """The word that staff read."""
        return self.value[0]

    @property
    def metric(self) -> str:
        """The word that metrics count; it names what the bot did, so that it parts what was understood."""
        return self.value[1]


MISSES = (
    TurnOutcome.NOT_UNDERSTOOD,
    TurnOutcome.ASKED_BACK,
    TurnOutcome.NO_ANSWER_FOUND,
    TurnOutcome.DECLINED,
    TurnOutcome.DID_NOT_HELP,
)


def outcome_of(turn: Turn, bot: Bot) -> TurnOutcome:
    """Say what became of a message: the first of these that holds."""
    done = turn.actions
    is_missed, is_response = NOT_UNDERSTOOD in done, any(name.startswith("utter_") for name in done)
    found = (
        (TurnOutcome.IN_ENQUIRY, turn.in_enquiry),
        (TurnOutcome.DANGER, turn.intent in DANGERS),
        (TurnOutcome.ASKED_BACK, is_missed and turn.heard.band == "ask"),
        (TurnOutcome.NOT_UNDERSTOOD, is_missed),
        (TurnOutcome.NO_ANSWER_FOUND, turn.in_quiz and _asks_again(turn, bot)),
        (TurnOutcome.DECLINED, is_response and turn.heard.is_declined),
        (TurnOutcome.DID_NOT_HELP, turn.did_not_help),
        (TurnOutcome.SAID_NO_HELP, turn.intent == NOT_HELPED),
        (TurnOutcome.ENQUIRY_BEGUN, bool(turn.slots.get("enquiry"))),
        (TurnOutcome.QUIZ, done[:1] == [FORM]),
    )
    return next((outcome for outcome, holds in found if holds), TurnOutcome.ANSWERED)


def _asks_again(turn: Turn, bot: Bot) -> bool:
    return turn.says(bot.say("ask_again")) or turn.says(bot.say("ask_again_year"))
