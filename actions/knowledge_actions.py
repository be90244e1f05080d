"""Questions about topics, comparisons and common questions."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import (
    QUIZ,
    TurnAction,
    bot,
    context,
    is_in_form,
    message,
    remember,
    send,
    state,
    understood,
)
from img_pathway.dialogue.answers import respond
from img_pathway.dialogue.quiz_turn import QuizTalk
from img_pathway.reply import Reply


class ActionAnswer(TurnAction):
    """Looks up what a message asks; a record told in it ("I graduated in 2015, can I …") is kept and decides."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_answer"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Answer, and remember what it was about."""
        text = message(tracker)
        events: list[EventType] = []
        known, noted = state(tracker), Reply()
        story = bot().reader.story(text)
        if story.first_person and story.answers:
            known, noted = QuizTalk(bot()).keep(known, story)
            events.append(SlotSet(QUIZ, known.to_slot()))
        reply, found = respond(bot(), understood(tracker), context(tracker), known.answers)
        if is_in_form(tracker):
            # The question that comes back is what waits for an answer.
            reply = replace(reply, asks_if_helped=False)
        # One thing told in passing is kept without a word; a record is shown, so that it can be put right.
        send(dispatcher, replace(reply.then(noted), options=reply.options) if len(story.answers) > 1 else reply)
        return [*events, *remember(found)]
