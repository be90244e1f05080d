"""People who write in another language are told in it where help is."""

from __future__ import annotations

from actions.turn import Done, Given, TurnAction
from img_pathway.dialogue.helping import in_their_language


class ActionInTheirLanguage(TurnAction):
    """Says in the person's language that help is in English, or whom to call in danger; nothing to English."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_in_their_language"

    def act(self, given: Given) -> Done:
        """Look up the sentence."""
        return Done((in_their_language(given.bot, given.heard),))
