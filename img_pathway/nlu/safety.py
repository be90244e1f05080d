"""Emergencies and crises are recognized by phrases, before any probability."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from img_pathway.content.home import home
from img_pathway.nlu.component import ContentComponent, set_intent
from img_pathway.nlu.safety_phrases import SafetyPhrases


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafetyNet(ContentComponent):
    """Gives messages about danger their intent, whatever the classifier made of them."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Read the phrases."""
        super().__init__(config)
        self._phrases = SafetyPhrases(home() / config["phrases"])

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Where the phrases are, seen from the project's folder."""
        return {"phrases": "data/safety.yml"}

    def read(self, message: Message, text: str) -> None:
        """Set the intent of a message about danger."""
        danger = self._phrases.danger(text)
        if danger:
            set_intent(message, danger)
