"""Cut what tuning changed down to two thin factors a matrix, and write what the repository keeps of it."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from transformers import AutoModel
from tune import encode

from img_pathway.encoder.weights import TALL, WIDE, learned

RANK = 48
# Untouched by tuning, or the same whatever is learned.
LEFT_OUT = ("embeddings.word_embeddings.weight", "embeddings.position_ids")
REFERENCE = (
    "What is the difference between internship and residency?",
    "graduated 2012, two attempts on step 1, any hope for family medicine",
    "Can my wife work while I am on a J-1 visa?",
    "hello",
    "My school is closed now and ECFMG wants the dean's signature, who do I ask for it?",
    "observership or externship, which one counts for a letter",
)


def factors(change: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The best approximation of a change by two thin matrices."""
    left, sizes, right = np.linalg.svd(change, full_matrices=False)
    return left[:, :RANK] * sizes[:RANK], right[:RANK]


def main() -> None:
    """Write learned.npz and reference.npz."""
    asked = argparse.ArgumentParser()
    asked.add_argument("base", type=Path, help="folder of the base model")
    asked.add_argument("tuned", type=Path, help="file that tune.py wrote")
    asked.add_argument("out", type=Path, help="folder for the two files")
    given = asked.parse_args()
    base = load_file(given.base / "model.safetensors")
    tuned = torch.load(given.tuned)
    kept = {}
    for name, values in tuned.items():
        if name in LEFT_OUT or name not in base:
            continue
        change = values.float().numpy() - base[name]
        if min(change.shape) > RANK and change.ndim > 1:
            kept[name + TALL], kept[name + WIDE] = factors(change)
        else:
            kept[name] = change
    np.savez(given.out / "learned.npz", **{name: values.astype(np.float16) for name, values in kept.items()})
    encoder = AutoModel.from_pretrained(given.base, add_pooling_layer=False)
    # The model as it is kept, so that a comparison shows whether it was put together rightly.
    cut = {name: torch.tensor(base[name] + change) for name, change in learned(given.out / "learned.npz").items()}
    encoder.load_state_dict({**tuned, **cut})
    tokenizer = Tokenizer.from_file(str(given.base / "tokenizer.json"))
    tokenizer.no_padding()
    vectors = encode(encoder, [tokenizer.encode(text).ids for text in REFERENCE])
    np.savez(given.out / "reference.npz", texts=np.array(REFERENCE), vectors=vectors.numpy().astype(np.float16))


if __name__ == "__main__":
    main()
