"""What the bot can do, a person to contact, messages that were not understood, answers that did not help, deleting."""

from __future__ import annotations

from actions import enquiry
from actions.events import answered_before, offered_before
from actions.turn import MISSES, Done, Given, TurnAction, remembered_of
from img_pathway.dialogue import deleting, helping
from img_pathway.dialogue.quiz_turn import way_back


class ActionMenu(TurnAction):
    """Says what the bot can do."""

    gives_way = True

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_menu"

    def act(self, given: Given) -> Done:
        """Show the menu, or how to delete everything to who says yes to that offer."""
        return Done((helping.menu_or_agreed(given.bot, given.heard.label, offered_before(given.events)),), {MISSES: 0})


class ActionContact(TurnAction):
    """Gives a person to contact."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_contact"

    def act(self, given: Given) -> Done:
        """Show how to reach the organization."""
        return Done((helping.contact(given.bot),), {MISSES: 0})


class ActionNotUnderstood(TurnAction):
    """Offers the nearest topics; twice in a row, a person."""

    gives_way = True

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_not_understood"

    def act(self, given: Given) -> Done:
        """Count the miss and offer help."""
        misses = given.misses + 1
        reply, found = helping.not_understood(given.bot, given.heard, given.context, misses)
        return Done((reply,), {**(remembered_of(found) if found else {}), MISSES: misses})


class ActionNotHelped(TurnAction):
    """Says sorry for an answer that did not help, and offers other readings of the message and a person."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_not_helped"

    def act(self, given: Given) -> Done:
        """Look at the message that was answered."""
        reply = helping.did_not_help(given.bot, answered_before(given.events), given.context)
        return Done((reply,), {MISSES: 0})


class ActionDeleteData(TurnAction):
    """Says what is deleted if the person wants it; the channels carry it out."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_delete_data"

    def act(self, given: Given) -> Done:
        """Offer it, or to go on with a quiz that is open; an enquiry that is open is left."""
        left, offer = enquiry.leave(given), deleting.offer(given.bot, way_back(given.bot, given.state))
        return Done((*left.replies, offer), {**left.slots, MISSES: 0})
