"""What was booked of a message beside what its claims tell: right, unsure or false, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from benchmarks.told_claims import ME, SO, Claim, Message
from benchmarks.told_hearing import Heard
from benchmarks.told_mapping import Options, Table

CAUSES: dict[str, str] = {
    "another": "told of somebody else",
    "denied": "denied",
    "failed": "a failed sitting",
    "planned": "planned",
    "wished": "wished",
    "asked": "only asked about",
    "supposed": "supposed",
    "near": "something near it is so: pending, expired, an earlier season",
    "misread": "told, and another option booked",
    "more": "more booked than is told",
    "nothing": "nothing in the message is about it",
}
"""Why something is booked wrongly; the first that fits is taken."""
_ORDER = tuple(CAUSES)
Verdict = Literal["right", "unsure", "false"]
Outcome = Literal["put right", "taken back", "left wrong"]


@dataclass(frozen=True)
class Booking:
    """An answer that a message changed."""

    question: str
    booked: Options
    verdict: Verdict
    cause: str = ""
    contradicts: bool = False
    """Whether what is booked cannot be so, and not only was not told."""


@dataclass(frozen=True)
class Fact:
    """Something told that answers a question of the quiz."""

    question: str
    options: Options
    booked: bool


@dataclass(frozen=True)
class Correction:
    """An answer that a message corrects, and what became of it."""

    question: str
    options: Options
    outcome: Outcome


@dataclass(frozen=True)
class Judged:
    """A message with everything that came of it."""

    message: Message
    heard: Heard
    bookings: tuple[Booking, ...]
    facts: tuple[Fact, ...]
    corrections: tuple[Correction, ...]


@dataclass(frozen=True)
class _Told:
    """What claims about one person say, by question."""

    truth: Mapping[str, Options]
    """Options that can be so."""
    support: Mapping[str, Options]
    """Options that may be left out of an answer."""
    unsure: Mapping[str, Options]
    """The same, what is likely and what can be read in two ways included."""


def judge(table: Table, message: Message, heard: Heard) -> Judged:
    """Return what is right and wrong in what was booked."""
    about = {table.person(claim.about) for claim in message.claims}
    person = heard.about if heard.about in about else ME
    own = [claim for claim in message.claims if table.person(claim.about) == person]
    others = [claim for claim in message.claims if table.person(claim.about) != person]
    told = _told(table, own, message.before if person == ME else ())
    changed = [q for q in heard.after if heard.after[q] != heard.possible(table, q, before=True)]
    bookings = tuple(b for q in changed if (b := _booking(table, heard, q, told, (own, others))))
    return Judged(
        message,
        heard,
        bookings,
        tuple(_facts(table, message, heard, is_mine=person == ME)),
        tuple(_corrections(table, message, heard, {b.question for b in bookings if b.verdict == "false"})),
    )


# What the claims say

_TOLD = ("tells", "follows", "may")


def _told(table: Table, claims: Iterable[Claim], before: Iterable[Claim]) -> _Told:
    claims = list(claims)
    sure = [claim for claim in claims if not claim.unsure]
    now = {q: _joint(table, q, said) for q, said in _said(table, sure, ("tells", "follows")).items()}
    earlier = {q: _joint(table, q, said) for q, said in _said(table, before, ("tells", "follows")).items()}
    # What was booked before holds as long as the message says nothing else.
    truth = {q: now.get(q, table.every(q)) & earlier.get(q, table.every(q)) or now[q] for q in {*now, *earlier}}
    support = _ruled_out(table, sure, _TOLD)
    unsure = _ruled_out(table, claims, (*_TOLD, "maybe"))
    return _Told(truth, support, unsure)


def _said(table: Table, claims: Iterable[Claim], effects: tuple[str, ...]) -> dict[str, list[Options]]:
    """What claims say of each question, each thing once."""
    claims, found = list(claims), dict[str, list[Options]]()
    meant = [getattr(table.means(claim), effect) for claim in claims for effect in effects]
    for options_by_question in [*meant, _between_years(table, claims) if "follows" in effects else {}]:
        for question, options in options_by_question.items():
            if options not in found.setdefault(question, []):
                found[question].append(options)
    return found


def _joint(table: Table, question: str, said: list[Options]) -> Options:
    """What several claims to one question leave possible; any of them where they cannot all be so."""
    prevailing = frozenset(table.prevails.get(question, ()))
    strongest = [options for options in said if options <= prevailing]
    joint = table.every(question).intersection(*(strongest or said))
    return joint or frozenset[str | int]().union(*said)


def _ruled_out(table: Table, claims: Iterable[Claim], effects: tuple[str, ...]) -> dict[str, Options]:
    said = _said(table, claims, effects)
    return {
        q: frozenset[str | int]().union(*(table.every(q) - options for options in found)) for q, found in said.items()
    }


def _between_years(table: Table, claims: list[Claim]) -> dict[str, Options]:
    """The answer that two dates give, such as the years between two exams."""
    if not table.between:
        return {}
    passed = {c.matter: c.year for c in claims if c.mode == "is" and c.value == "passed" and c.year}
    years = [passed[matter] for matter in table.between["of"] if matter in passed]
    apart = abs(years[0] - years[1]) if len(years) == len(table.between["of"]) else table.between["years"]
    # With the same number of years as the rule, months decide.
    if apart == table.between["years"]:
        return {}
    option = table.between["within" if apart < table.between["years"] else "beyond"]
    return {table.between["question"]: frozenset([option])}


# What came of it


def _booking(
    table: Table, heard: Heard, question: str, told: _Told, claims: tuple[list[Claim], list[Claim]]
) -> Booking | None:
    booked = heard.after[question]
    new = heard.possible(table, question, before=True) - booked
    if not new:
        return None
    truth = told.truth.get(question, table.every(question))
    contradicts = not booked & truth
    before = heard.possible(table, question, before=True)
    allowed: tuple[tuple[Verdict, Mapping[str, Options]], ...] = (("right", told.support), ("unsure", told.unsure))
    for verdict, ruled_out in allowed:
        told_set = table.every(question) - ruled_out.get(question, frozenset())
        if not contradicts and not new & told_set and not _says_more(table, question, before, booked, told_set):
            return Booking(question, booked, verdict)
    return Booking(question, booked, "false", _cause(table, question, booked, told, claims), contradicts)


def _says_more(table: Table, question: str, before: Options, booked: Options, told: Options) -> bool:
    """Whether an answer in place of another decides what neither the message nor the old answer decided.

    "Not Step 1" after "Step 1 passed" leaves Step 2 CK as unknown as it was.
    """
    if before & booked:
        return False

    def decided(options: Options, test: Options) -> bool | None:
        return True if options <= test else None if options & test else False

    known = [(decided(booked, test), decided(before, test), decided(told, test)) for test in table.tests(question)]
    return any(now is not None and now not in (earlier, said) for now, earlier, said in known)


def _cause(table: Table, question: str, booked: Options, told: _Told, claims: tuple[list[Claim], list[Claim]]) -> str:
    own, others = claims
    lures = [("another", lure) for claim in others for lure in table.lures(claim, of_another=True)]
    lures += [(_cause_of(claim), lure) for claim in own for lure in table.lures(claim)]
    found = {cause for cause, (q, options) in lures if q == question and booked <= options != table.every(question)}
    if found:
        return min(found, key=_ORDER.index)
    if question not in told.truth and question not in told.unsure:
        return "nothing"
    return "more" if booked & told.truth.get(question, table.every(question)) else "misread"


def _cause_of(claim: Claim) -> str:
    return {"is": "near", "not": "denied"}.get(claim.mode, claim.mode)


def _facts(table: Table, message: Message, heard: Heard, *, is_mine: bool) -> Iterable[Fact]:
    """What is told of the person who writes and answers a question; what is booked already is no news."""
    claims = [c for c in message.claims if c.about == ME and not c.unsure]
    for question, said in _said(table, claims, ("tells",)).items():
        joint = _joint(table, question, said)
        # Of claims that cannot all be so there is one thing to book.
        alone = said if all(joint <= options for options in said) else [joint]
        for options in alone:
            if not heard.possible(table, question, before=True) <= options:
                yield Fact(question, options, is_mine and heard.possible(table, question) <= options)


def _corrections(table: Table, message: Message, heard: Heard, wrong: set[str]) -> Iterable[Correction]:
    claims = [c for c in message.claims if c.about == ME and c.corrects and c.mode in SO and not c.unsure]
    for question, said in _said(table, claims, ("tells",)).items():
        options, before = _joint(table, question, said), heard.before.get(question)
        if before is None or before <= options:
            continue
        after = heard.possible(table, question)
        outcome: Outcome = "left wrong"
        if after <= options and question not in wrong:
            outcome = "put right"
        elif options & after and not before & after:
            outcome = "taken back"
        yield Correction(question, options, outcome)
