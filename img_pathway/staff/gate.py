"""What got worse since the last stable report: pure comparison of two sets of figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Between two trainings a few messages always change sides: so much of F1, and one utterance, is no news.
_TOLERANCE = 0.05
# Shares of all utterances are steadier.
_TOTAL_TOLERANCE = 0.02
# So many confusions may be new while nothing else got worse.
_NEW_CONFUSIONS = 5
_FLOORS = {
    "right": ("answered right in scope", 1),
    "wrong": ("answered wrongly in scope", -1),
    "out_false_answers": ("answered by mistake out of scope", -1),
}

Report = Mapping[str, Any]


def snapshot(figures: Report) -> dict[str, Any]:
    """What is kept of the figures of a test set to compare later ones with."""
    return {
        "totals": {name: round(figures["totals"][name], 4) for name in _FLOORS},
        "topics": brief(figures["topics"]),
        "labels": brief(figures["labels"]),
        "confusions": sorted([expected, got] for expected, got, _ in figures["confusions"]),
    }


def brief(scores: Report) -> dict[str, Any]:
    """F1 and number of utterances of each name that was expected at all."""
    return {
        name: {"f1": round(one["f1"], 4), "support": one["support"]} for name, one in scores.items() if one["support"]
    }


def worse(before: Report, now: Report) -> list[str]:
    """Complaints about a snapshot, in sentences; empty where it holds what the one before reached."""
    complaints = [*_totals(before["totals"], now["totals"]), *worse_scores("topic", before["topics"], now["topics"])]
    new = sorted({tuple(pair) for pair in now["confusions"]} - {tuple(pair) for pair in before["confusions"]})
    gone = len(before["confusions"]) + len(new) - len(now["confusions"])
    if complaints or len(new) - gone > _NEW_CONFUSIONS:
        complaints += worse_scores("label", before["labels"], now["labels"])
        complaints += [f"New confusion: {got} was understood where {expected} was expected." for expected, got in new]
    return complaints


def _totals(before: Report, now: Report) -> list[str]:
    return [
        f"{100 * now[name]:.1f} % are {title}; {100 * before[name]:.1f} % were."
        for name, (title, good) in _FLOORS.items()
        if good * (before[name] - now[name]) > _TOTAL_TOLERANCE
    ]


def worse_scores(what: str, before: Report, now: Report) -> list[str]:
    """Names whose F1 fell by more than the tolerance and one utterance; one that is gone was taken out on purpose."""
    complaints = []
    for name, old in before.items():
        if name in now:
            new = now[name]
            fell = old["f1"] - new["f1"]
            if fell > _TOLERANCE + 1 / max(new["support"], 1):
                complaints.append(f"The {what} {name} got worse: F1 {new['f1']:.2f}, it was {old['f1']:.2f}.")
    return complaints


def worse_folds(before: Report, now: Report) -> list[str]:
    """Complaints about cross-validation over the examples."""
    shares = [
        f"In cross-validation {100 * now[name]:.1f} % of {title} are right; {100 * before[name]:.1f} % were."
        for name, title in (("labels_right", "labels"), ("intents_right", "intents"))
        if before[name] - now[name] > _TOTAL_TOLERANCE
    ]
    return [*shares, *worse_scores("intent", before["intents"], now["intents"])]
