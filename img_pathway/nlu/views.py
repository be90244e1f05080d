"""One vector a message for telling intents apart: meaning seen in two ways, and the letters that it is written in.

The mean and the maximum of the token vectors are centered and partly whitened, so that what differs within an intent
counts less than what differs between intents; n-grams of letters and words, cut down to few dimensions, forgive
typos and know rare names. A principal component analysis joins the three.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.extmath import randomized_svd

from img_pathway.encoder.sentence_vectors import Vectors, unit

# Chosen by cross-validation on public intent data (docs/understanding.md).
_WHITENING = 0.25
_WHITENING_FLOOR = 0.2
_MAXIMUM_WEIGHT = 0.6
_NGRAM_WEIGHT = 0.5
_NGRAM_DIMENSIONS = 256
_MOST_NGRAMS = 15_000
_DIMENSIONS = 512
# Joined views are longer than one; classifiers with a penalty are given vectors of their length.
SCALE = float(np.sqrt(1 + _MAXIMUM_WEIGHT**2 + _NGRAM_WEIGHT**2))


@dataclass(frozen=True)
class _Whitening:
    """Centers vectors and shrinks the directions in which examples of one intent differ."""

    center: Vectors
    map: Vectors

    @staticmethod
    def fit(vectors: Vectors, owners: NDArray[np.int64]) -> _Whitening:
        center = vectors.mean(axis=0)
        centered = unit(vectors - center)
        means = np.zeros((owners.max() + 1, vectors.shape[1]))
        np.add.at(means, owners, centered)
        within = centered - (means / np.bincount(owners)[:, None])[owners]
        sizes, axes = np.linalg.eigh(within.T @ within / len(within))
        sizes = np.maximum(sizes, 0.0) / max(sizes.mean(), 1e-12) + _WHITENING_FLOOR
        return _Whitening(center, ((axes * sizes**-_WHITENING) @ axes.T).astype(np.float32))

    def __call__(self, vectors: Vectors) -> Vectors:
        return unit(unit(vectors - self.center) @ self.map)


@dataclass(frozen=True)
class Views:
    """From texts and their pooled token vectors to one vector each; fitted to the examples of the intents."""

    whitenings: tuple[_Whitening, ...]
    ngrams: tuple[TfidfVectorizer, ...]
    letters: Vectors
    axes: Vectors

    @staticmethod
    def fit(texts: Sequence[str], pooled: Vectors, owners: NDArray[np.int64]) -> tuple[Views, Vectors]:
        """Fit to texts, their pooled vectors of shape (texts, 2, dimensions), and the number of the intent of each.

        Beside the views, the vectors of these texts.
        """
        whitenings = tuple(_Whitening.fit(_view(pooled, i), owners) for i in range(pooled.shape[1]))
        settings = {"sublinear_tf": True, "max_features": _MOST_NGRAMS, "dtype": np.float32}
        ngrams = (
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), **settings),
            TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b", **settings),
        )
        counts = hstack([of_kind.fit_transform(texts) for of_kind in ngrams]).tocsr()
        for of_kind in ngrams:
            # The words that are not used; they would be kept in the model (CVE-2024-5206).
            del of_kind.stop_words_
        dimensions = min(_NGRAM_DIMENSIONS, min(counts.shape) - 1)
        letters = randomized_svd(counts, dimensions, n_iter=2, random_state=0)[2].T.astype(np.float32)
        joined = _join(whitenings, counts @ letters, pooled)
        _, axes = np.linalg.eigh(joined.T @ joined)
        views = Views(whitenings, ngrams, letters, np.ascontiguousarray(axes[:, ::-1][:, :_DIMENSIONS], np.float32))
        return views, unit(joined @ views.axes)

    def __call__(self, texts: Sequence[str], pooled: Vectors) -> Vectors:
        """Vectors of length one, shape (texts, dimensions)."""
        counts = hstack([of_kind.transform(texts) for of_kind in self.ngrams]).tocsr()
        return unit(_join(self.whitenings, counts @ self.letters, pooled) @ self.axes)


def _join(whitenings: Sequence[_Whitening], letters: Vectors, pooled: Vectors) -> Vectors:
    mean, maximum = (whiten(_view(pooled, i)) for i, whiten in enumerate(whitenings))
    return np.hstack([mean, _MAXIMUM_WEIGHT * maximum, _NGRAM_WEIGHT * letters.astype(np.float32)])


def _view(pooled: Vectors, i: int) -> Vectors:
    """The mean has a length that says nothing; of the maximum it says how much was said."""
    return unit(pooled[:, i]) if i == 0 else pooled[:, i]
