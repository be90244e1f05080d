"""Steering to the clinical rotation that fits."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import MISSES, QUIZ, TurnAction, bot, message, send, state
from img_pathway.dialogue.quiz_turn import QuizTalk
from img_pathway.dialogue.result import offered, rotation_for


class ActionRotation(TurnAction):
    """Names the rotation that fits, says an honest no, or asks what it has to know first."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_rotation"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Steer, or open the quiz with clinical experience as its goal."""
        text, topics = message(tracker), bot().knowledge.topics
        named = [m.id for m in bot().mentions.topics(text) if topics[m.id].kind == "specialty"]
        now, _ = QuizTalk(bot()).keep(state(tracker), bot().reader.story(text))
        now, reply, needs_quiz = rotation_for(bot(), now, named)
        send(dispatcher, reply)
        events: list[EventType] = [SlotSet(QUIZ, now.to_slot()), SlotSet(MISSES, 0)]
        return [*events, FollowupAction("quiz_form")] if needs_quiz else events


class ActionOffers(TurnAction):
    """Lists the rotations on offer."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_offers"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Show them, with the way to see which one fits."""
        send(dispatcher, offered(bot()))
        return [SlotSet(MISSES, 0)]
