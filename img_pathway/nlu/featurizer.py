"""Sentence vectors as features of Rasa's classifiers."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from img_pathway.nlu.sentence_vectors import SentenceEncoder, Vectors


@lru_cache(maxsize=1)
def shared_encoder() -> SentenceEncoder:
    """One set of weights for all uses in a process."""
    return SentenceEncoder()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceVectorFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds the vector of a message's meaning, scaled by `weight` against other features."""

    @classmethod
    def required_components(cls) -> list[type]:
        """A tokenizer must have run, as for every featurizer."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Vectors have length one; classifiers with a fixed penalty want larger ones."""
        return {**DenseFeaturizer.get_default_config(), "weight": 4.0}

    @staticmethod
    def required_packages() -> list[str]:
        """What has to be installed."""
        return ["onnxruntime", "tokenizers"]

    def __init__(self, config: dict[str, Any], name: str) -> None:
        """Keep the settings and load the weights."""
        super().__init__(name, config)
        self._weight = float(config["weight"])
        self._encoder = shared_encoder()

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
        """Refuse a weight that is no positive number."""
        if not float(config["weight"]) > 0:
            raise ValueError("SentenceVectorFeaturizer: `weight` must be a positive number, such as 4.0.")

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add vectors to all examples, in batches."""
        self._add(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add vectors to messages of a conversation."""
        self._add(messages)
        return messages

    def _add(self, messages: list[Message]) -> None:
        # An empty message gets a vector too: the classifier cannot do without features.
        with_text = [message for message in messages if message.get(TEXT) is not None]
        if not with_text:
            return
        vectors = self._weight * self._encoder.encode([message.get(TEXT) for message in with_text])
        for message, vector in zip(with_text, vectors, strict=True):
            self._set(message, vector.reshape(1, -1), FEATURE_TYPE_SENTENCE)
            # Rasa wants features of single words as well; the sentence stands for each.
            tokens = max(len(message.get("text_tokens") or ()), 1)
            self._set(message, np.repeat(vector.reshape(1, -1), tokens, axis=0), FEATURE_TYPE_SEQUENCE)

    def _set(self, message: Message, vectors: Vectors, kind: str) -> None:
        message.add_features(Features(vectors, kind, TEXT, self._identifier))
