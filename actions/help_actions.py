"""What the bot can do, a person to contact, messages that were not understood, answers that did not help, deleting."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import enquiry
from actions.turn import MISSES, TurnAction, bot, context, intent, remember, send, understood, way_back
from img_pathway.dialogue import deleting, helping
from img_pathway.dialogue.clicks import DELETE_ALL
from img_pathway.dialogue.understood import NOT_HELPED, Understood


class ActionMenu(TurnAction):
    """Says what the bot can do."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_menu"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Show the menu, or once more how to delete everything to who says yes to it."""
        agrees = intent(tracker) == "affirm" and _was_offered(tracker, DELETE_ALL)
        send(dispatcher, deleting.how(bot()) if agrees else helping.menu(bot()))
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


class ActionNotHelped(TurnAction):
    """Says sorry for an answer that did not help, and offers other readings of the message and a person."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_not_helped"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Look at the message that was answered."""
        send(dispatcher, helping.did_not_help(bot(), _answered(tracker), context(tracker)))
        return [SlotSet(MISSES, 0)]


class ActionDeleteData(TurnAction):
    """Says what is deleted if the person wants it; the channels carry it out."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_delete_data"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Offer it, or to go on with a quiz that is open."""
        events = enquiry.leave(dispatcher, tracker)
        offer = deleting.offer(bot())
        send(dispatcher, replace(offer, options=(*offer.options, *way_back(tracker).options)))
        return [*events, SlotSet(MISSES, 0)]


def _was_offered(tracker: Tracker, payload: str) -> bool:
    """Whether an option stood in the answer to the message before this one."""
    events = list(tracker.events)
    asked = [place for place, event in enumerate(events) if event.get("event") == "user"][-2:]
    replies = ((e.get("metadata") or {}).get("reply") for e in events[asked[0] : asked[-1]] if e.get("event") == "bot")
    return any(option["payload"] == payload for reply in replies if reply for option in reply["options"])


def _answered(tracker: Tracker) -> Understood:
    """The last message before this one that does not itself say that an answer did not help."""
    for event in list(reversed([event for event in tracker.events if event.get("event") == "user"]))[1:]:
        parsed = event.get("parse_data") or {}
        heard = Understood.from_dict(str(event.get("text") or ""), parsed.get("understood") or {})
        if heard.best.label != NOT_HELPED:
            return heard
    return Understood("")
