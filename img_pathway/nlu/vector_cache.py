"""Vectors of texts that hardly change (examples, facts), kept in a file so that only new ones are worked out."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from img_pathway.nlu.sentence_vectors import DIMENSIONS, WEIGHTS_SHA256, SentenceEncoder, Vectors

# Beyond this many the file is started afresh with what is in use: texts come and go as staff edit.
_MOST_KEPT = 50_000


class VectorCache:
    """A sentence encoder with a memory on disk; a file that cannot be read is made anew."""

    def __init__(self, encoder: SentenceEncoder, path: Path) -> None:
        """Read the vectors known so far; the weights are part of the file's name."""
        self.encoder = encoder
        self._path = path.with_name(f"{path.stem}-{WEIGHTS_SHA256[:8]}.npz")
        self._known = self._read()

    def pool(self, texts: Sequence[str]) -> Vectors:
        """Mean and maximum of the token vectors, shape (texts, 2, 384); those of new texts are worked out and kept."""
        keys = [_key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if new:
            self._known.update(zip(new, self.encoder.pool(list(new.values())), strict=True))
            self._write({key: self._known[key] for key in keys} if len(self._known) > _MOST_KEPT else self._known)
        return np.stack([self._known[key] for key in keys]) if keys else np.zeros((0, 2, DIMENSIONS), np.float32)

    def _read(self) -> dict[bytes, Vectors]:
        try:
            with np.load(self._path, allow_pickle=False) as file:
                vectors = file["vectors"].reshape(-1, 2, DIMENSIONS)
                return dict(zip((key.tobytes() for key in file["keys"]), vectors, strict=True))
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            return {}

    def _write(self, known: dict[bytes, Vectors]) -> None:
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
