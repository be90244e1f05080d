"""The held-out utterances measure what they say: labels that exist, and no text that the model has learned."""

from __future__ import annotations

from benchmarks.understanding.judging import held_out, real
from benchmarks.understanding.running import ROOT
from img_pathway.dialogue.utterances import read_utterances
from img_pathway.knowledge.text import normalize
from img_pathway.staff.evaluation import wanted
from img_pathway.staff.held_out import renamed
from img_pathway.staff.link_check import SET_BY_PIPELINE
from img_pathway.staff.training_data import read_training_data

DATA = read_training_data(ROOT)
FOUNDING = read_utterances(ROOT / "tests" / "understanding" / "founding.yml")
SETS = (*held_out(), *real(), *FOUNDING)
KNOWN = {block.name for block in DATA.example_blocks} | set(SET_BY_PIPELINE)


def test_every_expected_label_exists() -> None:
    assert not {label for utterance in SETS for label in wanted(utterance)} - KNOWN


def test_labels_that_took_the_place_of_others_exist_and_those_do_not() -> None:
    labels = renamed(ROOT)
    assert {new for replacements in labels.values() for new in replacements} <= KNOWN
    assert all(labels.values())
    assert not set(labels) & KNOWN


def test_no_utterance_was_learned_from() -> None:
    learned = {example.words for example in DATA.examples}
    learned |= {normalize(utterance.text) for utterance in read_utterances(ROOT / "data" / "calibration.yml")}
    assert not [utterance.text for utterance in SETS if normalize(utterance.text) in learned]
