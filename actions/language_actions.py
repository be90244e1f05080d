"""People who write in another language are told in it where help is."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import TurnAction, bot, intent, send
from img_pathway.dialogue.languages import in_their_language
from img_pathway.reply import Reply


class ActionInTheirLanguage(TurnAction):
    """Says in the person's language that help is in English, or whom to call in danger; nothing to English."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_in_their_language"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Look up the sentence."""
        entities = tracker.latest_message.get("entities") or ()
        code = next((entity["value"] for entity in entities if entity.get("entity") == "language"), None)
        language = bot().languages.get(str(code))
        if language:
            send(dispatcher, Reply(text=(in_their_language(language, intent(tracker), bot().organization),)))
        return []
