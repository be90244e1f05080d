"""The bot's own small sentences, from data/phrases.yml."""

from __future__ import annotations

import re
from pathlib import Path

from img_pathway.content import Record, Text, load_document, read_records


class PhrasesFile(Record):
    """data/phrases.yml."""

    phrases: dict[str, Text]


class Phrasebook:
    """Says a phrase by name, with its braces filled in."""

    def __init__(self, path: Path) -> None:
        """Read the phrases; raises ContentError."""
        self.phrases: dict[str, str] = dict(read_records(load_document(path, path.parent.parent), PhrasesFile).phrases)

    def __call__(self, name: str, /, **values: object) -> str:
        """The phrase with `{word}` replaced by `values["word"]`; raises KeyError for an unknown name."""
        return re.sub(r"\{(\w+)\}", lambda match: str(values[match[1]]), self.phrases[name])
