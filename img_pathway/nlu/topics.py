"""Topics as entities: found by the aliases in data/knowledge, typos within reason included."""

from __future__ import annotations

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

from img_pathway.knowledge.text import word_places
from img_pathway.nlu.component import KnowledgeComponent


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class TopicExtractor(KnowledgeComponent, EntityExtractorMixin):
    """Adds an entity `topic` for every topic that a message names; its value is the topic's id."""

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
            for mention in self.mentions.topics(text)
            if mention.end <= len(places)
        ]
        extracted = self.add_extractor_name(found)
        message.set(ENTITIES, message.get(ENTITIES, []) + extracted, add_to_output=True)
