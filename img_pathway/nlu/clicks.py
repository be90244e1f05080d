"""Buttons: a click is the message `question:option`, which no example has to teach."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from img_pathway.dialogue import clicks
from img_pathway.dialogue.understood import DELETE_DATA, NOT_HELPED
from img_pathway.nlu.component import ContentComponent, set_intent

# All others belong to the quiz or an enquiry.
_INTENTS = {clicks.HELPED: "small_talk/thanks", clicks.NOT_HELPED: NOT_HELPED, clicks.DELETE_ALL: DELETE_DATA}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ClickReader(ContentComponent):
    """Gives clicks their intent, whatever the classifier made of them."""

    def read(self, message: Message, text: str) -> None:
        """Set the intent of a click."""
        if clicks.is_click(text):
            set_intent(message, _INTENTS.get(text.strip(), "quiz_click"))
