"""The project's own model on the held-out utterances: accuracy, time, memory, training and start."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.understanding.judging import figures_of, held_out, real
from benchmarks.understanding.results import keep
from benchmarks.understanding.running import ROOT, OneThread, parse, say, start_server, training_seconds
from img_pathway.serve.training import model_path, train

_FILES = ("config.yml", "domain.yml", "requirements.lock", "endpoints.yml", "credentials.yml")

MEASURED = ("message_ms", "message_cpu_ms", "memory_mb", "load_seconds")


def own_model(settings: OneThread) -> Path:
    """The model for the present data; trained when there is none."""
    model = model_path(settings)
    if not model.exists():
        say("There is no model for the present data; training one.")
        train(settings, lambda line: None)
    return model


def copy_of_project(folder: Path) -> OneThread:
    """Everything that a model is trained from, in a folder that knows no model and no vectors yet."""
    for name in _FILES:
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "data", folder / "data")
    (folder / "models").mkdir()
    return OneThread(folder)


def measure(settings: OneThread, model: Path) -> dict[str, Any]:
    """Accuracy, milliseconds a message, memory and start of a model that speaks the project's own language."""
    utterances, really = held_out(), real()
    read = parse(settings, model, [utterance.text for utterance in (*utterances, *really)])
    parsed = read["parsed"]
    return {
        "model": model.name,
        "utterances": len(utterances),
        "figures": figures_of(utterances, parsed[: len(utterances)]),
        "real": figures_of(really, parsed[len(utterances) :]),
        **{name: read[name] for name in MEASURED},
    }


def run(with_training: bool = True) -> None:
    settings = OneThread(ROOT)
    model = own_model(settings)
    say(f"Own held-out set with {model.name}")
    keep("own", {**measure(settings, model), "server": start_server(settings, model)})
    if with_training:
        say("Training from nothing, then again with known sentence vectors")
        with tempfile.TemporaryDirectory() as name:
            copy = copy_of_project(Path(name))
            first = training_seconds(copy)
            # Rasa keeps trained components too; without them only the vectors are known, as after an edit.
            shutil.rmtree(copy.root / ".rasa", ignore_errors=True)
            Path(first.pop("model")).unlink()
            again = training_seconds(copy)
            keep("own", {"training": {**first, "again_seconds": again["seconds"]}})
