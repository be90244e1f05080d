"""The last stable report, kept in the repository; `make test` compares the present model with it.

`baseline.json` holds the floors, which `python -m benchmarks.understanding baseline` alone moves; `measured/` holds the
figures of the present data and code.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from benchmarks.understanding.folds import cross_validated
from benchmarks.understanding.judging import figures_of, held_out, real
from benchmarks.understanding.measured import Measured
from benchmarks.understanding.running import ROOT, OneThread, parse, say
from img_pathway.dialogue.utterances import Utterance
from img_pathway.staff.gate import brief, snapshot
from img_pathway.staff.held_out import FOLDER
from tests.serving import present_model

FILE = ROOT / FOLDER / "baseline.json"
# A model is made from these, and read by them.
_ENCODER = ("img_pathway/encoder/*.py", "img_pathway/encoder/learned.npz")
_MODEL = ("config.yml", "domain.yml", "requirements.lock", "data/**/*.yml", "img_pathway/nlu/*.py", *_ENCODER)
_READING = tuple(f"img_pathway/{room}/*.py" for room in ("content", "knowledge", "quiz", "dialogue"))
_JUDGING = ("img_pathway/staff/*.py", "benchmarks/understanding/*.py")


def read() -> dict[str, Any]:
    return dict(json.loads(FILE.read_text(encoding="utf-8")))


def _read(utterances: tuple[Utterance, ...]) -> dict[str, Any]:
    """The snapshot of the model for the present data; trained when there is none."""
    found = parse(OneThread(ROOT), present_model(), [utterance.text for utterance in utterances])
    return snapshot(figures_of(utterances, found["parsed"]))


def _folds() -> dict[str, Any]:
    """The snapshot of cross-validation: shares of all examples, and the F1 of each intent."""
    found = cross_validated()
    shares = {name: round(found[name], 4) for name in ("labels_right", "intents_right")}
    return {**shares, "intents": brief(found["intents"])}


def _of(name: str, utterances: Callable[[], tuple[Utterance, ...]]) -> Measured:
    inputs = (*_MODEL, *_READING, *_JUDGING, str(FOLDER / f"{name}.yml"))
    return Measured(FOLDER / "measured" / f"{name}.json", inputs, lambda: _read(utterances()))


HELD_OUT, REAL = _of("heldout", held_out), _of("real", real)
FOLDS = Measured(FOLDER / "measured" / "folds.json", (*_MODEL, *_JUDGING, "img_pathway/knowledge/text.py"), _folds)


def write() -> None:
    say("Reading the held-out utterances, then cross-validation")
    known = {"held_out": HELD_OUT.figures(ROOT), "real": REAL.figures(ROOT), "folds": FOLDS.figures(ROOT)}
    FILE.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
