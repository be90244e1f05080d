"""The last of the pipeline: the intent that Rasa's rules go by is the route of a message without a state."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.constants import (
    RESPONSE_SELECTOR_PREDICTION_KEY,
    RESPONSE_SELECTOR_PROPERTY_NAME,
    RESPONSE_SELECTOR_RETRIEVAL_INTENTS,
    RESPONSE_SELECTOR_UTTER_ACTION_KEY,
)
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.constants import UTTER_PREFIX
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RESPONSE_KEY,
    PREDICTED_CONFIDENCE_KEY,
)
from rasa.shared.nlu.training_data.message import Message

from img_pathway.dialogue.labels import intent_of
from img_pathway.dialogue.routing import language_of, routed
from img_pathway.dialogue.understood import ENGLISH, Understood
from img_pathway.nlu.component import ContentComponent, heard_of, note


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class Router(ContentComponent, EntityExtractorMixin):
    """Sets the intent, and an entity `language` on what is to be answered in another language."""

    def read(self, message: Message, text: str) -> None:
        """Route the message by itself."""
        heard = routed(heard_of(message))
        note(message, heard)
        intent = {INTENT_NAME_KEY: intent_of(heard.label), PREDICTED_CONFIDENCE_KEY: heard.sure}
        message.set(INTENT, intent, add_to_output=True)
        message.set(RESPONSE_SELECTOR_PROPERTY_NAME, _selected(heard), add_to_output=True)
        language = language_of(heard)
        if language != ENGLISH:
            entity = {
                ENTITY_ATTRIBUTE_TYPE: "language",
                ENTITY_ATTRIBUTE_VALUE: language,
                ENTITY_ATTRIBUTE_START: 0,
                ENTITY_ATTRIBUTE_END: len(text),
            }
            found = [*message.get(ENTITIES, []), *self.add_extractor_name([entity])]
            message.set(ENTITIES, found, add_to_output=True)


def _selected(heard: Understood) -> dict[str, Any]:
    """Return what Rasa's ResponseSelector would write: the label of a retrieval intent and the response to it."""
    intent = intent_of(heard.label)
    if intent == heard.label:
        return {RESPONSE_SELECTOR_RETRIEVAL_INTENTS: []}
    response = {
        INTENT_RESPONSE_KEY: heard.label,
        RESPONSE_SELECTOR_UTTER_ACTION_KEY: f"{UTTER_PREFIX}{heard.label}",
        PREDICTED_CONFIDENCE_KEY: heard.sure,
    }
    return {RESPONSE_SELECTOR_RETRIEVAL_INTENTS: [intent], intent: {RESPONSE_SELECTOR_PREDICTION_KEY: response}}
