"""The form of quiz and enquiry: Rasa keeps it open, routing decides what a message is, and the talks answer."""

from __future__ import annotations

from actions import enquiry
from actions.events import was_answered
from actions.turn import FORM, QUIZ, QUIZ_ANSWER, Done, Given, TurnAction
from img_pathway.dialogue.quiz_turn import QuizTalk, Said
from img_pathway.dialogue.routing import route


class ValidateQuizForm(TurnAction):
    """Takes a message while the form is open; what belongs to neither talk is left to Rasa's rules."""

    def name(self) -> str:
        """The action's name in the domain."""
        return f"validate_{FORM}"

    def act(self, given: Given) -> Done:
        """Return slots after the message; none where the form is to give way."""
        if was_answered(given.events):
            return Done()
        open_ = enquiry.listen(given)
        move = route(given.heard, open_)
        if enquiry.takes(move):
            return enquiry.take(given, move)
        talk = QuizTalk(given.bot)
        if not talk.takes(move) or (open_.what == "enquiry" and not given.heard.click):
            return Done()
        turn = talk.take(given.state, Said(given.heard, open_, move))
        # An open enquiry still waits for an answer, whatever comes of the quiz.
        ended = None if turn.status == "asking" or given.draft is not None else turn.status
        record = turn.state.answers if turn.state.answers != given.state.answers else None
        return Done((turn.reply,), {QUIZ: turn.state.to_slot(), QUIZ_ANSWER: ended}, record=record)


class ActionAskQuiz(TurnAction):
    """Asks the question that is open now."""

    def name(self) -> str:
        """The action's name in the domain."""
        return f"action_ask_{FORM}_{QUIZ_ANSWER}"

    def act(self, given: Given) -> Done:
        """Ask, and remember what was asked; the goal is not asked again and again of somebody who asks other things."""
        if given.draft is not None:
            return enquiry.ask(given)
        talk = QuizTalk(given.bot)
        if talk.asks_goal(given.state) and was_answered(given.events):
            return Done()
        state, reply = talk.question(given.state)
        return Done((reply,), {QUIZ: state.to_slot()})
