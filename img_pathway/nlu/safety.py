"""Emergencies and crises are recognized by phrases, before any probability."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import StrictStr
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from img_pathway.content import Record, load_document, read_records
from img_pathway.knowledge.text import normalize
from img_pathway.nlu.component import ContentComponent, set_intent


class Danger(Record):
    """Phrases that mean danger, and the contexts in which they do not."""

    phrases: tuple[StrictStr, ...]
    unless: tuple[StrictStr, ...] = ()


class SafetyFile(Record):
    """data/safety.yml."""

    dangers: dict[StrictStr, Danger]


class SafetyPhrases:
    """Finds a danger in a text."""

    def __init__(self, path: Path) -> None:
        """Read the phrases; raises ContentError."""
        self._dangers = [
            (intent, _padded(danger.phrases), _padded(danger.unless))
            for intent, danger in read_records(load_document(path, path.parent.parent), SafetyFile).dangers.items()
        ]

    def danger(self, text: str) -> str | None:
        """The intent (emergency or crisis) that a phrase of the text stands for."""
        words = f" {normalize(text)} "
        for intent, phrases, contexts in self._dangers:
            if any(phrase in words for phrase in phrases) and not any(context in words for context in contexts):
                return intent
        return None


def _padded(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f" {normalize(phrase)} " for phrase in phrases)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafetyNet(ContentComponent):
    """Gives messages about danger their intent, whatever the classifier made of them."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Read the phrases."""
        super().__init__(config)
        self._phrases = SafetyPhrases(Path(config["phrases"]).absolute())

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Where the phrases are, seen from the project's folder."""
        return {"phrases": "data/safety.yml"}

    def read(self, message: Message, text: str) -> None:
        """Set the intent of a message about danger."""
        danger = self._phrases.danger(text)
        if danger:
            set_intent(message, danger)
