"""The tables of the report that look into one set of figures."""

from __future__ import annotations

from typing import Any

from img_pathway.staff.evaluation import worst_topics

_MOST_CONFUSIONS = 25


def counts(found: dict[str, Any]) -> list[str]:
    lines = ["## What was done with the held-out utterances", "", "| | | utterances |", "|---|---|---|"]
    for side, verdicts in found["counts"].items():
        ordered = sorted(verdicts.items(), key=lambda item: -item[1])
        lines += [f"| {side} | {verdict} | {count} |" for verdict, count in ordered]
    labels, topic = ([one["f1"] for one in found[kind].values() if one["support"]] for kind in ("labels", "topics"))
    mean = [f"Mean F1 over {len(labels)} labels {_mean(labels)}, over {len(topic)} topics {_mean(topic)}."]
    return [*lines, "", *mean, "Figures of each label and topic are in `understanding.json`.", ""]


def _mean(values: list[float]) -> str:
    return f"{sum(values) / len(values):.3f}" if values else "unknown"


def topics(found: dict[str, Any]) -> list[str]:
    """Precision is over what was answered or declined, recall over everything said on the topic."""
    return ["## Worst topics", "", *_scores("topic", worst_topics(found)), ""]


def entities(found: dict[str, Any]) -> list[str]:
    rows = list(found["entities"].items())
    return ["## Entities", "", "Over the utterances whose entities were annotated.", "", *_scores("kind", rows), ""]


def _scores(what: str, rows: list[tuple[str, dict[str, Any]]]) -> list[str]:
    return [
        f"| {what} | precision | recall | F1 | expected |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {one['precision']:.2f} | {one['recall']:.2f} | {one['f1']:.2f} | {one['support']} |"
            for name, one in rows
        ),
    ]


def calibration(found: dict[str, Any]) -> list[str]:
    known = found["calibration"]
    return [
        "## Calibration",
        "",
        f"Expected calibration error of the score in ten bins: {known['error']:.3f}.",
        "",
        "| score from | messages | mean score | right |",
        "|---|---|---|---|",
        *(f"| {b['from']:.1f} | {b['messages']} | {b['score']:.2f} | {b['right']:.2f} |" for b in known["bins"]),
        "",
    ]


def confusions(found: dict[str, Any]) -> list[str]:
    rows = found["confusions"]
    lines = [f"## Confusions (the first {min(_MOST_CONFUSIONS, len(rows))} of {len(rows)})", ""]
    lines += ["| expected | understood | times |", "|---|---|---|"]
    return [*lines, *(f"| {expected} | {got} | {count} |" for expected, got, count in rows[:_MOST_CONFUSIONS])]
