"""The held-out utterances, and the judge that goes by a folder's own declines and topics."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from img_pathway.content import load_document
from img_pathway.dialogue.labels import FAQ
from img_pathway.dialogue.utterances import Utterance, read_utterances
from img_pathway.knowledge import load_knowledge
from img_pathway.staff.evaluation import OTHER_LANGUAGE, Judge

CLASSIFIER = "img_pathway.nlu.intents.MeaningClassifier"
FOLDER = Path("tests") / "understanding"


def held_out(root: Path) -> tuple[Utterance, ...]:
    """Messages that no example was made from, with the labels that are right for them."""
    return read_utterances(root / FOLDER / "heldout.yml")


def real(root: Path) -> tuple[Utterance, ...]:
    """Messages that people really wrote, in our words, with the labels that an adviser would give."""
    return read_utterances(root / FOLDER / "real.yml")


def renamed(root: Path) -> dict[str, list[str]]:
    """Return the labels of earlier content that have others in their place today, with those."""
    return dict(load_document(root / FOLDER / "renamed.yml", root).data)


def component(root: Path, name: str) -> dict[str, Any]:
    """The settings of a component in a folder's config.yml."""
    config = yaml.safe_load((root / "config.yml").read_text(encoding="utf-8"))
    return dict(next(entry for entry in config["pipeline"] if entry["name"] == name))


def judge(root: Path) -> Judge:
    """Judges by what the content in a folder declines and by the topics of its common questions."""
    faq = load_knowledge(root / "data" / "knowledge").faq
    declines = {*component(root, CLASSIFIER)["declines"], OTHER_LANGUAGE}
    return Judge(declines, {f"{FAQ}/{id_}": record.topic for id_, record in faq.items()})
