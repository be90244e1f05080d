"""The project's own held-out utterances, settings and judge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from benchmarks.understanding.running import ROOT
from img_pathway.dialogue.utterances import Utterance
from img_pathway.staff import held_out as of_folder
from img_pathway.staff.evaluation import Figures, Heard, figures


def held_out() -> tuple[Utterance, ...]:
    return of_folder.held_out(ROOT)


def real() -> tuple[Utterance, ...]:
    return of_folder.real(ROOT)


def component(name: str) -> dict[str, Any]:
    """The settings of a component in the project's config.yml."""
    return of_folder.component(ROOT, name)


def figures_of(utterances: Iterable[Utterance], parsed: Iterable[Mapping[str, Any]]) -> Figures:
    """All figures for utterances and their parse results."""
    compare = of_folder.judge(ROOT)
    return figures([compare(one, Heard.of(result)) for one, result in zip(utterances, parsed, strict=True)])
