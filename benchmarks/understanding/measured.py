"""Figures that are measured anew only when something changes that they depend on.

The figures stand in a file of the repository beside a hash over all that they depend on. Whoever changes one of these
things commits the file with the change: the next run of the tests writes it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from img_pathway.serve.training import hash_of


@dataclass(frozen=True)
class Measured:
    """Figures in a file under a project's folder; `inputs` are patterns of the files that they depend on."""

    file: Path
    inputs: tuple[str, ...]
    measure: Callable[[], dict[str, Any]]

    def figures(self, root: Path) -> dict[str, Any]:
        """Return the figures for the present inputs; measure and keep them where the kept ones are of others."""
        path, inputs = root / self.file, hash_of(root, self.inputs)
        known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        if known.get("inputs") != inputs:
            known = {"inputs": inputs, "figures": self.measure()}
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        return dict(known["figures"])
