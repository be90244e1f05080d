"""Rasa's classifier: what a message may mean, all that the bot could answer or decline, ranked."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from img_pathway.content.home import home
from img_pathway.dialogue.labels import ASK, FAQ
from img_pathway.dialogue.understood import Guess
from img_pathway.dialogue.utterances import read_utterances
from img_pathway.encoder.files import sources
from img_pathway.knowledge import load_knowledge
from img_pathway.knowledge.model import Faq
from img_pathway.nlu.chooser import Chooser
from img_pathway.nlu.component import note
from img_pathway.nlu.featurizer import cached_encoder, pooled_of
from img_pathway.nlu.intent_model import IntentModel
from img_pathway.nlu.meaning import Meaning
from img_pathway.nlu.words import words_of

_FILE = "intents.joblib"


def _label(message: Message) -> str:
    return str(message.get(INTENT_RESPONSE_KEY) or message.get(INTENT))


def _in_words(label: str) -> str:
    # "ask cost" is what people type; elsewhere the intent before the slash only holds labels together.
    guess = Guess(label, 1.0)
    name = label if guess.intent in (ASK, FAQ) else guess.detail or label
    return name.replace("/", " ").replace("_", " ").lower()


def _common_questions(config: Mapping[str, Any]) -> Mapping[str, Faq]:
    return load_knowledge(home() / config["knowledge"]).faq if config.get("knowledge") else {}


def speaking_for_itself(labels: Collection[str], faq: Mapping[str, Faq]) -> list[tuple[str, str]]:
    """Label and text of what needs no example: each common question and its answer, else a label's own name."""
    taught = {f"{FAQ}/{id_}": record for id_, record in faq.items() if f"{FAQ}/{id_}" in labels}
    asked = [(label, text) for label, record in taught.items() for text in (record.asks, record.short)]
    return asked + [(label, _in_words(label)) for label in sorted(set(labels) - set(taught))]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MeaningClassifier(GraphComponent, IntentClassifier):
    """Ranks all that could be said to a message, and notes the ranking with the evidence of its words.

    `declines` are the intents and labels of what is not ours to answer. The probabilities are fitted to the utterances
    in `calibration`; without those every first guess is trusted.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings; `knowledge` names the folder whose common questions count as examples; labels' names do so too."""
        return {
            "penalty": 16.0,
            "rounds": 60,
            "declines": [],
            "calibration": None,
            "knowledge": None,
            "quiz": "data/quiz",
            "content_weight": 2.0,
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """What the model depends on beside examples and settings, so that Rasa's cache gives back no outdated one."""
        digest = hashlib.sha256(sources().encode())
        # For a part that is taken from the cache Rasa asks again, with the settings of what stands in its place.
        calibration = [home() / config["calibration"]] if config.get("calibration") else []
        for path in (*sorted(Path(__file__).parent.glob("*.py")), *calibration):
            digest.update(path.read_bytes())
        for id_, record in sorted(_common_questions(config).items()):
            digest.update(repr((id_, record.asks, record.short)).encode())
        return digest.hexdigest()

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """Keep the settings; the model comes with training or loading."""
        self._config, self._storage, self._resource = config, storage, resource
        self._declines = frozenset(config["declines"])
        self._words = words_of(home() / config["knowledge"], home() / config["quiz"]) if config["knowledge"] else None
        self._model: IntentModel | None = None
        self._chooser: Chooser | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MeaningClassifier:
        """Make a component that is to be trained."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> MeaningClassifier:
        """Make a trained component."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._model, component._chooser = joblib.load(folder / _FILE)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Fit to the examples of all intents, and to the common questions and their answers."""
        # In an order of their own, so that the model is the same whichever files the examples stand in.
        messages = sorted(training_data.intent_examples, key=lambda message: (_label(message), str(message.get(TEXT))))
        labels = [_label(message) for message in messages]
        texts = [str(message.get(TEXT)) for message in messages]
        importance = [1.0] * len(labels)
        known = speaking_for_itself(set(labels), _common_questions(self._config))
        texts += [text for _, text in known]
        labels += [label for label, _ in known]
        importance += [float(self._config["content_weight"])] * len(known)
        pooled = np.vstack([*map(pooled_of, messages), cached_encoder().pool([text for _, text in known])])
        penalty, rounds = float(self._config["penalty"]), int(self._config["rounds"])
        self._model = IntentModel(texts, pooled, labels, importance, penalty=penalty, rounds=rounds)
        self._chooser = self._taught()
        with self._storage.write_to(self._resource) as folder:
            joblib.dump((self._model, self._chooser), folder / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Note in each message what it may mean."""
        for message in messages:
            note(message, self._meaning.read(str(message.get(TEXT) or ""), pooled_of(message)))
        return messages

    @property
    def _meaning(self) -> Meaning:
        assert self._model is not None, "the classifier is used before it is trained or loaded"
        return Meaning(self._model, self._chooser, self._declines, self._words)

    def _taught(self) -> Chooser | None:
        """The chooser for the present model, fitted to the utterances of the calibration set with one question."""
        if not self._config["calibration"] or self._model is None:
            return None
        texts, right = [], []
        for one in read_utterances(home() / self._config["calibration"]):
            # What other components recognize (another language) says nothing about the guesses of this one.
            labels = {*one.expect, *one.ok}
            if not one.parts and (not labels or labels & set(self._model.labels)):
                texts.append(one.text)
                right.append(labels)
        return Chooser.fit(self._meaning.guessed(texts, cached_encoder().pool(texts)), right)
