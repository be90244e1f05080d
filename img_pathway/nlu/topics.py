"""Topics as entities: found by the aliases in data/knowledge, typos within reason included."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
)
from rasa.shared.nlu.training_data.message import Message

from img_pathway.knowledge import Mentions, load_knowledge
from img_pathway.knowledge.text import word_places
from img_pathway.nlu.component import ContentComponent


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class TopicExtractor(ContentComponent, EntityExtractorMixin):
    """Adds an entity `topic` for every topic that a message names; its value is the topic's id."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Read the aliases."""
        super().__init__(config)
        self._mentions = Mentions(load_knowledge(Path(config["knowledge"]).absolute()))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Where the knowledge is, seen from the project's folder."""
        return {"knowledge": "data/knowledge"}

    def read(self, message: Message, text: str) -> None:
        """Add the topics of one message."""
        places = word_places(text)
        found = [
            {
                ENTITY_ATTRIBUTE_TYPE: "topic",
                ENTITY_ATTRIBUTE_VALUE: mention.id,
                ENTITY_ATTRIBUTE_START: places[mention.start][0],
                ENTITY_ATTRIBUTE_END: places[mention.end - 1][1],
            }
            for mention in self._mentions.topics(text)
            if mention.end <= len(places)
        ]
        extracted = self.add_extractor_name(found)
        message.set(ENTITIES, message.get(ENTITIES, []) + extracted, add_to_output=True)
