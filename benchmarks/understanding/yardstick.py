"""The yardstick: the same training data with the pipeline and policies that `rasa init` gives."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.understanding import own
from benchmarks.understanding.judging import figures_of, held_out
from benchmarks.understanding.results import keep
from benchmarks.understanding.running import ROOT, OneThread, parse, say, start_server, training_seconds
from benchmarks.understanding.yardstick_data import adapt, default_config, epochs_of
from img_pathway.dialogue.labels import FALLBACK


def understood(parsed: Mapping[str, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    """A parse result of Rasa's own classifier in the words of this project: not sure means to ask back."""
    name = parsed["intent"]["name"] or FALLBACK
    ranking = [entry for entry in parsed["intent_ranking"] if entry["name"] != FALLBACK]
    guesses = [[labels.get(entry["name"], entry["name"]), entry["confidence"]] for entry in ranking]
    score = guesses[0][1] if guesses else 0.0
    noted = {"guesses": guesses, "score": score, "band": "ask" if name == FALLBACK else "answer"}
    intent = FALLBACK if name == FALLBACK else labels.get(name, name).split("/")[0]
    return {"text": parsed["text"], "intent": {"name": intent}, "understood": noted}


def run(epochs: int | None = None) -> None:
    with tempfile.TemporaryDirectory() as name:
        copy = own.copy_of_project(Path(name))
        labels = adapt(copy.root, epochs)
        say(f"Training the yardstick: {len(labels)} labels as intents, epochs {epochs_of(default_config(epochs))}")
        training = training_seconds(copy)
        model = Path(training.pop("model"))
        keep("yardstick", {"epochs": epochs_of(default_config(epochs)), "training": training})
        say("Own held-out set with the yardstick")
        utterances = held_out()
        read = parse(copy, model, [utterance.text for utterance in utterances])
        found = {
            "utterances": len(utterances),
            "figures": figures_of(utterances, [understood(parsed, labels) for parsed in read["parsed"]]),
            **{name: read[name] for name in own.MEASURED},
            "server": start_server(copy, model),
        }
        keep("yardstick", found)
    _beside()


def _beside() -> None:
    """Measure the project's model once more right after, so that both were measured under the same load."""
    say("The project's own model right after it")
    settings = OneThread(ROOT)
    model = own.own_model(settings)
    again = own.measure(settings, model)
    server = start_server(settings, model)
    keep("yardstick", {"own": {**{name: again[name] for name in own.MEASURED}, "server": server}})
