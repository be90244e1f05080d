"""The Markdown report, made from the kept results alone; what was not measured says so."""

from __future__ import annotations

from typing import Any

from benchmarks.kept import DAYS
from benchmarks.understanding.report_tables import calibration, confusions, counts, entities, topics

NOT_MEASURED = "not measured"
# Published accuracy in percent: Casanueva et al. 2020 (BANKING77), Larson et al. 2019 (CLINC150).
_PUBLISHED = {
    "banking77_10_shot": "85.19 (USE + ConveRT)",
    "banking77": "93.66 (BERT, tuned), 93.36 (USE + ConveRT)",
    "clinc_in": "96.2 (BERT with a threshold)",
    "clinc_out": "52.3 (BERT with a threshold)",
}
_TITLES = {
    "first_is_best": "in scope: first guess is the best",
    "best": "in scope: answered as an adviser would first",
    "right": "in scope: answered right",
    "right_or_offered": "in scope: right, or asked back with the right one offered",
    "near": "in scope: near (another question on the topic, or some of several)",
    "wrong": "in scope: wrong answer",
    "false_declines": "in scope: declined by mistake",
    "intent_accuracy": "in scope: first guess has the right intent",
    "label_accuracy": "in scope: first guess has the right label",
    "out_declined": "out of scope: declined",
    "out_false_answers": "out of scope: answered by mistake",
    "asked_with_right_offer": "asked back: the right one offered",
    "unknown_answered": "no entry answers: answered all the same",
    "language_recognized": "other language: recognized",
}


def _days(results: dict[str, Any]) -> str:
    return ", ".join(f"{day} ({part})" for part, day in results[DAYS].items())


def _real(found: dict[str, Any] | None) -> list[str]:
    """What people really wrote, in our words, and from conversations that nothing was learned from."""
    if not found:
        return [NOT_MEASURED]
    totals = found["totals"]
    rows = [f"| {title} | {100 * totals[name]:.1f} % |" for name, title in _TITLES.items() if name in totals]
    return ["| | share |", "|---|---|", *rows, f"| calibration error | {found['calibration']['error']:.3f} |"]


def report(results: dict[str, Any]) -> str:
    own, yardstick = results.get("own", {}), results.get("yardstick", {})
    found = own.get("figures")
    lines = [
        "# Understanding",
        "",
        f"Written by `make bench-nlu` from `understanding.json`; its parts were measured on {_days(results)}.",
        "Times are of one run on one machine, on one processor thread, without a graphics card. A message's time is",
        "that of understanding it, without rules and actions. The goals for time are held against processor time,",
        "which other programs on the machine hardly change.",
        "",
        "## Goals",
        "",
        *_goals(results),
        "",
        "## Own held-out utterances",
        "",
        *_beside(own, yardstick),
        "",
        *_costs(own, yardstick),
        "",
        "## Real messages",
        "",
        *_real(own.get("real")),
        "",
        *_public(results.get("public", {})),
    ]
    if found:
        lines += [*counts(found), *topics(found), *entities(found), *calibration(found), *confusions(found)]
    return "\n".join(lines).rstrip() + "\n"


def percent(value: float | None) -> str:
    return NOT_MEASURED if value is None else f"{100 * value:.1f} %"


def at(results: dict[str, Any], path: str) -> Any:
    """A value by its keys; None where it was not measured."""
    for key in path.split("."):
        if not isinstance(results, dict) or key not in results:
            return None
        results = results[key]
    return results


def _goals(results: dict[str, Any]) -> list[str]:
    own, yardstick = results.get("own", {}), results.get("yardstick", {})
    least = [
        ("own held-out, in scope answered right", 0.95, at(own, "figures.totals.right"), ""),
        ("own held-out, out of scope declined", 0.95, at(own, "figures.totals.out_declined"), ""),
    ]
    for title, goal, path, key in (
        ("BANKING77, 10 examples an intent", 0.87, "public.banking77_10_shot.accuracy", "banking77_10_shot"),
        ("BANKING77, all examples", 0.94, "public.banking77.accuracy", "banking77"),
        ("CLINC150, in scope, rejected counted as wrong", 0.94, "public.clinc150.in_scope", "clinc_in"),
        ("CLINC150, out-of-scope recall at the same threshold", 0.80, "public.clinc150.out_of_scope", "clinc_out"),
    ):
        least.append((title, goal, at(results, path), _PUBLISHED[key]))
    rows = [
        f"| {title} | at least {100 * goal:.0f} % | {percent(value)} | {_met(value, goal)} | {published} |"
        for title, goal, value, published in least
    ]
    time = _ratio(at(yardstick, "own.message_cpu_ms.median"), at(yardstick, "message_cpu_ms.median"))
    training = _ratio(at(own, "training.cpu_seconds"), at(yardstick, "training.cpu_seconds"))
    for title, said, goal, value in (
        ("a message, compared with the yardstick", "at most half", 1 / 2, time),
        ("training, compared with the yardstick", "at most a third", 1 / 3, training),
    ):
        shown = NOT_MEASURED if value is None else f"{value:.2f}"
        rows.append(f"| {title} | {said} | {shown} | {_met(None if value is None else -value, -goal)} | |")
    return ["| goal | wanted | reached | | published |", "|---|---|---|---|---|", *rows]


