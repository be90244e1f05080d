"""The kept results: each part of the benchmark writes its own, and the report is made from all of them."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.understanding.report import report
from benchmarks.understanding.running import ROOT

FOLDER = ROOT / "benchmarks" / "results"
FILE = FOLDER / "understanding.json"


def kept() -> dict[str, Any]:
    return dict(json.loads(FILE.read_text(encoding="utf-8"))) if FILE.exists() else {}


def keep(part: str, found: dict[str, Any]) -> None:
    """Replace what is known of a part, and write the report anew."""
    results = {**kept(), part: {**kept().get(part, {}), **_rounded(found)}}
    FOLDER.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (FOLDER / "understanding.md").write_text(report(results), encoding="utf-8")


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return round(value, 4) if isinstance(value, float) else value
