"""Sentence vectors as features of Rasa's classifiers."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from img_pathway.encoder.files import sources
from img_pathway.encoder.sentence_vectors import DIMENSIONS, SentenceEncoder, Vectors
from img_pathway.encoder.vector_cache import VectorCache

_CACHE = Path("models/sentence_vectors")


@lru_cache(maxsize=1)
def cached_encoder() -> VectorCache:
    """One set of weights, and one memory of vectors, for all uses in a process."""
    return VectorCache(SentenceEncoder(), _CACHE)


def pooled_of(message: Message) -> Vectors:
    """Mean and maximum of the token vectors of a message, shape (1, 2, 768)."""
    _, sentence = message.get_dense_features(TEXT, [])
    return np.asarray(sentence.features).reshape(1, 2, DIMENSIONS)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceVectorFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds mean and maximum of the token vectors of a message; those of training examples are kept from run to run."""

    @classmethod
    def required_components(cls) -> list[type]:
        """None: the sentence is taken as it is, without Rasa's tokens."""
        return []

    @staticmethod
    def required_packages() -> list[str]:
        """What has to be installed."""
        return ["onnxruntime", "tokenizers"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """The weights, so that Rasa's cache gives back no vectors of others."""
        return sources()

    def __init__(self, config: dict[str, Any], name: str) -> None:
        """Load the weights."""
        super().__init__(name, config)
        self._cache = cached_encoder()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceVectorFeaturizer:
        """Make the component."""
        return cls(config, execution_context.node_name)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """There is nothing to set, so nothing to refuse."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add vectors to all examples; only those of new ones are worked out, in batches."""
        self._add(training_data.training_examples, self._cache.pool)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add vectors to messages of a conversation."""
        self._add(messages, self._cache.encoder.pool)
        return messages

    def _add(self, messages: list[Message], pool: Callable[[list[str]], Vectors]) -> None:
        # An empty message gets a vector too: the classifier cannot do without features.
        with_text = [message for message in messages if message.get(TEXT) is not None]
        if not with_text:
            return
        for message, vector in zip(with_text, pool([m.get(TEXT) for m in with_text]), strict=True):
            message.add_features(Features(vector.reshape(1, -1), FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
