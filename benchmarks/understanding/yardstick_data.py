"""The project's training data for Rasa's default pipeline: every label becomes an intent of its own.

`faq/x`, `ask/x` and `decline/x` become `faq_x`, `ask_x` and `decline_x`, in the examples, in the domain, in rules (as
alternatives) and in stories (there one of them stands for all: a story for each would be a story that nobody writes).
"""

from __future__ import annotations

import importlib.util
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

_LABEL = re.compile(r"(- intent: )(\w+)/(\w+)")


def default_config(epochs: int | None) -> dict[str, Any]:
    """Pipeline and policies that `rasa init` uses; `epochs` shortens the run."""
    spec = importlib.util.find_spec("rasa")
    assert spec is not None and spec.origin is not None
    file = Path(spec.origin).parent / "engine" / "recipes" / "config_files" / "default_config.yml"
    config: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    config["assistant_id"] = "yardstick"
    for entry in (*config["pipeline"], *config["policies"]):
        if epochs and "epochs" in entry:
            entry["epochs"] = epochs
    return config


def epochs_of(config: dict[str, Any]) -> list[int]:
    """The different numbers of epochs in a config."""
    return sorted({entry["epochs"] for entry in (*config["pipeline"], *config["policies"]) if "epochs" in entry})


def adapt(folder: Path, epochs: int | None) -> dict[str, str]:
    """Turn a copy of the project into the yardstick; returns the label behind each new intent."""
    labels: dict[str, str] = {}
    files = sorted((folder / "data" / "conversation").rglob("*.yml"))
    for path in files:
        text = path.read_text(encoding="utf-8")
        labels |= {f"{intent}_{detail}": f"{intent}/{detail}" for _, intent, detail in _LABEL.findall(text)}
        path.write_text(_LABEL.sub(r"\1\2_\3", text), encoding="utf-8")
    intents: dict[str, list[str]] = defaultdict(list)
    for name, label in sorted(labels.items()):
        intents[label.split("/")[0]].append(name)
    for path in files:
        _adapt_talks(path, intents)
    domain = yaml.safe_load((folder / "domain.yml").read_text(encoding="utf-8"))
    domain["intents"] = [new for intent in domain["intents"] for new in intents.get(intent, [intent])]
    # What Rasa adds for retrieval intents, which are none any more.
    domain["actions"] += [f"utter_{intent}" for intent in intents]
    _write(folder / "domain.yml", domain)
    _write(folder / "config.yml", default_config(epochs))
    return labels


def _adapt_talks(path: Path, intents: dict[str, list[str]]) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if "rules" not in data and "stories" not in data:
        return
    for rule in data.get("rules", ()):
        rule["steps"] = [_alternatives(step, intents) for step in rule["steps"]]
    for story in data.get("stories", ()):
        for step in story["steps"]:
            if step.get("intent") in intents:
                step["intent"] = intents[step["intent"]][0]
    _write(path, data)


def _alternatives(step: dict[str, Any], intents: dict[str, list[str]]) -> dict[str, Any]:
    asked = [item["intent"] for item in step["or"]] if "or" in step else [step.get("intent")]
    if not set(asked) & set(intents):
        return step
    return {"or": [{"intent": new} for intent in asked for new in intents.get(intent, [intent])]}


def _write(path: Path, data: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")
