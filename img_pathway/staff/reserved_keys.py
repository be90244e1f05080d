"""Lines outside data/conversation that Rasa would take for training data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from img_pathway.content import Problem

# Rasa looks at the beginning of every line, however deep it is indented (rasa.shared.utils.io.is_key_in_yaml).
_LINE = re.compile(r"^[^\S\n]*(rules|stories|nlu|responses):", re.MULTILINE)


def check_reserved_keys(root: Path) -> Iterator[Problem]:
    """Each line under data, but for data/conversation, that begins with a key of Rasa's."""
    data = root / "data"
    for path in sorted([*data.rglob("*.yml"), *data.rglob("*.yaml")]):
        if data / "conversation" in path.parents:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for match in _LINE.finditer(text):
            yield Problem(
                path.relative_to(root).as_posix(),
                text.count("\n", 0, match.start()) + 1,
                f'a line begins with "{match[1]}:", and Rasa takes such a file for training data. '
                "Choose another key, or begin the line of the text with another word.",
            )
