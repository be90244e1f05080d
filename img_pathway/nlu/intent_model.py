"""Which intent a message belongs to, and how near it is to the examples of that intent."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from img_pathway.encoder.sentence_vectors import Vectors, unit
from img_pathway.nlu.softmax_regression import fit
from img_pathway.nlu.views import SCALE, Views

# Of the likeliest intents, those with near examples are preferred: of how many, how much, and how near is near.
_RERANKED = 10
_LOOKED_AT = 40
_NEAR_WEIGHT = 8.0
_NEARNESS = 30.0
# Likeness to what is known: cosine to the middle of the likeliest intent, and how large the logits are.
_ENERGY_WEIGHT = 0.2


class IntentModel:
    """A logistic regression over vectors of messages, and the examples that it was fitted to."""

    def __init__(
        self,
        texts: Sequence[str],
        pooled: Vectors,
        labels: Sequence[str],
        importance: Sequence[float],
        *,
        penalty: float,
        rounds: int,
    ) -> None:
        """Fit to texts, their pooled vectors (texts, 2, dimensions) and labels; raises ValueError for one label.

        `importance` weighs the examples; `penalty` is the inverse of the regularization, `rounds` bounds the fitting.
        """
        names, owners = np.unique(np.asarray(labels), return_inverse=True)
        if len(names) < 2:
            raise ValueError("Intents can be told apart only if there are two or more with examples.")
        self.labels = tuple(map(str, names))
        self._views, vectors = Views.fit(texts, pooled, owners)
        # Classifiers with a penalty are given vectors of the length of all joined views.
        self._weights = fit(
            vectors * SCALE, owners, np.asarray(importance, np.float32), len(names), penalty=penalty, rounds=rounds
        )
        self._weights[:, :-1] *= SCALE
        order = np.argsort(owners, kind="stable")
        self._starts: NDArray[np.int64] = np.searchsorted(owners[order], np.arange(len(names) + 1))
        plain = unit(pooled[order, 0])
        self._means = unit(np.add.reduceat(plain, self._starts[:-1], axis=0))
        # In half precision: there are tens of thousands, and every chat server holds them.
        self._examples, self._plain = vectors[order].astype(np.float16), plain.astype(np.float16)

    def read(self, texts: Sequence[str], pooled: Vectors) -> tuple[Vectors, Vectors, Vectors]:
        """How each label fits each text, how near its examples are, and how much the text is like any of them.

        Probability of each label, and cosine similarity of the plain sentence vector to its nearest example, both of
        shape (texts, labels); and the likeness of the texts to what is known, a number that has no upper bound.
        """
        vectors, plain = self._views(texts, pooled), unit(pooled[:, 0])
        logits = vectors @ self._weights[:, :-1].T + self._weights[:, -1]
        logs = _log_softmax(logits)
        nearness = plain @ self._means.T
        chances = np.stack([self._reranked(*row) for row in zip(logs, vectors, plain, nearness, strict=True)])
        middle = (plain * self._means[chances.argmax(axis=1)]).sum(axis=1)
        return chances, nearness, middle + _ENERGY_WEIGHT * np.log(np.exp(logits).sum(axis=1))

    def _reranked(self, logs: Vectors, vector: Vectors, plain: Vectors, nearness: Vectors) -> Vectors:
        """Probabilities of one text, with near examples counted for the likeliest labels; fills in their nearness.

        Examples of unlikely labels are not looked at, which saves most of the time; their middle stands for them.
        """
        candidates = np.argsort(-logs)[:_LOOKED_AT]
        gained = np.zeros(len(candidates))
        for place, label in enumerate(candidates):
            own = slice(self._starts[label], self._starts[label + 1])
            nearness[label] = (self._plain[own].astype(np.float32) @ plain).max()
            like = self._examples[own].astype(np.float32) @ vector
            gained[place] = np.log(np.exp(_NEARNESS * (like - 1.0)).sum()) / _NEARNESS
        # All others get as much as the least of the best.
        bonus = np.full(len(logs), gained[:_RERANKED].min())
        bonus[candidates[:_RERANKED]] = gained[:_RERANKED]
        return np.exp(_log_softmax((logs + _NEAR_WEIGHT * bonus)[None])[0]).astype(np.float32)


def _log_softmax(logits: Vectors) -> Vectors:
    shifted = logits - logits.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))
