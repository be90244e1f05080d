"""Sentence vectors: a tuned MPNet with 8-bit weights, run without a network."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from img_pathway.encoder import files, layout

Vectors = NDArray[np.float32]

DIMENSIONS = layout.WIDTH
_BATCH = 32
# Tokens of one question of a message. Without this bound three questions, and the pairs of them that are read together,
# take five times as long as the longest message.
LONGEST_PART = 64


class SentenceEncoder:
    """Turns sentences into vectors whose dot product says how near they are in meaning."""

    def __init__(self, *, checked: bool = True) -> None:
        """Load weights and tokenizer; raises WeightsError where they are not the ones made from the present files."""
        if checked:
            files.require()
        options = SessionOptions()
        # One thread a text; many texts are spread over the processors in batches.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = InferenceSession(str(files.GRAPH), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(files.TOKENIZER))
        # The file pads every message to 128 tokens, which makes a short one five times as slow.
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(layout.LONGEST)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length one, shape (number of texts, 768), in the order of the texts."""
        return unit(self.pool(texts)[:, 0])

    def pool(
        self, texts: Sequence[str], longest: int = layout.LONGEST, tell: Callable[[int], None] = lambda done: None
    ) -> Vectors:
        """Mean and maximum over the first `longest` tokens of each text, shape (number of texts, 2, 768).

        `tell` is told from time to time how many are done.
        """
        tokens = [self._tokenizer.encode(text).ids[:longest] for text in texts]
        vectors = np.zeros((len(tokens), 2, DIMENSIONS), dtype=np.float32)
        # Sentences of like length share a batch, so that little of it is padding.
        order = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))
        batches = [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]
        for number, pooled in enumerate(self._each([[tokens[i] for i in batch] for batch in batches])):
            vectors[batches[number]] = pooled
            tell(min((number + 1) * _BATCH, len(tokens)))
        return vectors

    def _each(self, batches: list[list[list[int]]]) -> Iterator[Vectors]:
        if len(batches) == 1:
            yield self._pool_tokens(batches[0])
            return
        with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as threads:
            yield from threads.map(self._pool_tokens, batches)

    def _pool_tokens(self, tokens: list[list[int]]) -> Vectors:
        shape = (len(tokens), max(map(len, tokens)))
        ids, mask = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for row, sentence in enumerate(tokens):
            ids[row, : len(sentence)] = sentence
            mask[row, : len(sentence)] = 1
        [hidden] = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        present = mask[:, :, None]
        means = (hidden * present).sum(axis=1) / present.sum(axis=1)
        highest = np.where(present, hidden, -np.inf).max(axis=1)
        return np.asarray(np.stack([means, highest], axis=1), dtype=np.float32)


def unit(vectors: Vectors) -> Vectors:
    """Vectors scaled to length one."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)
