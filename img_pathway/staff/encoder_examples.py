"""Write what the sentence encoder is tuned on: every example, common question and answer, as label and text."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from img_pathway.content.home import home
from img_pathway.knowledge import load_knowledge
from img_pathway.nlu.intents import speaking_for_itself
from img_pathway.staff.training_data import read_training_data


def examples(root: Path) -> Iterator[tuple[str, str]]:
    """Label and text of all that a model learns from."""
    found = [(example.intent.name, example.text) for example in read_training_data(root).examples]
    yield from found
    faq = load_knowledge(root / "data" / "knowledge").faq
    yield from speaking_for_itself({label for label, _ in found}, faq)


if __name__ == "__main__":
    json.dump(list(examples(home())), sys.stdout)
