"""How far a guess is to be trusted: is the message ours to answer, and is the first guess right?

Both are probabilities, fitted to utterances that no example was made from (data/calibration.yml).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from img_pathway.dialogue.labels import is_listed
from img_pathway.nlu.intent_model import IntentModel
from img_pathway.nlu.sentence_vectors import Vectors

_PENALTY = 10.0
_TINY = 1e-4

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Reading:
    """Messages read by an intent model: probabilities and nearness of all labels, and which labels decline."""

    probabilities: Vectors
    nearness: Vectors
    likeness: Vectors
    declines: NDArray[np.bool_]

    @staticmethod
    def of(model: IntentModel, texts: Sequence[str], pooled: Vectors, declines: Collection[str]) -> Reading:
        """Read texts with their pooled vectors of shape (texts, 2, 384)."""
        return Reading(*model.read(texts, pooled), np.array([is_listed(label, declines) for label in model.labels]))

    def scope_features(self) -> Numbers:
        """For each message: log odds of declining, and nearness to what is ours and to what is not."""
        ours, others = self.probabilities[:, ~self.declines], self.probabilities[:, self.declines]
        odds = np.log(others.sum(axis=1) + _TINY) - np.log(ours.sum(axis=1) + _TINY)
        near = [self._nearest(~self.declines), self._nearest(self.declines)]
        return np.stack([odds, *near], axis=1).astype(np.float64)

    def _nearest(self, mask: NDArray[np.bool_]) -> Vectors:
        return self.nearness[:, mask].max(axis=1) if mask.any() else np.zeros(len(self.nearness), np.float32)

    def best(self, declining: bool) -> NDArray[np.int64]:
        """Labels of each message from the likeliest on: those that decline, or all others; shape (messages, labels)."""
        allowed = self.declines if declining and self.declines.any() else ~self.declines
        return np.argsort(np.where(allowed, -self.probabilities, 1.0), axis=1, kind="stable")

    def guess_features(self) -> Numbers:
        """For each message: how likely the first guess is among what is ours, its lead, and its nearness."""
        order, rows = self.best(declining=False), np.arange(len(self.probabilities))
        first, second = self.probabilities[rows, order[:, 0]], self.probabilities[rows, order[:, 1]]
        ours = self.probabilities[:, ~self.declines].sum(axis=1)
        logs = np.log(first / (ours + _TINY) + _TINY), np.log(first + _TINY) - np.log(second + _TINY)
        return np.stack([*logs, self.nearness[rows, order[:, 0]]], axis=1).astype(np.float64)


@dataclass(frozen=True)
class Trust:
    """Two small logistic regressions, as weights with the bias last."""

    scope: Numbers
    guess: Numbers

    @staticmethod
    def fit(reading: Reading, labels: Sequence[str], expected: Sequence[Sequence[str]]) -> Trust:
        """Fit to messages and the labels expected of each; raises ValueError where all are of one kind."""
        declines = {label for label, mask in zip(labels, reading.declines, strict=True) if mask}
        ours = np.array([not set(right) <= declines for right in expected])
        first = reading.best(declining=False)[:, 0]
        right = np.array([labels[i] in wanted for i, wanted in zip(first, expected, strict=True)])
        return Trust(_fit(reading.scope_features(), ours), _fit(reading.guess_features()[ours], right[ours]))

    def in_scope(self, reading: Reading) -> Numbers:
        """Probability that each message is ours to answer."""
        return _apply(self.scope, reading.scope_features())

    def right(self, reading: Reading) -> Numbers:
        """Probability that the first guess at each message is right, if it is ours."""
        return _apply(self.guess, reading.guess_features())


def _fit(features: Numbers, truth: NDArray[np.bool_]) -> Numbers:
    if truth.all() or not truth.any():
        raise ValueError("Calibration needs utterances of both kinds: to be answered and to be declined.")
    regression = LogisticRegression(C=_PENALTY).fit(features, truth)
    return np.append(regression.coef_[0], regression.intercept_[0])


def _apply(weights: Numbers, features: Numbers) -> Numbers:
    return np.asarray(1.0 / (1.0 + np.exp(-(features @ weights[:-1] + weights[-1]))))
