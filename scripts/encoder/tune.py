"""Tune all-mpnet-base-v2 on the project's examples, and keep what it learned as a small file.

Run by `make encoder` in an environment of its own. Settings are those of docs/understanding.md, "The encoder".
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import AutoModel, PreTrainedModel

EPOCHS = 2
BATCH = 32
# Without gradients, weights are converted anew for each batch.
ENCODED = 256
LONGEST = 64  # tokens
ENCODER_RATE, LABEL_RATE = 4e-5, 2e-3
WARM_UP = 0.1
LEAST_RATE = 0.02
SCALE = 20.0  # of the cosine, before the softmax
SMOOTHING = 0.1
LONGEST_NORM = 1.0
# Batches of like length are made within so many batches.
SORTED_WITHIN = 40


@dataclass
class Tuning:
    """The model, and one vector and one bias a label."""

    encoder: PreTrainedModel
    labels: torch.nn.Parameter
    bias: torch.nn.Parameter

    def logits(self, texts: list[list[int]]) -> torch.Tensor:
        """How each label fits each text."""
        means = functional.normalize(pooled(self.encoder, texts), dim=1)
        return SCALE * means @ functional.normalize(self.labels, dim=1).T + self.bias


def pooled(encoder: PreTrainedModel, texts: list[list[int]]) -> torch.Tensor:
    """Mean of the token vectors of each text."""
    shape = (len(texts), max(map(len, texts)))
    ids, mask = torch.full(shape, encoder.config.pad_token_id), torch.zeros(shape, dtype=torch.long)
    for row, text in enumerate(texts):
        ids[row, : len(text)] = torch.tensor(text)
        mask[row, : len(text)] = 1
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = encoder(input_ids=ids, attention_mask=mask).last_hidden_state
    present = mask[:, :, None].float()
    return (hidden.float() * present).sum(1) / present.sum(1)


def encode(encoder: PreTrainedModel, texts: list[list[int]]) -> torch.Tensor:
    """Mean of the token vectors of many texts, without learning."""
    encoder.eval()
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    vectors = torch.zeros(len(texts), encoder.config.hidden_size)
    with torch.no_grad():
        for start in range(0, len(order), ENCODED):
            chosen = order[start : start + ENCODED]
            vectors[chosen] = pooled(encoder, [texts[i] for i in chosen])
    encoder.train()
    return vectors


def batches(texts: list[list[int]], chance: random.Random) -> Iterator[list[int]]:
    """One epoch: batches of like length, in an order of chance."""
    order = list(range(len(texts)))
    chance.shuffle(order)
    size = BATCH * SORTED_WITHIN
    found = []
    for start in range(0, len(order), size):
        near = sorted(order[start : start + size], key=lambda i: len(texts[i]))
        found += [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
    chance.shuffle(found)
    yield from found


def fit(tuning: Tuning, texts: list[list[int]], owners: torch.Tensor, seed: int) -> None:
    """Fit encoder and label vectors together."""
    tuning.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    learning = [p for p in tuning.encoder.parameters() if p.requires_grad]
    groups = [
        {"params": [p for p in learning if p.ndim > 1], "lr": ENCODER_RATE, "weight_decay": 0.01},
        {"params": [p for p in learning if p.ndim < 2], "lr": ENCODER_RATE, "weight_decay": 0.0},
        {"params": [tuning.labels, tuning.bias], "lr": LABEL_RATE, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, fused=True)
    steps = math.ceil(len(texts) / BATCH) * EPOCHS
    warm = max(1, int(steps * WARM_UP))
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1, (s + 1) / warm) * max(LEAST_RATE, 1 - max(0, s - warm) / (steps - warm))
    )
    chance, started, done = random.Random(seed), time.monotonic(), 0
    losses: list[float] = []
    for _ in range(EPOCHS):
        for batch in batches(texts, chance):
            logits = tuning.logits([texts[i] for i in batch])
            loss = functional.cross_entropy(logits, owners[batch], label_smoothing=SMOOTHING)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learning, LONGEST_NORM)
            optimizer.step()
            rate.step()
            losses.append(loss.item())
            done += 1
            if done % 50 == 0:
                left = (time.monotonic() - started) / done * (steps - done) / 60
                print(f"  step {done} of {steps}, loss {np.mean(losses[-50:]):.2f}, {left:.0f} min left", flush=True)


def main() -> None:
    """Tune, and save the model as it is; scripts/encoder/compress.py cuts it down."""
    asked = argparse.ArgumentParser()
    asked.add_argument("examples", type=Path, help="JSON: a list of [label, text]")
    asked.add_argument("base", type=Path, help="folder of the base model")
    asked.add_argument("out", type=Path, help="file for the tuned weights")
    asked.add_argument("--seed", type=int, default=0)
    given = asked.parse_args()
    random.seed(given.seed)
    torch.manual_seed(given.seed)
    rows = json.loads(given.examples.read_text(encoding="utf-8"))
    tokenizer = Tokenizer.from_file(str(given.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    texts = [tokenizer.encode(text).ids for _, text in rows]
    names = sorted({label for label, _ in rows})
    owners = torch.tensor([names.index(label) for label, _ in rows])
    encoder = AutoModel.from_pretrained(given.base, add_pooling_layer=False)
    means = torch.zeros(len(names), encoder.config.hidden_size)
    means.index_add_(0, owners, functional.normalize(encode(encoder, texts), dim=1))
    labels = torch.nn.Parameter(functional.normalize(means, dim=1))
    fit(Tuning(encoder, labels, torch.nn.Parameter(torch.zeros(len(names)))), texts, owners, given.seed)
    torch.save(encoder.state_dict(), given.out)


if __name__ == "__main__":
    main()
