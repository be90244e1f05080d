"""The figures of a gold set: false facts, facts that were booked, corrections that work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from benchmarks.told_claims import ME
from benchmarks.told_judging import CAUSES, Booking, Correction, Fact, Judged
from benchmarks.told_mapping import Options, Table

Row = dict[str, int]
_MOST_OPTIONS_SHOWN = 6


def figures(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return all counts, with ids and without a word of any message."""
    wrong = [(one, booking) for one in judged for booking in one.bookings if booking.verdict == "false"]
    return {
        "all": _row(judged),
        "clean": sum(not any(b.verdict == "false" for b in one.bookings) for one in judged),
        "taken": dict(Counter(one.heard.taken for one in judged)),
        "kinds": {kind: _row([one for one in judged if one.message.kind == kind]) for kind in _kinds(judged)},
        "questions": {question: _row(judged, question) for question in _questions(judged)},
        "causes": {
            cause: {
                "false": sum(booking.cause == cause for _, booking in wrong),
                "contradict": sum(booking.cause == cause and booking.contradicts for _, booking in wrong),
                "ids": _ids(one for one, booking in wrong if booking.cause == cause),
            }
            for cause in CAUSES
        },
        "unsure_ids": _ids(one for one in judged for booking in one.bookings if booking.verdict == "unsure"),
        "left_wrong_ids": _ids(one for one in judged if any(c.outcome == "left wrong" for c in one.corrections)),
    }


def details(table: Table, judged: Sequence[Judged]) -> dict[str, Any]:
    """Return each wrong answer with the words it was read from, and the ids of facts that were missed."""

    def entries(wanted: Callable[[Booking], bool]) -> list[dict[str, Any]]:
        return [_entry(table, one, b) for one in judged for b in one.bookings if wanted(b)]

    return {
        "wrong": entries(lambda booking: booking.verdict == "false"),
        "unsure": entries(lambda booking: booking.verdict == "unsure"),
        "left_wrong": [
            {
                "id": one.message.id,
                "text": one.message.text,
                "question": c.question,
                "right": in_words(table, c.question, c.options),
                "now": in_words(table, c.question, one.heard.possible(table, c.question)),
            }
            for one in judged
            for c in one.corrections
            if c.outcome == "left wrong"
        ],
        "missed": {
            question: _ids(one for one in judged if any(f.question == question and not f.booked for f in one.facts))
            for question in _questions(judged)
        },
    }


def in_words(table: Table, question: str, options: Options) -> str:
    """Return options as the report shows them."""
    if options == table.every(question):
        return "nothing"
    names = [name for name in table.in_order(question) if name in options] or sorted(map(str, options))
    return " or ".join(names) if len(names) <= _MOST_OPTIONS_SHOWN else f"{names[0]} … {names[-1]}"


def _entry(table: Table, one: Judged, booking: Booking) -> dict[str, Any]:
    message, about = one.message, one.heard.about
    return {
        "id": message.id,
        "kind": message.kind,
        "text": message.text,
        "asked": message.asked or "",
        "about": "" if about == ME else about,
        "question": booking.question,
        "booked": in_words(table, booking.question, booking.booked),
        "cause": booking.cause,
        "contradicts": booking.contradicts,
    }


def _row(judged: Iterable[Judged], question: str | None = None) -> Row:
    judged = list(judged)
    bookings = [b for one in judged for b in one.bookings if question in (None, b.question)]
    facts = [f for one in judged for f in one.facts if question in (None, f.question)]
    corrections = [c for one in judged for c in one.corrections if question in (None, c.question)]
    verdicts, outcomes = Counter(b.verdict for b in bookings), Counter(c.outcome for c in corrections)
    return {
        "messages": len(judged) if question is None else sum(_touches(one, question) for one in judged),
        "facts": len(facts),
        "booked": sum(fact.booked for fact in facts),
        "bookings": len(bookings),
        "right": verdicts["right"],
        "unsure": verdicts["unsure"],
        "false": verdicts["false"],
        "contradict": sum(booking.contradicts for booking in bookings),
        "corrections": len(corrections),
        "put_right": outcomes["put right"],
        "taken_back": outcomes["taken back"],
    }


def _touches(one: Judged, question: str) -> bool:
    found: tuple[Booking | Fact | Correction, ...] = (*one.bookings, *one.facts, *one.corrections)
    return any(part.question == question for part in found)


def _kinds(judged: Iterable[Judged]) -> list[str]:
    return list(dict.fromkeys(one.message.kind for one in judged))


def _questions(judged: Sequence[Judged]) -> list[str]:
    """The questions that anything was told or booked of, those with most facts first."""
    told = Counter(fact.question for one in judged for fact in one.facts)
    booked = Counter(booking.question for one in judged for booking in one.bookings)
    return sorted({*told, *booked}, key=lambda question: (-told[question], question))


def _ids(judged: Iterable[Judged]) -> list[str]:
    return list(dict.fromkeys(one.message.id for one in judged))
