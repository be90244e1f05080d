"""What the small components of the pipeline share: made without training, from content files."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from img_pathway.content.home import home
from img_pathway.dialogue.understood import Understood
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


def note(message: Message, heard: Understood) -> None:
    """Write what was found out so far into the message."""
    message.set(UNDERSTOOD, heard.to_dict(), add_to_output=True)


def heard_of(message: Message) -> Understood:
    """Return what was found out of a message so far."""
    return Understood.from_dict(str(message.get(TEXT) or ""), message.get(UNDERSTOOD) or {})
