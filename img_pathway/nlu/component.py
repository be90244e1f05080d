"""What the small components of the pipeline share: made without training, from content files."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import (
    RESPONSE_SELECTOR_PREDICTION_KEY,
    RESPONSE_SELECTOR_PROPERTY_NAME,
    RESPONSE_SELECTOR_RETRIEVAL_INTENTS,
    RESPONSE_SELECTOR_UTTER_ACTION_KEY,
)
from rasa.shared.constants import UTTER_PREFIX
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RESPONSE_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from img_pathway.content.home import home
from img_pathway.dialogue.understood import FALLBACK, Guess, Understood
from img_pathway.knowledge import Mentions, load_knowledge

UNDERSTOOD = "understood"


class ContentComponent(GraphComponent):
    """A component that reads messages with content from data/ and learns nothing."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Keep the settings from config.yml."""
        self.config = config

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ContentComponent:
        """Make the component."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message."""
        for message in messages:
            self.read(message, str(message.get(TEXT) or ""))
        return messages

    @abstractmethod
    def read(self, message: Message, text: str) -> None:
        """Note in the message what its text says."""


class KnowledgeComponent(ContentComponent):
    """A component that finds topics and cues in messages."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Read aliases and cues."""
        super().__init__(config)
        self.knowledge = load_knowledge(home() / config["knowledge"])
        self.mentions = Mentions(self.knowledge)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Where the knowledge is, seen from the project's folder."""
        return {"knowledge": "data/knowledge"}


def set_intent(message: Message, label: str) -> None:
    """Give a message an intent that needs no classifier; what else was guessed stays behind it."""
    heard = heard_of(message)
    guesses = (Guess(label, 1.0), *(guess for guess in heard.guesses if guess.label != label))
    note(message, replace(heard, guesses=guesses, score=1.0, band="answer", ours=True, parts=(), more=False))


def note(message: Message, heard: Understood) -> None:
    """Write what was understood into the message, with the intent and the response that Rasa's rules go by."""
    best = heard.best if heard.band == "answer" else Guess(FALLBACK, heard.score)
    message.set(INTENT, {INTENT_NAME_KEY: best.intent, PREDICTED_CONFIDENCE_KEY: heard.score}, add_to_output=True)
    message.set(RESPONSE_SELECTOR_PROPERTY_NAME, _selected(best, heard.score), add_to_output=True)
    message.set(UNDERSTOOD, heard.to_dict(), add_to_output=True)


def _selected(best: Guess, score: float) -> dict[str, Any]:
    """Return what Rasa's ResponseSelector would write: the label of a retrieval intent and the response to it."""
    if not best.detail:
        return {RESPONSE_SELECTOR_RETRIEVAL_INTENTS: []}
    response = {
        INTENT_RESPONSE_KEY: best.label,
        RESPONSE_SELECTOR_UTTER_ACTION_KEY: f"{UTTER_PREFIX}{best.label}",
        PREDICTED_CONFIDENCE_KEY: score,
    }
    return {
        RESPONSE_SELECTOR_RETRIEVAL_INTENTS: [best.intent],
        best.intent: {RESPONSE_SELECTOR_PREDICTION_KEY: response},
    }


def heard_of(message: Message) -> Understood:
    """What was understood of a message so far."""
    return Understood.from_dict(str(message.get(TEXT) or ""), message.get(UNDERSTOOD) or {})
