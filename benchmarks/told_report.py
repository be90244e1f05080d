"""The report of what the bot hears, made from the kept figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.kept import DAYS
from benchmarks.told_judging import CAUSES

TOLD, APART = "told", "apart"
LOOKS = "looks"
_HEAD = """\
# What people tell, and what is booked

Written by `make bench-told`. Each message goes through the code that answers people, **without a model**: no guess is
made at any message, so this measures the reading alone. A message without an open question is given to the quiz even
where its words alone do not show that it tells of a person; in a running bot a model decides that.

A *fact* is one thing that a person tells of themselves, surely, and that a question of the quiz has options for
(`benchmarks/told_mapping.yml`). A *booking* is an answer that a message changed. It is *right* if it rules out nothing
but what the message rules out; *unsure* if it rests on what can be read in two ways or is only likely, and was not
asked; *false* if it contradicts what is told or rests on nothing that is so of the person."""
_COLUMNS = (
    "messages | facts told | booked | bookings | right | unsure, not asked | false | of these contradict what is told "
    "| corrections | put right | taken back, asked again"
)


def report(results: Mapping[str, Any]) -> str:
    """Return the report of all that is kept."""
    parts = [_HEAD]
    if TOLD in results:
        parts += [f"## tests/quiz/told.yml, {results[DAYS][TOLD]}", summary(results[TOLD]), _lists(results[TOLD])]
    if APART in results:
        apart = results[APART]
        looks = f"Looked at {_times(len(apart[LOOKS]))}: {', '.join(apart[LOOKS])}. Counts and ids only."
        heading = f"## The set kept aside, tests/quiz/told_apart.yml, {results[DAYS][APART]}"
        parts += [heading, looks]
        # A look that ended in an error has no figures.
        parts += [summary(apart), _ids(apart)] if "all" in apart else []
    return "\n\n".join(parts) + "\n"


def summary(found: Mapping[str, Any]) -> str:
    """Return the tables of one set, without a word of any message."""
    every, taken = found["all"], found["taken"]
    alone = sum(taken.values()) - taken.get("answer", 0)
    lines = [
        f"- False: {every['false']} of {every['bookings']} bookings ({_share(every['false'], every['bookings'])}), "
        f"{every['contradict']} of them contradict what is told. "
        f"{found['clean']} of {every['messages']} messages have none. Unsure and not asked: {every['unsure']}.",
        f"- Booked: {every['booked']} of {every['facts']} facts ({_share(every['booked'], every['facts'])}).",
        f"- Corrections: {every['put_right']} of {every['corrections']} put right, {every['taken_back']} taken back "
        "and asked again.",
        f"- Words alone show that {taken.get('record', 0)} of the {alone} messages without an open question tell of a "
        "person; the others need a model to reach the quiz.",
    ]
    causes = [
        f"| {cause} | {CAUSES[cause]} | {row['false']} | {row['contradict']} |"
        for cause, row in sorted(found["causes"].items(), key=lambda item: -item[1]["false"])
        if row["false"]
    ]
    return "\n".join(
        [
            *lines,
            "",
            *_table("kind", {**found["kinds"], "**all**": every}),
            "",
            *_table("question", found["questions"]),
            "",
            "| why false | | false | of these contradict |",
            "|---|---|---|---|",
            *causes,
        ]
    )


def _table(name: str, rows: Mapping[str, Mapping[str, int]]) -> list[str]:
    lines = [f"| {name} | {_COLUMNS} |", "|---" * (_COLUMNS.count("|") + 2) + "|"]
    for key, row in rows.items():
        booked = f"{row['booked']} ({_share(row['booked'], row['facts'])})" if row["facts"] else "-"
        counts = (row[n] for n in ("bookings", "right", "unsure", "false", "contradict"))
        corrections = (row[n] or "" for n in ("corrections", "put_right", "taken_back"))
        cells = [key, row["messages"], row["facts"], booked, *counts, *corrections]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return lines


def _lists(found: Mapping[str, Any]) -> str:
    lines = ["### False"]
    for cause, meaning in CAUSES.items():
        entries = [entry for entry in found["wrong"] if entry["cause"] == cause]
        lines += ["", f"**{cause}** ({meaning})", "", *map(_line, entries)] if entries else []
    lines += ["", "### Unsure, not asked", "", *map(_line, found["unsure"]), "", "### Corrections left wrong", ""]
    for entry in found["left_wrong"]:
        lines.append(f"- {entry['id']} `{entry['question']}` is {entry['now']}, not {entry['right']}: {_quoted(entry)}")
    lines += ["", "### Facts that were not booked, by question", ""]
    lines += [f"- `{question}`: {', '.join(ids)}" for question, ids in found["missed"].items() if ids]
    return "\n".join(lines)


def _ids(found: Mapping[str, Any]) -> str:
    lines = [f"- false, {cause}: {', '.join(row['ids'])}" for cause, row in found["causes"].items() if row["ids"]]
    for name, ids in (("unsure, not asked", found["unsure_ids"]), ("corrections left wrong", found["left_wrong_ids"])):
        lines += [f"- {name}: {', '.join(ids)}"] if ids else []
    return "\n".join(lines)


def _line(entry: Mapping[str, Any]) -> str:
    told = f", told of {entry['about']}" if entry["about"] else ""
    asked = f", asked `{entry['asked']}`" if entry["asked"] else ""
    against = ", **contradicts**" if entry["contradicts"] else ""
    return f"- {entry['id']} `{entry['question']}` = {entry['booked']}{against}{asked}{told}: {_quoted(entry)}"


def _quoted(entry: Mapping[str, Any]) -> str:
    return '"' + " ".join(str(entry["text"]).split()).replace("|", "\\|").replace("*", "\\*") + '"'


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "-"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
