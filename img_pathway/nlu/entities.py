"""What a message names, as Rasa entities: found with the same code that the quiz and the command line use."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_ROLE,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
)
from rasa.shared.nlu.training_data.message import Message

from img_pathway.content.home import home
from img_pathway.knowledge.text import word_places
from img_pathway.nlu.component import KnowledgeComponent
from img_pathway.quiz.entities import Entities
from img_pathway.quiz.words import load_words

NEGATED = "negated"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class EntityReader(KnowledgeComponent, EntityExtractorMixin):
    """Adds topics, countries, years, scores, attempts, durations, people; the role `negated` marks what is denied."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Read aliases, and the small words of the quiz."""
        super().__init__(config)
        self._entities = Entities(load_words(home() / config["words"]), self.mentions)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Where the content is, seen from the project's folder."""
        return {**KnowledgeComponent.get_default_config(), "words": "data/quiz/words.yml"}

    def read(self, message: Message, text: str) -> None:
        """Add the entities of one message."""
        places = word_places(text)
        found = [
            {
                ENTITY_ATTRIBUTE_TYPE: entity.kind,
                ENTITY_ATTRIBUTE_VALUE: entity.value,
                ENTITY_ATTRIBUTE_START: places[entity.start][0],
                ENTITY_ATTRIBUTE_END: places[entity.end - 1][1],
                **({ENTITY_ATTRIBUTE_ROLE: NEGATED} if entity.negated else {}),
            }
            for entity in self._entities.find(text)
            if entity.end <= len(places)
        ]
        message.set(ENTITIES, message.get(ENTITIES, []) + self.add_extractor_name(found), add_to_output=True)
