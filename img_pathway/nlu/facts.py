"""Facts that are near to a message in meaning, so that the one that answers it is said first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from img_pathway.encoder.sentence_vectors import LONGEST_PART, Vectors, unit
from img_pathway.nlu.component import KnowledgeComponent, heard_of, note
from img_pathway.nlu.featurizer import cached_encoder, pooled_of

_MOST = 12
_LEAST = 0.3


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FactFinder(KnowledgeComponent):
    """Notes the nearest facts of data/knowledge with their cosine similarity; facts are read at start, not trained."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Work out the vectors of all facts; known ones are taken from the cache."""
        super().__init__(config)
        facts = self.knowledge.facts.values()
        self._ids = [fact.id for fact in facts]
        names = [self.knowledge.topics[fact.topic].name for fact in facts]
        texts = [f"{name}: {fact.says}" for name, fact in zip(names, facts, strict=True)]
        self._vectors = unit(cached_encoder().pool(texts)[:, 0])

    def read(self, message: Message, text: str) -> None:
        """Note the facts near to the message and to each question in it."""
        heard = heard_of(message)
        parts = tuple(replace(part, facts=self._near(self._encode(part.text))) for part in heard.parts)
        note(message, replace(heard, facts=self._near(pooled_of(message)), parts=parts))

    def _near(self, pooled: Vectors) -> dict[str, float]:
        similar = self._vectors @ unit(pooled[0, 0])
        best = np.argsort(-similar)[:_MOST]
        return {self._ids[i]: float(similar[i]) for i in best if similar[i] >= _LEAST}

    @staticmethod
    def _encode(text: str) -> Vectors:
        return cached_encoder().encoder.pool([text], longest=LONGEST_PART)
