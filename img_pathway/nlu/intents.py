"""What a message may mean: all that the bot could answer or decline, ranked, and how far that is to be trusted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
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
from img_pathway.dialogue.understood import Guess, Understood
from img_pathway.dialogue.utterances import read_utterances
from img_pathway.knowledge import Mentions, load_knowledge
from img_pathway.knowledge.model import Faq
from img_pathway.nlu.component import note
from img_pathway.nlu.featurizer import cached_encoder, pooled_of
from img_pathway.nlu.intent_model import IntentModel
from img_pathway.nlu.parts import in_turn, is_sure, say_their_topic
from img_pathway.nlu.sentence_vectors import LONGEST_PART, Vectors
from img_pathway.nlu.sentences import MOST_QUESTIONS, questions
from img_pathway.nlu.trust import Reading, Trust

_FILE = "intents.joblib"
_MOST_GUESSES = 10


def _label(message: Message) -> str:
    return str(message.get(INTENT_RESPONSE_KEY) or message.get(INTENT))


def _in_words(label: str) -> str:
    # "ask cost" is what people type; elsewhere the intent before the slash only holds labels together.
    guess = Guess(label, 1.0)
    name = label if guess.intent in (ASK, FAQ) else guess.detail or label
    return name.replace("/", " ").replace("_", " ").lower()


def _common_questions(config: Mapping[str, Any]) -> Mapping[str, Faq]:
    return load_knowledge(home() / config["knowledge"]).faq if config.get("knowledge") else {}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MeaningClassifier(GraphComponent, IntentClassifier):
    """Ranks by meaning what a message may ask, and adds the ranking to the evidence.

    `declines` are the intents and labels of what is not ours to answer. Beside the ranking stand the probability that
    the message is ours and the one that the first guess is right, fitted to the utterances in `calibration`; without
    those every first guess is trusted.
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
            "content_weight": 2.0,
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """What the model depends on beside examples and settings, so that Rasa's cache gives back no outdated one."""
        digest = hashlib.sha256()
        # For a part that is taken from the cache Rasa asks again, with the settings of what stands in its place.
        calibration = [home() / config["calibration"]] if config.get("calibration") else []
        for path in (*sorted(Path(__file__).parent.glob("*.py")), *calibration):
            digest.update(path.read_bytes())
        for id_, record in sorted(_common_questions(config).items()):
            digest.update(repr((id_, record.asks, record.says)).encode())
        return digest.hexdigest()

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """Keep the settings; the model comes with training or loading."""
        self._config, self._storage, self._resource = config, storage, resource
        self._declines = frozenset(config["declines"])
        folder = config["knowledge"]
        self._mentions = Mentions(load_knowledge(home() / folder)) if folder else None
        self._model: IntentModel | None = None
        self._trust: Trust | None = None

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
            component._model, component._trust = joblib.load(folder / _FILE)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Fit to the examples of all intents, and to the common questions and their answers."""
        # In an order of their own, so that the model is the same whichever files the examples stand in.
        messages = sorted(training_data.intent_examples, key=lambda message: (_label(message), str(message.get(TEXT))))
        labels = [_label(message) for message in messages]
        texts = [str(message.get(TEXT)) for message in messages]
        importance = [1.0] * len(labels)
        known = self._content(set(labels))
        texts += [text for _, text in known]
        labels += [label for label, _ in known]
        importance += [float(self._config["content_weight"])] * len(known)
        pooled = np.vstack([*map(pooled_of, messages), cached_encoder().pool([text for _, text in known])])
        penalty, rounds = float(self._config["penalty"]), int(self._config["rounds"])
        self._model = IntentModel(texts, pooled, labels, importance, penalty=penalty, rounds=rounds)
        self._trust = self._calibrated(self._model)
        with self._storage.write_to(self._resource) as folder:
            joblib.dump((self._model, self._trust), folder / _FILE)
        return self._resource

    def _content(self, labels: set[str]) -> list[tuple[str, str]]:
        """Label and text of what speaks for itself: each common question and its answer, else a label's own name."""
        faq = _common_questions(self._config)
        taught = {f"{FAQ}/{id_}": record for id_, record in faq.items() if f"{FAQ}/{id_}" in labels}
        asked = [(label, text) for label, record in taught.items() for text in (record.asks, record.says)]
        return asked + [(label, _in_words(label)) for label in sorted(labels - set(taught))]

    def process(self, messages: list[Message]) -> list[Message]:
        """Note in each message what it may mean."""
        for message in messages:
            self._read(message)
        return messages

    def _read(self, message: Message) -> None:
        text = str(message.get(TEXT) or "")
        heard = self._understand([text], pooled_of(message))[0]
        asked = questions(text)
        if len(asked) > 1 and (is_sure(heard) or heard.band != "answer"):
            heard = self._with_parts(heard, asked[:MOST_QUESTIONS], more=len(asked) > MOST_QUESTIONS)
        note(message, heard)

    def _with_parts(self, heard: Understood, asked: list[str], *, more: bool) -> Understood:
        """Two or more questions that are understood are answered, even where the message as a whole is not."""
        together = [f"{before} {question}" for before, question in pairwise(asked)]
        pooled = cached_encoder().encoder.pool([*asked, *together], longest=LONGEST_PART)
        read = self._understand([*asked, *together], pooled)
        parts = in_turn(read[: len(asked)], read[len(asked) :], self._names_topic)
        if len(parts) < 2 or not (is_sure(heard) or say_their_topic(parts, self._names_topic)):
            return heard
        return replace(heard if is_sure(heard) else parts[0], text=heard.text, parts=parts, more=more)

    def _names_topic(self, text: str) -> bool:
        return self._mentions is not None and bool(self._mentions.topics(text))

    def _calibrated(self, model: IntentModel) -> Trust | None:
        if not self._config["calibration"]:
            return None
        utterances = read_utterances(home() / self._config["calibration"])
        # What other components recognize (another language) says nothing about the guesses of this one.
        expected = {u.text: u.expect for u in utterances if set(u.expect) & set(model.labels)}
        texts = list(expected)
        reading = Reading.of(model, texts, cached_encoder().pool(texts), self._declines)
        return Trust.fit(reading, model.labels, list(expected.values()))

    def _understand(self, texts: list[str], pooled: Vectors) -> list[Understood]:
        assert self._model is not None, "the classifier is used before it is trained or loaded"
        reading = Reading.of(self._model, texts, pooled, self._declines)
        if self._trust is None:
            return [Understood(text, self._guesses(reading, i, declining=False)) for i, text in enumerate(texts)]
        ours, right = self._trust.in_scope(reading), self._trust.right(reading)
        return [
            Understood(
                text,
                self._guesses(reading, i, declining=False),
                self._guesses(reading, i, declining=True),
                float(ours[i]),
                float(right[i]),
                float(reading.nearness[i, reading.declines].max()),
            )
            for i, text in enumerate(texts)
        ]

    def _guesses(self, reading: Reading, i: int, *, declining: bool) -> tuple[Guess, ...]:
        assert self._model is not None
        best = reading.best(declining)[i][:_MOST_GUESSES]
        return tuple(Guess(self._model.labels[k], float(reading.probabilities[i, k])) for k in best)
