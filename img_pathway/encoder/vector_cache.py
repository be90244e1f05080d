"""Vectors of texts that hardly change (examples, facts), kept in a file so that only new ones are worked out."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from img_pathway.encoder.files import sources
from img_pathway.encoder.sentence_vectors import DIMENSIONS, SentenceEncoder, Vectors

# Beyond this many the file is started afresh with what is in use: texts come and go as staff edit.
_MOST_KEPT = 50_000
# How often the log says how many texts are done, and from how many on.
_TOLD_EVERY = 1_000

_LOG = logging.getLogger(__name__)
Halves = NDArray[np.float16]


class _Progress:
    """Says from time to time how much of a long work is done."""

    def __init__(self, of: int) -> None:
        self._of, self._told = of, 0

    def __call__(self, done: int) -> None:
        if self._of > _TOLD_EVERY and (done - self._told >= _TOLD_EVERY or done == self._of):
            self._told = done
            _LOG.info("%d of %d texts have their vectors.", done, self._of)


class VectorCache:
    """A sentence encoder with a memory on disk; a file that cannot be read is made anew."""

    def __init__(self, encoder: SentenceEncoder, path: Path) -> None:
        """Keep vectors at a path; what the weights are made from is part of the file's name."""
        self.encoder = encoder
        self._path = path.with_name(f"{path.stem}-{sources()[:8]}.npz")

    def pool(self, texts: Sequence[str]) -> Vectors:
        """Mean and maximum of the token vectors, shape (texts, 2, 768); those of new texts are worked out and kept."""
        if not texts:
            return np.zeros((0, 2, DIMENSIONS), np.float32)
        # Nothing is held between calls: a chat server asks once, for its facts.
        known, keys = self._read(), [_key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if new:
            found = self.encoder.pool(list(new.values()), tell=_Progress(len(new)))
            known.update(zip(new, found.astype(np.float16), strict=True))
            self._write({key: known[key] for key in keys} if len(known) > _MOST_KEPT else known)
        return np.stack([known[key] for key in keys]).astype(np.float32)

    def _read(self) -> dict[bytes, Halves]:
        try:
            with np.load(self._path, allow_pickle=False) as file:
                vectors = file["vectors"].astype(np.float16).reshape(-1, 2, DIMENSIONS)
                return dict(zip((key.tobytes() for key in file["keys"]), vectors, strict=True))
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            return {}

    def _write(self, known: dict[bytes, Halves]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and moved into place: two trainings at a time must not leave half a file.
        handle, name = tempfile.mkstemp(dir=self._path.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                keys = np.frombuffer(b"".join(known), dtype=np.uint8).reshape(len(known), -1)
                np.savez(file, keys=keys, vectors=np.stack(list(known.values())))
            Path(name).replace(self._path)
        finally:
            Path(name).unlink(missing_ok=True)


def _key(text: str) -> bytes:
    return hashlib.sha1(text.encode(), usedforsecurity=False).digest()
