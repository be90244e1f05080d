"""Cross-validation over the training examples: each third is read by a model that was fitted to the rest."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.understanding.judging import component
from benchmarks.understanding.running import ROOT
from img_pathway.encoder.sentence_vectors import SentenceEncoder
from img_pathway.encoder.vector_cache import VectorCache
from img_pathway.nlu.intent_model import IntentModel
from img_pathway.staff.evaluation import group_of, scores
from img_pathway.staff.held_out import CLASSIFIER
from img_pathway.staff.training_data import read_training_data

_FOLDS = 3
# The classifier's own defaults, for what config.yml leaves to it.
_PENALTY, _ROUNDS = 16.0, 60


def cross_validated() -> dict[str, Any]:
    """Share of labels and of intents right, and the F1 of each intent."""
    examples = read_training_data(ROOT).examples
    texts, labels = [one.text for one in examples], [one.intent.name for one in examples]
    pooled = VectorCache(SentenceEncoder(), ROOT / "models" / "sentence_vectors").pool(texts)
    folds = _folds(labels)
    guessed = np.empty(len(labels), dtype=object)
    # More threads than free processors slow such small sums down.
    with threadpool_limits(1):
        for i in range(_FOLDS):
            kept, held = np.flatnonzero(folds != i), np.flatnonzero(folds == i)
            model = model_of([texts[k] for k in kept], pooled[kept], [labels[k] for k in kept])
            chances = model.read([texts[k] for k in held], pooled[held])[0]
            guessed[held] = [model.labels[k] for k in chances.argmax(axis=1)]
    intents = [(group_of(label), group_of(guess)) for label, guess in zip(labels, guessed, strict=True)]
    return {
        "examples": len(labels),
        "labels_right": float(np.mean(guessed == np.array(labels, dtype=object))),
        "intents_right": float(np.mean([label == guess for label, guess in intents])),
        "intents": scores(intents),
    }


def _folds(labels: list[str]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Every third example of each label, in the order of the files, so that no chance is in it."""
    seen: Counter[str] = Counter()
    folds = []
    for label in labels:
        folds.append(seen[label] % _FOLDS)
        seen[label] += 1
    return np.array(folds)


def model_of(texts: list[str], pooled: Any, labels: list[str]) -> IntentModel:
    """Fit a model with the settings of config.yml."""
    settings = component(CLASSIFIER)
    penalty, rounds = float(settings.get("penalty", _PENALTY)), int(settings.get("rounds", _ROUNDS))
    return IntentModel(texts, pooled, labels, [1.0] * len(labels), penalty=penalty, rounds=rounds)
