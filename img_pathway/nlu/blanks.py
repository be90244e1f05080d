"""Messages without a word in them: nothing to classify, but a person still waits for an answer."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from img_pathway.dialogue.understood import FALLBACK
from img_pathway.knowledge.text import normalize
from img_pathway.nlu.component import ContentComponent, set_intent


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class BlankReader(ContentComponent):
    """Marks messages without letters or digits as not understood."""

    def read(self, message: Message, text: str) -> None:
        """Set the intent of a blank message."""
        if not normalize(text):
            set_intent(message, FALLBACK)
