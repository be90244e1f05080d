"""Plain questions that the classifier does not know: a topic and a cue ("what is VSLO") are enough."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from img_pathway.nlu.component import KnowledgeComponent, set_intent

# What the classifier says of words that it has not met; a surer guess stands.
_AT_A_LOSS = {"", "nlu_fallback", "off_topic", "adversarial"}
_SURE = 0.5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class QuestionReader(KnowledgeComponent):
    """Lets questions about a known topic be looked up where the classifier is at a loss."""

    def read(self, message: Message, text: str) -> None:
        """Set the intent of a plain question."""
        found = message.get(INTENT) or {}
        name = str(found.get(INTENT_NAME_KEY) or "")
        sure = name != "nlu_fallback" and float(found.get(PREDICTED_CONFIDENCE_KEY) or 0.0) >= _SURE
        if name in _AT_A_LOSS and not sure and self.mentions.topics(text) and self.mentions.attributes(text):
            set_intent(message, "ask_topic")
