"""The kept results of a benchmark: each part writes its own, and the report is made from all of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "results"
# Under this name, the day on which each part was measured last.
DAYS = "days"


class Kept:
    """NAME.json in the folder of results, and NAME.md, which a report makes of it."""

    def __init__(self, name: str, report: Callable[[dict[str, Any]], str]) -> None:
        self._file, self._page, self._report = FOLDER / f"{name}.json", FOLDER / f"{name}.md", report

    def all(self) -> dict[str, Any]:
        return dict(json.loads(self._file.read_text(encoding="utf-8"))) if self._file.exists() else {}

    def keep(self, part: str, found: dict[str, Any]) -> None:
        """Replace what is known of a part, with the day, and write the report anew."""
        known = self.all()
        days = {**known.get(DAYS, {}), part: date.today().isoformat()}
        results = {**known, DAYS: days, part: {**known.get(part, {}), **_rounded(found)}}
        FOLDER.mkdir(exist_ok=True)
        self._file.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        self._page.write_text(self._report(results), encoding="utf-8")


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return round(value, 4) if isinstance(value, float) else value
