"""What the bot can do, a person to contact, and messages that were not understood."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import MISSES, TurnAction, bot, context, remember, send, understood
from img_pathway.dialogue import helping


class ActionMenu(TurnAction):
    """Says what the bot can do."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_menu"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Show the menu."""
        send(dispatcher, helping.menu(bot()))
        return [SlotSet(MISSES, 0)]


class ActionContact(TurnAction):
    """Gives a person to contact."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_contact"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Show how to reach the organization."""
        send(dispatcher, helping.contact(bot()))
        return [SlotSet(MISSES, 0)]


class ActionNotUnderstood(TurnAction):
    """Offers the nearest topics; twice in a row, a person."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_not_understood"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Count the miss and offer help."""
        misses = int(tracker.get_slot(MISSES) or 0) + 1
        heard = understood(tracker)
        reply, found = helping.not_understood(bot(), heard, context(tracker), misses, half=heard.band == "ask")
        send(dispatcher, reply)
        return [*(remember(found) if found else ()), SlotSet(MISSES, misses)]
