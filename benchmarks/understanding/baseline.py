"""The last stable report, kept in the repository; `make test` compares the present model with it."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.understanding.folds import cross_validated
from benchmarks.understanding.judging import figures_of, held_out
from benchmarks.understanding.own import own_model
from benchmarks.understanding.running import ROOT, OneThread, parse, say
from img_pathway.staff.gate import brief, snapshot
from img_pathway.staff.held_out import FOLDER

FILE = ROOT / FOLDER / "baseline.json"


def read() -> dict[str, Any]:
    return dict(json.loads(FILE.read_text(encoding="utf-8")))


def held_out_now() -> dict[str, Any]:
    """The snapshot of the model for the present data; trained when there is none."""
    settings, utterances = OneThread(ROOT), held_out()
    found = parse(settings, own_model(settings), [utterance.text for utterance in utterances])
    return snapshot(figures_of(utterances, found["parsed"]))


def folds_now() -> dict[str, Any]:
    """The snapshot of cross-validation: shares of all examples, and the F1 of each intent."""
    found = cross_validated()
    shares = {name: round(found[name], 4) for name in ("labels_right", "intents_right")}
    return {**shares, "intents": brief(found["intents"])}


def write() -> None:
    say("Reading the held-out utterances, then cross-validation")
    known = {"held_out": held_out_now(), "folds": folds_now()}
    FILE.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
