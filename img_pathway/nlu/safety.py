"""Emergencies and crises are recognized by phrases, before any probability."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from img_pathway.content.home import home
from img_pathway.nlu.component import ContentComponent, heard_of, note
from img_pathway.nlu.safety_phrases import SafetyPhrases


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafetyNet(ContentComponent):
    """Notes the danger that a phrase of a message names."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Read the phrases."""
        super().__init__(config)
        self._phrases = SafetyPhrases(home() / config["phrases"])

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Where the phrases are, seen from the project's folder."""
        return {"phrases": "data/safety.yml"}

    def read(self, message: Message, text: str) -> None:
        """Note the danger, or that there is none."""
        note(message, replace(heard_of(message), danger=self._phrases.danger(text) or ""))
