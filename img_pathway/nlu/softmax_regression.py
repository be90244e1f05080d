"""Multinomial logistic regression in single precision: what scikit-learn fits in double takes four times as long."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from img_pathway.encoder.sentence_vectors import Vectors


def fit(
    vectors: Vectors, owners: NDArray[np.int64], importance: Vectors, labels: int, *, penalty: float, rounds: int
) -> Vectors:
    """Weights of shape (labels, dimensions + 1), the bias last, from vectors (texts, dimensions) and their labels.

    `penalty` is the inverse of the regularization, from which biases are free; `rounds` bounds the fitting.
    """
    known = np.hstack([vectors, np.ones((len(vectors), 1), np.float32)])
    rows, shape = np.arange(len(known)), (labels, known.shape[1])

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(shape).astype(np.float32)
        chances = known @ weights.T
        chances -= chances.max(axis=1, keepdims=True)
        np.exp(chances, out=chances)
        chances /= chances.sum(axis=1, keepdims=True)
        missed = -importance @ np.log(np.maximum(chances[rows, owners], 1e-30))
        chances[rows, owners] -= 1.0
        chances *= importance[:, None]
        slope = chances.T @ known
        free = weights.copy()
        free[:, -1] = 0.0
        slope += free / penalty
        return float(missed + (free**2).sum() / 2 / penalty), slope.ravel().astype(np.float64)

    found = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": rounds})
    return np.asarray(found.x.reshape(shape), dtype=np.float32)
