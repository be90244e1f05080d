"""BANKING77 and CLINC150 through the project's own featurizer and classifier, trained and loaded by Rasa."""

from __future__ import annotations

import csv
import json
import random
import tempfile
from pathlib import Path
from typing import Any

import yaml

from benchmarks.understanding.judging import FEATURIZER, component
from benchmarks.understanding.results import keep
from benchmarks.understanding.running import OneThread, parse, say, training_seconds
from img_pathway.staff.held_out import CLASSIFIER

Example = tuple[str, str]
# The threshold keeps so much of the validation set's in-scope messages right; the rest is free to be rejected.
_KEPT_IN_SCOPE = 0.948
_SHOTS = 10


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
    """Train on examples and read texts; label and score of each, and the seconds that training took."""
    with tempfile.TemporaryDirectory() as name:
        settings = OneThread(Path(name))
        _write(settings.root, train)
        training = training_seconds(settings)
        found = parse(settings, Path(training["model"]), texts)
    noted = [result["understood"] for result in found["parsed"]]
    return {
        "labels": [understood["guesses"][0][0] for understood in noted],
        "scores": [float(understood["score"]) for understood in noted],
        "training_seconds": training["seconds"],
        "message_ms": found["message_ms"],
    }


def _write(folder: Path, train: list[Example]) -> None:
    """The pipeline's two learned steps, without what belongs to this project alone, and the examples as they are."""
    classifier = {k: v for k, v in component(CLASSIFIER).items() if k not in ("knowledge", "calibration")}
    config = {
        "recipe": "default.v1", "assistant_id": "public", "language": "en",
        "pipeline": [component(FEATURIZER), classifier], "policies": [],
    }  # fmt: skip
    (folder / "config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    # Rasa refuses to train for a domain that names nothing.
    domain = {"version": "3.1", "intents": sorted({label for _, label in train})}
    (folder / "domain.yml").write_text(yaml.safe_dump(domain), encoding="utf-8")
    data = folder / "data" / "conversation"
    data.mkdir(parents=True)
    (folder / "models").mkdir()
    # Rasa's JSON form takes texts as they are; in its YAML, brackets would be read as entities.
    examples = [{"text": text, "intent": label, "entities": []} for text, label in train]
    (data / "nlu.json").write_text(json.dumps({"rasa_nlu_data": {"common_examples": examples}}), encoding="utf-8")


def accuracy(labels: list[str], test: list[Example]) -> float:
    return sum(got == label for got, (_, label) in zip(labels, test, strict=True)) / len(test)


def run_banking(folder: Path) -> None:
    train, test = banking(folder, "train"), banking(folder, "test")
    for name, examples in (("banking77_10_shot", shots(train)), ("banking77", train)):
        say(f"{name}: {len(examples)} examples, {len(test)} messages")
        found = read(examples, [text for text, _ in test])
        keep("public", {name: {"accuracy": accuracy(found["labels"], test), **_times(found)}})


def run_clinc(folder: Path) -> None:
    data = json.loads((folder / "clinc150" / "data_full.json").read_text(encoding="utf-8"))
    say(f"clinc150: {len(data['train'])} examples, {len(data['test'])} messages and {len(data['oos_test'])} others")
    parts = ("val", "oos_val", "test", "oos_test")
    found = read(data["train"], [text for part in parts for text, _ in data[part]])
    read_parts: dict[str, list[tuple[bool, float]]] = {}
    start = 0
    for part in parts:
        end = start + len(data[part])
        labels = zip(found["labels"][start:end], found["scores"][start:end], data[part], strict=True)
        read_parts[part] = [(got == label, score) for got, score, (_, label) in labels]
        start = end
    keep("public", {"clinc150": {**with_threshold(read_parts), **_times(found)}})


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


def _times(found: dict[str, Any]) -> dict[str, Any]:
    return {"training_seconds": found["training_seconds"], "message_ms": found["message_ms"]}


def run(folder: Path | None) -> None:
    if folder is None or not (folder / "banking77").is_dir() or not (folder / "clinc150").is_dir():
        say("The public data sets are left out: no folder with banking77 and clinc150 was given.")
        return
    run_banking(folder)
    run_clinc(folder)
