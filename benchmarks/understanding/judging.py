"""The held-out utterances, and the judge that goes by the project's own declines and topics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from benchmarks.understanding.running import ROOT
from img_pathway.dialogue.understood import FAQ
from img_pathway.dialogue.utterances import Utterance, read_utterances
from img_pathway.knowledge import load_knowledge
from img_pathway.staff.evaluation import OTHER_LANGUAGE, Figures, Heard, Judge, figures

CLASSIFIER = "img_pathway.nlu.intents.MeaningClassifier"
FEATURIZER = "img_pathway.nlu.featurizer.SentenceVectorFeaturizer"


def held_out() -> tuple[Utterance, ...]:
    return read_utterances(ROOT / "tests" / "understanding" / "heldout.yml")


def component(name: str) -> dict[str, Any]:
    """The settings of a component in the project's config.yml."""
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    return dict(next(entry for entry in config["pipeline"] if entry["name"] == name))


def judge() -> Judge:
    faq = load_knowledge(ROOT / "data" / "knowledge").faq
    declines = {*component(CLASSIFIER)["declines"], OTHER_LANGUAGE}
    return Judge(declines, {f"{FAQ}/{id_}": record.topic for id_, record in faq.items()})


def figures_of(utterances: Iterable[Utterance], parsed: Iterable[Mapping[str, Any]]) -> Figures:
    """All figures for utterances and their parse results."""
    compare = judge()
    return figures([compare(one, Heard.of(result)) for one, result in zip(utterances, parsed, strict=True)])
