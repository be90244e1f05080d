"""The quiz form: Rasa keeps it open, the pure quiz decides what every message means."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import enquiry
from actions.turn import (
    FORM,
    QUIZ,
    QUIZ_ANSWER,
    TurnAction,
    bot,
    context,
    intent,
    is_in_form,
    message,
    send,
    state,
    understood,
)
from img_pathway.dialogue.answers import respond, verdict_asked
from img_pathway.dialogue.clicks import HELPED, NOT_HELPED
from img_pathway.dialogue.quiz_turn import GOAL, QuizTalk, Turn
from img_pathway.dialogue.understood import ASK, DANGERS, DELETE_DATA, FALLBACK, FAQ
from img_pathway.quiz import State
from img_pathway.reply import Reply

# From here on the classifier is believed that a record comes with a question.
SURE = 0.4
# From here on it is believed that a message is not ours to answer.
SURELY_NOT_OURS = 0.9
# Few words are believed to be about something else only from here on: "outside us" names neither bot nor country.
SURE_OF_FEW_WORDS = 0.6
# All answers are cleared only from here on.
SURE_TO_CLEAR = 0.6
# So many words may be meant as an answer ("Dow medical college", "none of them") whatever they look like.
LONGEST_ANSWER = 4
# Intents by which a person steers the quiz, and the command each stands for.
COMMANDS = {
    "quiz_stop": "stop",
    "quiz_restart": "restart",
    "quiz_back": "back",
    "quiz_change": "change",
    "quiz_answers": "answers",
    "quiz_result": "result",
}
# What is neither an answer nor something that a rule answers: the question is asked again.
UNCLEAR = {
    "",
    "tell_about_me",
    "quiz_start",
    "quiz_resume",
    "affirm",
    "deny",
    "quiz_click",
    "decline/off_topic",
    "decline/adversarial",
}


class ValidateQuizForm(TurnAction):
    """Reads a message while the form is open; what is no answer is left to the rules."""

    def name(self) -> str:
        """The action's name in the domain."""
        return f"validate_{FORM}"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Slots after the message; none where the message is no answer, so that the form gives way."""
        text, asked, now = message(tracker), intent(tracker), state(tracker)
        if _was_read_already(tracker):
            return []
        if enquiry.is_wanted(tracker):
            return enquiry.begin(dispatcher, tracker)
        talk = QuizTalk(bot())
        is_open = is_in_form(tracker) and now.asked is not None
        if (is_open or enquiry.is_open(tracker)) and _is_never_an_answer(tracker, now):
            return []
        elif enquiry.is_open(tracker):
            return enquiry.answer(dispatcher, tracker) or []
        elif is_open:
            turn = talk.answer(now, text, _command(tracker))
            if turn.status == "not_mine" and _is_a_matter_of_its_own(tracker):
                return []
            if turn.status == "not_mine":
                # A question that was put aside is asked again of who wants to go on.
                turn = Turn(now, "asking") if asked == "quiz_resume" else talk.unclear(now)
        else:
            turn = talk.start(now, text, _command(tracker), names_goal=asked == "quiz_start")
        if turn.state.answers != now.answers:
            send(dispatcher, _asked_as_well(tracker, text, turn.state))
        send(dispatcher, turn.reply)
        ended = None if turn.status == "asking" else turn.status
        return [SlotSet(QUIZ, turn.state.to_slot()), SlotSet(QUIZ_ANSWER, ended)]


def _command(tracker: Tracker) -> str | None:
    """The command that a message is taken for; what cannot be taken back is done for a plain wish only."""
    command = COMMANDS.get(intent(tracker))
    return None if command == "restart" and understood(tracker).best.probability < SURE_TO_CLEAR else command


def _is_never_an_answer(tracker: Tracker, now: State) -> bool:
    """Whether no word in a message must be taken for an answer: of danger, of deleting, to an answer, not ours."""
    if intent(tracker) in (*DANGERS, DELETE_DATA) or message(tracker) in (HELPED, NOT_HELPED):
        return True
    if _asks_beside_a_goal(tracker, now):
        return True
    heard = understood(tracker)
    is_long = "?" in heard.text or len(heard.text.split()) > LONGEST_ANSWER
    return not heard.ours and heard.band == "answer" and heard.score >= SURELY_NOT_OURS and is_long


def _asks_beside_a_goal(tracker: Tracker, now: State) -> bool:
    """Whether a message asks for something of what a goal names ("rotation cost") where the goal is asked for."""
    if now.asked != GOAL or intent(tracker) not in (ASK, FAQ):
        return False
    return bool(bot().mentions.attributes(bot().reader.beside_goals(message(tracker))))


def _is_a_matter_of_its_own(tracker: Tracker) -> bool:
    """Whether a message that is no answer asks for something; a few words that name nothing were meant as an answer."""
    heard, asked = understood(tracker), intent(tracker)
    mentions, reader = bot().mentions, bot().reader
    is_short = len(heard.text.split()) <= LONGEST_ANSWER and "?" not in heard.text
    if is_short and heard.score < SURE_OF_FEW_WORDS:
        return False
    # "USA" where the exams are asked for: meant for another question, whatever the classifier makes of it.
    if reader.is_an_option(heard.text) and not mentions.topics(heard.text):
        return False
    if asked == FALLBACK:
        return heard.band == "ask" and not is_short
    if asked in UNCLEAR or (not heard.ours and is_short):
        return False
    if asked not in (ASK, FAQ):
        return True
    asks = mentions.topics(heard.text) or mentions.attributes(heard.text) or reader.asks_something(heard.text)
    return bool("?" in heard.text or asks)


def _asked_as_well(tracker: Tracker, text: str, now: State) -> Reply:
    """The answer to a question that stands beside a record ("… can I still do electives?")."""
    heard = understood(tracker)
    # The record itself is answered by the quiz; what is left of the guesses says what was asked beside it.
    guesses = tuple(guess for guess in heard.guesses[:3] if guess.intent != "tell_about_me")
    if guesses and guesses[0].intent == "quiz_start":
        # "Am I eligible for the Match? I graduated in 2016 …" is answered by the quiz itself.
        return Reply()
    asked = tuple(guess for guess in guesses if guess.intent in (ASK, FAQ))
    # What is clicked asks for nothing beside, whatever words its payload is made of.
    if bot().reader.click(text) or not bot().mentions.topics(text):
        return Reply()
    if not asked or asked[0].probability < SURE:
        return verdict_asked(bot(), text, now.answers)
    reply, _ = respond(bot(), replace(heard, guesses=asked, parts=()), context(tracker), now.answers)
    return replace(reply, options=(), asks_if_helped=False)


def _was_read_already(tracker: Tracker) -> bool:
    """Whether another action has dealt with the message, and the form is only coming back to its question."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "action" and event.get("name") not in (FORM, "action_listen", "action_extract_slots"):
            return True
    return False


class ActionAskQuiz(TurnAction):
    """Asks the question that is open now."""

    def name(self) -> str:
        """The action's name in the domain."""
        return f"action_ask_{FORM}_{QUIZ_ANSWER}"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Ask, and remember what was asked; the goal is not asked again and again of somebody who asks other things."""
        if enquiry.is_open(tracker):
            return enquiry.ask(dispatcher, tracker)
        now = state(tracker)
        if now.asked == GOAL and _was_read_already(tracker):
            return []
        now, reply = QuizTalk(bot()).question(now)
        send(dispatcher, reply)
        return [SlotSet(QUIZ, now.to_slot())]
