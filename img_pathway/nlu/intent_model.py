"""Which intent a sentence vector belongs to, and how near it is to the examples of that intent."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from img_pathway.nlu.sentence_vectors import Vectors


@dataclass(frozen=True)
class IntentModel:
    """A logistic regression over sentence vectors, and the examples that it was fitted to."""

    labels: tuple[str, ...]
    weights: Vectors
    """Shape (labels, dimensions + 1); the last column is the bias."""
    examples: Vectors
    """Shape (examples, dimensions), sorted by label."""
    starts: NDArray[np.int64]
    """Where the examples of each label begin."""

    @staticmethod
    def fit(
        vectors: Vectors, labels: Sequence[str], importance: Sequence[float], penalty: float, rounds: int
    ) -> IntentModel:
        """Fit to vectors of shape (examples, dimensions); raises ValueError for fewer than two labels.

        `importance` weighs the examples; `penalty` is the inverse of the regularization, `rounds` bounds the fitting.
        """
        names, owners = np.unique(np.asarray(labels), return_inverse=True)
        if len(names) < 2:
            raise ValueError("Intents can be told apart only if there are two or more with examples.")
        regression = LogisticRegression(C=penalty, max_iter=rounds)
        with warnings.catch_warnings():
            # Stopping early costs nothing that cross-validation could measure, and saves half of the time.
            warnings.simplefilter("ignore", ConvergenceWarning)
            regression.fit(vectors, owners, sample_weight=np.asarray(importance))
        weights = np.hstack([regression.coef_, regression.intercept_[:, None]])
        if len(names) == 2:  # scikit-learn keeps one row for two classes
            weights = np.vstack([-weights, weights]) / 2
        order = np.argsort(owners, kind="stable")
        starts = np.searchsorted(owners[order], np.arange(len(names)))
        return IntentModel(tuple(map(str, names)), weights.astype(np.float32), vectors[order], starts)

    def probabilities(self, vectors: Vectors) -> Vectors:
        """Probability of each label, shape (vectors, labels)."""
        logits = vectors @ self.weights[:, :-1].T + self.weights[:, -1]
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)

    def nearness(self, vectors: Vectors) -> Vectors:
        """Cosine similarity to the nearest example of each label, shape (vectors, labels)."""
        return np.asarray(np.maximum.reduceat(vectors @ self.examples.T, self.starts, axis=1), dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write the model to a file."""
        np.savez(path, labels=np.array(self.labels), weights=self.weights, examples=self.examples, starts=self.starts)

    @staticmethod
    def load(path: Path) -> IntentModel:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as file:
            return IntentModel(tuple(map(str, file["labels"])), file["weights"], file["examples"], file["starts"])