def _met(value: float | None, goal: float) -> str:
    if value is None:
        return ""
    return "reached" if value >= goal else "**missed**"


def _ratio(ours: float | None, theirs: float | None) -> float | None:
    return ours / theirs if ours is not None and theirs else None


def _beside(own: dict[str, Any], yardstick: dict[str, Any]) -> list[str]:
    epochs = ", ".join(map(str, yardstick.get("epochs", ())))
    said = f"trained for {epochs} epochs" if epochs else "not trained"
    rows = [
        f"| {title} | {percent(at(own, f'figures.totals.{key}'))} | {percent(at(yardstick, f'figures.totals.{key}'))} |"
        for key, title in _TITLES.items()
    ]
    return [
        f"{own.get('utterances', 'No')} utterances that no example was made from. The yardstick is what `rasa init`",
        f"gives (DIET, {said}) with the same training data, each label an intent of its own; where its fallback",
        "classifier is not sure, that counts as asking back.",
        "",
        "| | this project | yardstick |",
        "|---|---|---|",
        *rows,
    ]


def _costs(own: dict[str, Any], yardstick: dict[str, Any]) -> list[str]:
    """Time and memory; those of a message, memory and start were measured right after the yardstick's, if it ran."""
    right_after = yardstick.get("own") or own
    rows = []
    for title, path, unit, whose in (
        ("a message, median", "message_ms.median", "ms", right_after),
        ("a message, 95th percentile", "message_ms.p95", "ms", right_after),
        ("a message, processor time, median", "message_cpu_ms.median", "ms", right_after),
        ("training from nothing", "training.seconds", "s", own),
        ("training from nothing, processor time", "training.cpu_seconds", "s", own),
        ("training again with known sentence vectors", "training.again_seconds", "s", own),
        ("memory with the model loaded", "memory_mb", "MB", right_after),
        ("memory of the server", "server.memory_mb", "MB", right_after),
        ("start of the server", "server.seconds", "s", right_after),
    ):
        ours, theirs = at(whose, path), at(yardstick, path)
        ratio = _ratio(ours, theirs)
        shown = "" if ratio is None else f"{ratio:.2f}"
        rows.append(f"| {title} | {_number(ours, unit)} | {_number(theirs, unit)} | {shown} |")
    parts = [
        f"Training of {whose}, by component: {', '.join(f'{name} {seconds:.0f} s' for name, seconds in known.items())}."
        for whose, known in (
            ("this project", at(own, "training.components") or {}),
            ("the yardstick", at(yardstick, "training.components") or {}),
        )
        if known
    ]
    return ["| | this project | yardstick | ratio |", "|---|---|---|---|", *rows, "", *parts]


def _number(value: float | None, unit: str) -> str:
    return NOT_MEASURED if value is None else f"{value:.1f} {unit}"


def _public(found: dict[str, Any]) -> list[str]:
    lines = ["## Public data sets", ""]
    if not found:
        return [*lines, "They were left out: no folder with them was given (`make bench-nlu DATASETS=/folder`).", ""]
    lines += ["The project's encoder and intent model, fitted to their examples and tested on their test sets.", ""]
    lines += ["| data set | accuracy | fitting, with known vectors |", "|---|---|---|"]
    for name, one in found.items():
        lines.append(f"| {name} | {percent(one['accuracy'])} | {one['fitting_seconds']:.0f} s |")
    clinc = found.get("clinc150")
    if clinc:
        lines += [
            "",
            f"CLINC150 without a class for what is out of scope: at the score of {clinc['threshold']:.3f}, which keeps",
            f"94.8 % of its validation messages right, {percent(clinc['in_scope'])} of the test messages are right",
            f"(rejected ones counted as wrong) and {percent(clinc['out_of_scope'])} of those out of scope are rejected",
            f"({percent(clinc['out_of_scope_validation'])} on its validation set).",
        ]
    return [*lines, ""]
