"""BANKING77 and CLINC150 through the project's own encoder and intent model."""

from __future__ import annotations

import csv
import json
import random
import time
from pathlib import Path
from typing import Any

from benchmarks.understanding.folds import model_of
from benchmarks.understanding.results import keep
from benchmarks.understanding.running import ROOT, say
from img_pathway.encoder.sentence_vectors import SentenceEncoder
from img_pathway.encoder.vector_cache import VectorCache
from img_pathway.nlu.intents import speaking_for_itself

Example = tuple[str, str]
# The threshold keeps so much of the validation set's in-scope messages right; the rest is free to be rejected.
_KEPT_IN_SCOPE = 0.948
_SHOTS = 10
_VECTORS = ROOT / ".state" / "public_vectors"


def banking(folder: Path, name: str) -> list[Example]:
    with (folder / "banking77" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["category"]) for row in csv.DictReader(file)]


def shots(examples: list[Example]) -> list[Example]:
    """Ten examples an intent, drawn over the file's order; intents in order of first appearance."""
    chance = random.Random(0)
    texts: dict[str, list[str]] = {}
    for text, label in examples:
        texts.setdefault(label, []).append(text)
    return [(text, label) for label, known in texts.items() for text in chance.sample(known, _SHOTS)]


def read(train: list[Example], texts: list[str]) -> dict[str, Any]:
    """Fit to examples and read texts: the label of each, its likeness to what is known, and the seconds of fitting."""
    names = speaking_for_itself({label for _, label in train}, {})
    known = [*train, *((text, label) for label, text in names)]
    cache = VectorCache(SentenceEncoder(), _VECTORS)
    pooled, wanted = cache.pool([text for text, _ in known]), cache.pool(texts)
    started = time.perf_counter()
    model = model_of([text for text, _ in known], pooled, [label for _, label in known])
    fitting = time.perf_counter() - started
    chances, _, likeness = model.read(texts, wanted)
    return {
        "labels": [model.labels[i] for i in chances.argmax(axis=1)],
        "scores": [float(like) for like in likeness],
        "fitting_seconds": fitting,
    }


def accuracy(labels: list[str], test: list[Example]) -> float:
    return sum(got == label for got, (_, label) in zip(labels, test, strict=True)) / len(test)


def run_banking(folder: Path) -> None:
    train, test = banking(folder, "train"), banking(folder, "test")
    for name, examples in (("banking77_10_shot", shots(train)), ("banking77", train)):
        say(f"{name}: {len(examples)} examples, {len(test)} messages")
        found = read(examples, [text for text, _ in test])
        figures = {"accuracy": accuracy(found["labels"], test), "fitting_seconds": found["fitting_seconds"]}
        keep("public", {name: figures})


def run_clinc(folder: Path) -> None:
    data = json.loads((folder / "clinc150" / "data_full.json").read_text(encoding="utf-8"))
    say(f"clinc150: {len(data['train'])} examples, {len(data['test'])} messages and {len(data['oos_test'])} others")
    parts = ("val", "oos_val", "test", "oos_test")
    train = [(text, label) for text, label in data["train"]]
    found = read(train, [text for part in parts for text, _ in data[part]])
    read_parts: dict[str, list[tuple[bool, float]]] = {}
    start = 0
    for part in parts:
        end = start + len(data[part])
        labels = zip(found["labels"][start:end], found["scores"][start:end], data[part], strict=True)
        read_parts[part] = [(got == label, score) for got, score, (_, label) in labels]
        start = end
    figures = {**with_threshold(read_parts), "fitting_seconds": found["fitting_seconds"]}
    keep("public", {"clinc150": figures})


def with_threshold(parts: dict[str, list[tuple[bool, float]]]) -> dict[str, float]:
    """In-scope accuracy and out-of-scope recall at a score chosen on the validation messages alone."""
    right = sorted(score for is_right, score in parts["val"] if is_right)
    spare = len(right) - round(_KEPT_IN_SCOPE * len(parts["val"]))
    threshold = right[max(spare, 0)]
    return {
        "accuracy": sum(is_right for is_right, _ in parts["test"]) / len(parts["test"]),
        "in_scope": sum(is_right and score >= threshold for is_right, score in parts["test"]) / len(parts["test"]),
        "out_of_scope": sum(score < threshold for _, score in parts["oos_test"]) / len(parts["oos_test"]),
        "out_of_scope_validation": sum(score < threshold for _, score in parts["oos_val"]) / len(parts["oos_val"]),
        "threshold": threshold,
    }


def run(folder: Path | None) -> None:
    if folder is None or not (folder / "banking77").is_dir() or not (folder / "clinc150").is_dir():
        say("The public data sets are left out: no folder with banking77 and clinc150 was given.")
        return
    run_banking(folder)
    run_clinc(folder)
