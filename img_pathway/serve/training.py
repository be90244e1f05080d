"""The model for the present training data: found by a fingerprint, trained when there is none."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable
from pathlib import Path

from img_pathway.knowledge import load_knowledge
from img_pathway.serve.launching import Start, killed_in_the_end, spawned
from img_pathway.serve.settings import Settings

# What a model depends on, beside the common questions and their answers. Facts and quiz content are read at run time
# and need no training.
_SOURCES = (
    "config.yml",
    "domain.yml",
    "requirements.lock",
    "data/conversation/**/*.yml",
    "data/calibration.yml",
    "img_pathway/nlu/*.py",
    "img_pathway/encoder/*.py",
    "img_pathway/encoder/learned.npz",
    "img_pathway/encoder/graph.onnx",
)
_CONTENT = ("config.yml", "domain.yml", "data/**/*.yml")
_POLL_SECONDS = 0.5
_DONE = re.compile(r"(\d+ of \d+) texts have their vectors")

Tell = Callable[[str], None]


class TrainingFailed(Exception):
    """Rasa could not train; the message says where to look and what Rasa said last."""


def fingerprint(root: Path) -> str:
    """A short hash over everything that a model is trained from; raises ContentError where content cannot be read."""
    digest = _digest(root, _SOURCES)
    for id_, record in sorted(load_knowledge(root / "data" / "knowledge").faq.items()):
        digest.update("\0".join((id_, record.asks, record.short, "")).encode())
    return digest.hexdigest()[:12]


def content_hash(root: Path) -> str:
    """A short hash over all content, trained from or not."""
    return hash_of(root, _CONTENT)


def hash_of(root: Path, patterns: tuple[str, ...]) -> str:
    """A short hash over names and bytes of the files that match patterns."""
    return _digest(root, patterns).hexdigest()[:12]


def _digest(root: Path, patterns: tuple[str, ...]) -> hashlib._Hash:
    digest = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(root.glob(pattern)):
            digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest


def _progress(log: Path) -> str:
    """How many examples have their vectors, which is what takes long the first time."""
    done = _DONE.findall(log.read_text(encoding="utf-8", errors="replace"))
    return f", {done[-1]} examples read" if done else ""


def model_path(settings: Settings) -> Path:
    """Where the model for the present data is, or will be."""
    return settings.models / f"img-pathway-{fingerprint(settings.root)}.tar.gz"


def train(settings: Settings, tell: Tell, start: Start = spawned) -> Path:
    """Train a model for the present data and return its path; raises TrainingFailed.

    Rasa's own validation is left out, which takes longer than all else: who trains has checked the data before.
    """
    path = model_path(settings)
    log = settings.state / "train.log"
    log.parent.mkdir(exist_ok=True)
    log.write_text("")
    command = settings.rasa(
        "train", "--data", "data/conversation", "--out", "models", "--fixed-model-name", path.stem[:-4],
        "--skip-validation",
    )  # fmt: skip
    started = time.monotonic()
    # Unlike answering, training is one piece of work at a time, for which all processors may be used.
    environment = {name: value for name, value in settings.environment.items() if name != "OMP_NUM_THREADS"}
    with killed_in_the_end(start(command, settings.root, environment, log)) as process:
        while process.poll() is None:
            time.sleep(_POLL_SECONDS)
            tell(f"Training the model … {time.monotonic() - started:.0f} s{_progress(log)}")
    if process.wait() or not path.exists():
        last = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:])
        raise TrainingFailed(f"Rasa could not train a model. The whole log is in {log}. It ended with:\n{last}")
    return path
