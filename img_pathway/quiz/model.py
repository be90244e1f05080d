"""Criteria, outcomes, goals and plan steps as staff write them in data/quiz."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field, StrictBool, StrictStr

from img_pathway.content import Record, Text
from img_pathway.quiz.logic import Rule
from img_pathway.quiz.questions import Question
from img_pathway.quiz.season import SeasonDates

Verdict = Literal["yes", "likely", "possible", "not_yet", "no", "info"]
OPEN: tuple[Verdict, ...] = ("yes", "likely", "possible")
"""Verdicts that leave the way open."""
FIRM: tuple[Verdict, ...] = ("yes", "likely")
"""Verdicts on which people rely with their money and their years."""

NOT_SURE = "not_sure"
OTHER_BUTTONS = ("ask", "faq", "quiz", "goal", "enquiry", "helped", "delete")
"""What stands before the first colon of a button's command where that is no question's id."""

ROTATIONS = ("clerkship", "externship", "observership")
"""Kinds of rotation that an outcome may open."""


class Window(Record):
    """A part of the season, by its dates; what is not known to have come has not come."""

    since: StrictStr | None = None
    """From the day of this date on."""
    after: StrictStr | None = None
    """From the day after this date on."""
    until: StrictStr | None = None
    """Up to this date, its day included."""


class Criterion(Record):
    """One small thing that is true, false or unknown of a person; with `season`, true or false of everybody today."""

    yes: Text
    no: Text
    todo: Text | None = None
    """What to do to make it true; left out where nobody can."""
    answer: dict[StrictStr, Any] | None = None
    rule: Any = None
    season: Window | None = None


class Case(Record):
    """One possible verdict of an outcome and when it holds; the first that holds decides."""

    verdict: Verdict
    label: StrictStr | None = Field(None, max_length=60)
    when: Any = None
    says: Text
    facts: tuple[StrictStr, ...]
    aim: StrictBool = False
    """True for the open case whose lacks are named as missing, where it is not the first reachable one."""
    complete: StrictBool = False
    """True where `says` leaves nothing to add, so that what is missing is not listed beside it."""
    silent: StrictBool = False
    """True where the outcome does not concern these people: the result leaves it out."""


class Outcome(Record):
    """Something a person wants to know about themselves, decided by its cases in order."""

    name: StrictStr
    topic: StrictStr | None = None
    also_about: tuple[StrictStr, ...] = ()
    """Other topics of which it decides as well."""
    hard: Any = None
    """What has to hold for "yes" or "likely", whatever its cases say: none of it unknown or unmet."""
    offers: StrictStr | None = None
    """The kind of rotation (data/organization.yml) that this outcome opens."""
    not_offered: Any = None
    """Whom no rotation of this kind is offered though it is open to them; nothing is asked for it."""
    cases: tuple[Case, ...]

    @property
    def topics(self) -> tuple[str, ...]:
        """All topics that it is about."""
        return (self.topic, *self.also_about) if self.topic else self.also_about


class Goal(Record):
    """What a person came for, and the outcomes that matter to it."""

    label: StrictStr = Field(max_length=60)
    also: tuple[StrictStr, ...] = ()
    outcomes: tuple[StrictStr, ...]
    shows: tuple[StrictStr, ...] = ()
    """Outcomes that the result adds where the answers decide them; nothing is asked for them."""
    plan: tuple[StrictStr, ...] = ()
    """Left out where people ask for the meaning of a word only."""
    rotation: StrictBool = False
    """Whether a rotation helps toward it, so that the result names the one that fits."""
    season: StrictBool = False
    """Whether the result says which Match year is realistic."""


class Late(Record):
    """What a step says once a date of the season is past, and the step is not done."""

    after: StrictStr
    says: Text


class Lasts(Record):
    """How long a step takes: the value of a fact, a number or a range ("4-6")."""

    fact: StrictStr
    unit: Literal["days", "weeks", "months"]
    by: StrictStr | None = None
    """The date of the season by which it has to be done; that of the season's `ready_by` if not given."""


class Variant(Record):
    """What a step says to some people instead."""

    when: Any
    says: Text


