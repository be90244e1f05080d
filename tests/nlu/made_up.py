"""Small made-up data for tests of learning: vectors that point where their label says, with noise around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha1

import numpy as np

from img_pathway.encoder.sentence_vectors import DIMENSIONS, Vectors
from img_pathway.nlu.intent_model import IntentModel

PLACES = {"cost": "how much money {} fee", "length": "how many weeks {} takes", "greet": "hello {} good day"}
_NAMES = ("observership", "externship", "step one", "oet", "clerkship", "residency", "visa", "match")


@dataclass
class CountingEncoder:
    """Vectors out of the letters of a text; remembers what it was asked for."""

    asked: list[str] = field(default_factory=list)

    def pool(self, texts: Sequence[str], longest: int | None = None, **_: object) -> Vectors:
        self.asked += texts
        seeds = [int.from_bytes(sha1(text.encode(), usedforsecurity=False).digest()[:4], "big") for text in texts]
        found = [np.random.default_rng(seed).normal(size=(2, DIMENSIONS)) for seed in seeds]
        return np.asarray(found, dtype=np.float32).reshape(-1, 2, DIMENSIONS)


@dataclass(frozen=True)
class Data:
    """Texts, their pooled vectors and their labels."""

    texts: list[str]
    pooled: Vectors
    labels: list[str]


def data(labels: Sequence[str] = tuple(PLACES), each: int = 8, seed: int = 1) -> Data:
    """`each` examples of each label; another seed gives other noise around the same directions."""
    noise = np.random.default_rng(seed)
    texts, pooled, owners = [], [], []
    for label in labels:
        direction = np.random.default_rng(sorted(PLACES).index(label)).normal(size=(2, DIMENSIONS))
        for i in range(each):
            texts.append(PLACES[label].format(_NAMES[i % len(_NAMES)]))
            pooled.append(direction + 0.5 * noise.normal(size=(2, DIMENSIONS)))
            owners.append(label)
    return Data(texts, np.asarray(pooled, dtype=np.float32), owners)


def model(known: Data, importance: Sequence[float] | None = None) -> IntentModel:
    """An intent model of made-up data, with the settings of the real one."""
    return IntentModel(
        known.texts, known.pooled, known.labels, importance or [1.0] * len(known.labels), penalty=16.0, rounds=60
    )
