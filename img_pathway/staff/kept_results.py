"""Results of slow work, kept in .state and found again until something changes that they depend on."""

from __future__ import annotations

import hashlib
from pathlib import Path

from img_pathway.serve.settings import Settings
from img_pathway.serve.training import hash_of

_PROGRAM = ("img_pathway/**/*.py", "actions/**/*.py", "requirements.lock")
_KEPT = 8


def result_path(root: Path, kind: str, *depends_on: str) -> Path:
    """Return where a result is kept, by a hash over the program and whatever else it depends on."""
    key = "\0".join((hash_of(root, _PROGRAM), *depends_on))
    return Settings(root).state / kind / f"{hashlib.sha256(key.encode()).hexdigest()[:16]}.json"


def keep(path: Path, result: str) -> None:
    """Keep a result, and remove all but the newest few of its kind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in sorted(path.parent.iterdir(), key=lambda file: file.stat().st_mtime)[:-_KEPT]:
        old.unlink()
    path.write_text(result, encoding="utf-8")
