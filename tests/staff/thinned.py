"""Less content, for tests of what is done with content and not of what it says: it is read and trained in seconds."""

from __future__ import annotations

import re
from pathlib import Path

EXAMPLES = 6
_MORE_EXAMPLES = re.compile(rf"(?m)((?:^      - .*\n){{{EXAMPLES}}})(?:^      - .*\n)+")
_NO_EXAMPLES = ("rules", "stories", "responses")


def thin_examples(root: Path) -> None:
    """Leave six examples of each label in a project's folder."""
    for path in (root / "data" / "conversation").rglob("*.yml"):
        if path.stem not in _NO_EXAMPLES:
            path.write_text(_MORE_EXAMPLES.sub(r"\1", path.read_text(encoding="utf-8")), encoding="utf-8")


def keep_some(path: Path, item: str, number: int) -> None:
    """Leave the first of the items of a list in a file, each of which begins with the same words."""
    head, *items = path.read_text(encoding="utf-8").split(item)
    path.write_text(item.join([head, *items[:number]]), encoding="utf-8")
