"""A question of the quiz as staff write it in data/quiz/questions.yml."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, StrictBool, StrictInt, StrictStr

from img_pathway.content import Record, Text


class Option(Record):
    """One answer to choose; `also` holds other ways to say it."""

    label: StrictStr = Field(max_length=60)
    also: tuple[StrictStr, ...] = ()
    sure: StrictBool = False
    """True where nobody to whom it applies is unsure of it, so that "not sure" leaves only the other options."""
    unless: Any = None
    """A rule; where it is known to hold, the option is neither offered nor left possible by what is told."""


class Heard(Record):
    """How people say, unasked, what answers a question: `about` names the thing, `means` what it leaves possible.

    In `about`, (a|b) stands for either, and [c] may be there or not.
    """

    about: tuple[StrictStr, ...]
    means: tuple[StrictStr, ...]
    denied: tuple[StrictStr, ...] | None = None
    """What "not …" leaves possible; all other options if not given."""
    planned: tuple[StrictStr, ...] | None = None
    """What is left while it is still to come ("green card pending"); nothing is told if not given."""
    failed: tuple[StrictStr, ...] | None = None
    """What a failed sitting leaves possible; nothing is told if not given."""
    over: tuple[StrictStr, ...] | None = None
    """What is left once it has run out; nothing is told if not given."""
    bare: StrictBool = True
    """False where the words alone say nothing: "step 1" without "passed" or "not yet"."""
    alone: StrictBool = False
    """Whether the words count only where they stand alone between commas or the like: "H-1B"."""
    of_the_season: StrictBool = False
    """Whether told of an earlier year it tells nothing: "matched in 2022"."""
    of_the_us: StrictBool = False
    """Whether the words do not count behind the name of another country: "citizen", "permanent resident"."""
    not_with: dict[StrictStr, tuple[StrictStr, ...]] = {}
    """It tells nothing where all that is known of another question is one of these: "I matched", of a resident."""
    exam: StrictStr | None = None
    """Its name where it is an exam: its failed sittings count for the question with `failures`."""


class Failures(Record):
    """How failed sittings answer a question: below the limit, from it on, and from it on with a pass in the end."""

    limit: StrictStr
    below: tuple[StrictStr, ...]
    reached: tuple[StrictStr, ...]
    passed: tuple[StrictStr, ...]


class YearsBetween(Record):
    """How the years in which two exams were passed answer a question; exactly `limit` years apart, months decide."""

    of: tuple[StrictStr, StrictStr]
    limit: StrictStr
    within: StrictStr
    beyond: StrictStr


class Several(Record):
    """Words that pick several options of a question that is open, so that only those are asked again: "canada"."""

    said: tuple[StrictStr, ...]
    means: tuple[StrictStr, ...]


class Question(Record):
    """One thing to ask; its answer is kept under its id."""

    asks: Text
    why: Text
    unsure: Text
    """What a person who is not sure can do to find out."""
    name: StrictStr
    """How the list of answers calls it: "Exams passed"."""
    kind: Literal["choice", "year"] = "choice"
    options: dict[StrictStr, Option] = {}
    several: tuple[Several, ...] = ()
    earliest: StrictInt = 0
    hears: tuple[Heard, ...] = ()
    failures: Failures | None = None
    years_between: YearsBetween | None = None
    pass_and_score: tuple[StrictStr, ...] = ()
    """What the short form of two exams leaves possible: "P/252"."""
    places: StrictStr | None = None
    """The option that naming a country or city abroad means, where the question asks for a place."""
    countries: dict[StrictStr, tuple[StrictStr, ...]] = {}
    """Countries (ISO 3166 codes) that mean another option than `places`, where the question asks for a country."""
    no_country_with: tuple[StrictStr, ...] = ()
    """Words beside which a country is not looked up: "born in Iran"."""
    country_facts: tuple[StrictStr, ...] = ()
    """The facts that `countries` stand in: their date is said with the answer."""
    also: tuple[StrictStr, ...] = ()
    """Words by which a person names this question: "change my visa answer"."""