class Step(Record):
    """One step of a plan, with its duration or dates by fact."""

    says: Text
    variants: tuple[Variant, ...] = ()
    """The first that is known to hold is said in place of `says`."""
    this_season: Text | None = None
    """The dates of the season that goes on, said to those whose Match it can be."""
    late: tuple[Late, ...] = ()
    """In the order of their dates; the last one that is past is said, to the same people."""
    takes: StrictStr | None = None
    """How long it lasts, in a few words."""
    lasts: Lasts | None = None
    """The same to reckon with, for the Match year that is realistic."""
    done: Any = None
    done_with: tuple[StrictStr, ...] = ()
    """Steps that, once known to be done, tell that this one is done too; nothing is asked for it."""
    needed: Any = None
    after: tuple[StrictStr, ...] = ()
    """Steps that have to be done before this one; a plan without them shows those that are open."""
    possible: Any = None
    """When it can be done at all; always if not given."""
    unless: Any = None
    """What makes it impossible where it is known; people who were not asked about it are not asked for this step."""
    asks: StrictBool = True
    """False where nobody is asked whether it is done or needed: for those who were not asked it is neither."""
    waits: StrictBool = False
    """Whether it comes with time, and there is nothing to do for it: Match Week."""
    facts: tuple[StrictStr, ...]


class Opening(Record):
    """A kind sentence that the result begins with; the first that holds is said."""

    when: Any
    goals: tuple[StrictStr, ...]
    """The goals to which it matters."""
    says: Text


class Outlook(Record):
    """What the result says of the Match year that is realistic; the first that holds is said."""

    when: Any = None
    unless: Any = None
    """What rules it out where it is known."""
    if_known: StrictBool = False
    """True where an unknown `when` leads on to the next entry; else nothing is said but that the year is unknown."""
    ready: tuple[Literal["this_season", "perhaps_this_season", "one_year", "two_years", "unknown"], ...] = ()
    """What the durations of the missing steps come to: the season that goes on, a later one, or one of several."""
    says: Text | None = None
    """With {realistic_year} and {latest_year}; nothing is said if left out."""
    this_season: StrictBool = False
    """Whether the dates of the season that goes on concern the person, so that the steps say them."""
    facts: tuple[StrictStr, ...] = ()


@dataclass(frozen=True)
class Choice:
    """A criterion's test on a choice question: true where only these options are left."""

    question: str
    options: frozenset[str]
    unsure: frozenset[str] = frozenset()
    """The options that "not sure" leaves possible; none where it tells nothing."""


@dataclass(frozen=True)
class Span:
    """A criterion's test on a year, bounds included."""

    question: str
    at_least: int | None
    at_most: int | None


Test = Choice | Span


@dataclass(frozen=True)
class Duration:
    """Days that something takes at the quickest and at the slowest, and the date by which it has to be done."""

    quickest: int
    slowest: int
    by: str


@dataclass(frozen=True)
class Quiz:
    """All of data/quiz with rules parsed and links checked."""

    questions: dict[str, Question]
    criteria: dict[str, Criterion]
    tests: dict[str, Test | Rule]
    outcomes: dict[str, Outcome]
    case_rules: dict[str, tuple[Rule, ...]]
    hard_rules: dict[str, Rule]
    """For each outcome that can say "yes" or "likely": what has to hold then."""
    not_offered_rules: dict[str, Rule]
    """For each outcome with `not_offered`: its rule."""
    goals: dict[str, Goal]
    steps: dict[str, Step]
    step_rules: dict[str, tuple[Rule, Rule]]
    """For each step: when it is done, when it is needed."""
    possible_rules: dict[str, Rule]
    """For each step with `possible`: its rule."""
    unless_rules: dict[str, Rule]
    """For each step with `unless`: its rule."""
    variant_rules: dict[str, tuple[Rule, ...]]
    """For each step: when each of its variants is said."""
    option_rules: dict[str, dict[str, Rule]]
    """For each question with options that are not offered to all: when an option is not."""
    durations: dict[str, Duration]
    """For each step with `lasts`: how long it takes."""
    ready_by: str | None
    """The date of the season by which people should be ready to apply."""
    results_take: Duration | None
    """How long it takes from a last exam to its result."""
    openings: tuple[tuple[Rule, Opening], ...]
    outlooks: tuple[tuple[Rule, Rule, Outlook, tuple[str, ...]], ...]
    """When each holds and what rules it out, and the dates of the season that it names."""
    match_year: int
    season: SeasonDates
    step_dates: dict[str, tuple[str, ...]]
    """For each step: the dates of the season that it names."""

    def late(self, step: str) -> str:
        """Return what a step that is not done says because a date has passed; empty where none has."""
        passed = self.season.passed()
        return next((late.says for late in reversed(self.steps[step].late) if late.after in passed), "")
