"""The report on load: what was measured, and which goals are reached."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

# How many times the yardstick's messages, what part of its p95 and of its start; two workers for one.
MESSAGES_GOAL, P95_GOAL, START_GOAL, WORKERS_GOAL = 3.0, 0.5, 0.5, 1.7
STORED_GOAL, MEMORY_GOAL = 0.15, 0.03
Level = dict[str, Any]


def report(results: dict[str, Any]) -> str:
    """The page benchmarks/results/load.md."""
    run = results["run"]
    lines = [
        "# Load",
        "",
        f"People who ask, take the quiz and ask in the middle of it, over HTTP; each thinks about {run['think']:g} s "
        f"before every message. Written by `make bench-load` on a machine of {run['cores']} cores, which people "
        "(Locust), nginx, PostgreSQL, Redis, chat and action servers share. Each level lasts "
        f"{run['seconds']:g} s after a warm-up, with few people until about a hundred messages. Load of the machine "
        f"before the last run: {run['load']:.1f} (0 is quiet; what other programs take is missing here). "
        "Each part can be run by itself; they began at: "
        + ", ".join(f"{part} {at}" for part, at in results.get("begun", {}).items())
        + ".",
        "",
        *_goals(results),
    ]
    for workers, levels in results.get("workers", {}).items():
        lines += ["", f"## {workers} chat server{'s' if workers != '1' else ''} behind nginx", "", *_table(levels)]
    if {"1", "2"} <= set(results.get("room", {})):
        lines += ["", "## With room for two chat servers", "", *_room(results["room"])]
    yardstick = results.get("yardstick")
    if yardstick:
        lines += [
            "",
            "## The yardstick",
            "",
            "The same data with the pipeline and policies of `rasa init`, one Rasa server with its own channel over "
            "the same PostgreSQL, with our actions, without nginx, Redis and lines of ours. Trained for "
            f"{yardstick['epochs']} epoch(s) on three examples of each label: load does not depend on how well it "
            "learned, training on all takes hours, and fewer words make it rather faster.",
            "",
            *_table(yardstick["levels"]),
        ]
    if "starts" in results.get("yardstick", {}):
        lines += [
            "",
            "| start of chat and action server to first answer | seconds |",
            "|---|---|",
            *(f"| {name} | {seconds:.1f} |" for name, seconds in results["yardstick"]["starts"].items()),
        ]
    if "stored" in results:
        lines += ["", "## With stored conversations, one chat server", "", *_stored(results["stored"]["levels"])]
    if "steady" in results:
        lines += ["", "## A steady run", "", *_steady(results["steady"])]
    return "\n".join(lines) + "\n"


def best(levels: Iterable[Level]) -> Level:
    """The level with the most answers among those with hardly an error."""
    fine = [one for one in levels if one["errors"] <= 0.01 * one["a_second"] * one["seconds"]]
    return max(fine, key=lambda one: one["a_second"])


def _goals(results: dict[str, Any]) -> list[str]:
    found = []
    workers, yardstick = results.get("workers", {}), results.get("yardstick")
    if "1" in workers and yardstick:
        own, other = best(workers["1"]), best(yardstick["levels"])
        ratio = own["a_second"] / other["a_second"]
        found.append(
            _goal(
                f"messages a second of one chat server: {MESSAGES_GOAL:g}x the yardstick's",
                f"{ratio:.1f}x",
                ratio >= MESSAGES_GOAL,
            )
        )
        for mine, theirs in zip(workers["1"], yardstick["levels"], strict=False):
            part = _part(mine["p95"], theirs["p95"])
            whom = f"{mine['people']} people" if mine["people"] > 1 else "one person"
            what = f"p95 with {whom}: at most {P95_GOAL:.0%} of the yardstick's"
            found.append(_goal(what, f"{part:.0%}", part <= P95_GOAL))
    if "starts" in (yardstick or {}):
        start = yardstick["starts"]["own"] / yardstick["starts"]["yardstick"]
        found.append(
            _goal(
                f"start to first answer: at most {START_GOAL:.0%} of the yardstick's",
                f"{start:.0%}",
                start <= START_GOAL,
            )
        )
    if {"1", "2"} <= set(workers):
        found.append(_gain("two chat servers", best(workers["1"]), best(workers["2"])))
    if {"1", "2"} <= set(room := results.get("room", {})):
        what = f"two chat servers, each held to {room['processors']:g} of a processor, so that there is room for all"
        found.append(_gain(what, room["1"], room["2"]))
    if "stored" in results:
        empty, *_, full = results["stored"]["levels"]
        more = _part(full["p95"], empty["p95"]) - 1
        what = f"p95 with {full['stored']:,} stored conversations: within {STORED_GOAL:.0%} of an empty store"
        found.append(_goal(what, f"{more:+.0%}", more <= STORED_GOAL))
    if "steady" in results:
        begin, end = results["steady"]["memory_mb"]["chat server"]
        grown = end / begin - 1
        minutes = results["steady"]["minutes"]
        what = f"memory of a chat server over {minutes:g} minutes: no growth (under {MEMORY_GOAL:.0%})"
        found.append(_goal(what, f"{grown:+.1%}", grown <= MEMORY_GOAL))
    return ["| goal | measured | |", "|---|---|---|", *found]


def _part(one: float, other: float) -> float:
    """What one is of the other; of nothing, nothing can be said."""
    return one / other if other else float("nan")


def _gain(what: str, one: Level, two: Level) -> str:
    gain = two["a_second"] / one["a_second"]
    return _goal(f"{what}: {WORKERS_GOAL:g}x one", f"{gain:.2f}x", gain >= WORKERS_GOAL)


def _goal(what: str, measured: str, holds: bool) -> str:
    return f"| {what} | {measured} | {'reached' if holds else 'missed'} |"


def _table(levels: list[Level]) -> list[str]:
    names = list(levels[0]["cores"])
    head = ["people", "messages/s", "p50 ms", "p95 ms", "p99 ms", "errors", *names, "people (Locust)"]
    rows = [
        [
            *(str(one["people"]), f"{one['a_second']:.1f}", f"{one['p50']:.0f}", f"{one['p95']:.0f}"),
            *(f"{one['p99']:.0f}", str(one["errors"]), *(f"{one['cores'][name]:.2f}" for name in names)),
            f"{one['generator']:.2f}",
        ]
        for one in levels
    ]
    memory = ", ".join(f"{name} {megabytes:.0f}" for name, megabytes in levels[-1]["memory_mb"].items())
    return [
        *_rows(head, rows),
        "",
        f"Columns to the right of errors are processors in use. Memory of the largest process of each, MB: {memory}.",
    ]


def _room(room: dict[str, Any]) -> list[str]:
    head = ["chat servers", "people", "messages/s", "p50 ms", "p95 ms", "errors", "chat servers use", "all others use"]
    rows = []
    for workers in ("1", "2"):
        one = room[workers]
        use = one["cores"]["chat server"]
        rest = sum(one["cores"].values()) - use + one["generator"]
        rows.append(
            [
                *(workers, str(one["people"]), f"{one['a_second']:.1f}", f"{one['p50']:.0f}", f"{one['p95']:.0f}"),
                *(str(one["errors"]), f"{use:.2f}", f"{rest:.2f}"),
            ]
        )
    return [
        f"Each chat server is held to {room['processors']:g} of a processor, since two that are busy need more than "
        "this machine has for them and all that they talk to. What more of them gain on a larger machine shows here.",
        "",
        *_rows(head, rows),
    ]


def _stored(levels: list[Level]) -> list[str]:
    head = ["stored", "events", "GB", "people", "messages/s", "p50 ms", "p95 ms", "p99 ms", "errors", "PostgreSQL"]
    rows = [
        [
            *(f"{one['stored']:,}", f"{one.get('events', 0):,.0f}", f"{one.get('gigabytes', 0):.1f}"),
            *(str(one["people"]), f"{one['a_second']:.1f}", f"{one['p50']:.0f}", f"{one['p95']:.0f}"),
            *(f"{one['p99']:.0f}", str(one["errors"]), f"{one['cores']['PostgreSQL']:.2f}"),
        ]
        for one in levels
    ]
    return _rows(head, rows)


def _steady(found: dict[str, Any]) -> list[str]:
    one = found["level"]
    return [
        f"One chat server, {one['people']} people, {found['minutes']:g} minutes: {one['a_second']:.1f} messages/s, "
        f"p95 {one['p95']:.0f} ms, {one['errors']} errors.",
        "",
        *_rows(
            ["memory, MB", "begin", "end"], [[n, f"{a:.0f}", f"{b:.0f}"] for n, (a, b) in found["memory_mb"].items()]
        ),
    ]


def _rows(head: list[str], rows: list[list[str]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]
