"""Topics, facts, sources and common questions as staff write them in data/knowledge."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from pydantic import AnyHttpUrl, ConstrainedStr, StrictStr, validator

from img_pathway.content import Record, Text

Kind = Literal[
    "stage", "position", "specialty", "exam", "credential", "document", "process", "visa",
    "license", "person", "place", "cost", "rule", "service",
]  # fmt: skip


_NUMBER_AS_TEXT = re.compile(r"-?\d+,\d{1,2}")
_DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
_LEANS = re.compile(
    r"(?:yes|no|not (?:always|necessarily|really)|partly|often|usually|mostly|sometimes|maybe|perhaps|probably|both"
    r"|either|neither|it|this|that|these|those|they|there|so|but|and|because|it depends|in most cases)\b",
    re.IGNORECASE,
)


BeliefVerdict = Literal["yes", "no", "partly", "depends"]
# What somebody reads on a phone before they stop.
_MOST_PARAGRAPHS = 2
_MOST_STEPS = 6


class Brief(ConstrainedStr):
    """A few words, for the cell of a table."""

    strict = True
    min_length = 1
    max_length = 60


class Short(ConstrainedStr):
    """The answer in one sentence, which can be understood without the question."""

    strict = True
    min_length = 1
    max_length = 200

    @classmethod
    def __get_validators__(cls) -> Generator[Callable[..., Any], None, None]:
        """Refuse an opening that means nothing, or the contrary, where the question was put another way."""
        yield from super().__get_validators__()
        yield cls._stands_alone

    @classmethod
    def _stands_alone(cls, value: str) -> str:
        if leans := _LEANS.match(value):
            raise ValueError(
                f'begins with "{leans[0]}", which leans on the question. Say the whole answer, with what it is about.'
            )
        return value


class Paragraph(ConstrainedStr):
    """A short paragraph after the answer."""

    strict = True
    min_length = 1
    max_length = 320


class Step(ConstrainedStr):
    """One item of a list: a thing to do, to bring, to have."""

    strict = True
    min_length = 1
    max_length = 160


class Id(ConstrainedStr):
    """The name of a record, as other records refer to it."""

    strict = True
    regex = r"^[a-z][a-z0-9_]*$"
    max_length = 60


class Signature(ConstrainedStr):
    """The name of somebody who answers for something."""

    strict = True
    strip_whitespace = True
    min_length = 1
    max_length = 80


class Source(Record):
    """Where a fact was read."""

    title: StrictStr
    url: AnyHttpUrl
    kind: Literal["official", "official-copy", "university", "secondary", "weak"]


class Attribute(Record):
    """One way of asking about a topic: what it is, how long it takes, what it costs …"""

    name: StrictStr
    """Row heading in a comparison, such as "How long"."""
    asked: StrictStr
    """The question in words, as an option to pick: "how long it takes"."""
    cues: tuple[StrictStr, ...] = ()
    """Phrases that show that a person asks for this, for a second question in one message."""


class Topic(Record):
    """Anything the bot can explain; a stage of training is one kind of it."""

    name: StrictStr
    kind: Kind
    aliases: tuple[StrictStr, ...]
    old_names: dict[StrictStr, Text] = {}
    """Names that are out of use, each with the sentence that puts it right."""
    next: tuple[Id, ...] = ()
    gist: tuple[Id, ...] = ()
    """Facts that belong in what is looked up on this topic, most important first."""


class Checked(Record):
    """Who has last compared a fact with its sources, and when."""

    by: Signature
    on: StrictStr
    """A day: "2026-11-22"."""

    @validator("on", allow_reuse=True)
    def _is_a_day(cls, value: str) -> str:  # noqa: N805
        if not _DAY.fullmatch(value):
            raise ValueError('must be a day in quotes: on: "2026-11-22"')
        try:
            date.fromisoformat(value)
        except ValueError as error:
            raise ValueError("is a day that no calendar has") from error
        return value


class Fact(Record):
    """One statement about one topic, with its source and date."""

    id: Id
    topic: Id
    answers: tuple[StrictStr, ...]
    says: Text
    brief: Brief | None = None
    value: int | float | StrictStr | None = None
    unit: StrictStr | None = None
    as_of: StrictStr
    changes: Literal["never", "sometimes", "each_season"]
    season: StrictStr | None = None
    status: Literal["solid", "check"]
    sources: tuple[Id, ...]
    note: StrictStr | None = None
    checked: Checked | None = None

    @validator("value", allow_reuse=True)
    def _is_no_number_with_a_comma(cls, value: float | str | None) -> float | str | None:  # noqa: N805
        """Rules count with plain numbers; "3,5" would be words to them."""
        if isinstance(value, str) and _NUMBER_AS_TEXT.fullmatch(value):
            raise ValueError("is a number: write it with a point and without quotes, value: 3.5")
        return value


class Faq(Record):
    """A question that people often ask, or a half-right belief that they bring, with the answer that meets it."""

    asks: Text
    """The question or belief in one sentence, as the person would say it."""
    verdict: BeliefVerdict | None = None
    """For a belief: what it is judged; said only to who is known to hold it."""
    short: Short
    more: tuple[Paragraph, ...] = ()
    steps: tuple[Step, ...] = ()
    facts: tuple[Id, ...]
    topic: Id
    words: tuple[StrictStr, ...] = ()
    """Beginnings of words, one of which must stand in a message that asks this."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The whole answer, a paragraph a line: the short answer in bold, what belongs to it, the list."""
        listed = ("\n".join(f"- {step}" for step in self.steps),) if self.steps else ()
        return (f"**{self.short}**", *self.more, *listed)

    @validator("more", allow_reuse=True)
    def _is_no_essay(cls, value: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:  # noqa: N805
        if len(value) > _MOST_PARAGRAPHS:
            raise ValueError(f"has {len(value)} paragraphs; {_MOST_PARAGRAPHS} at most are read")
        return value

    @validator("steps", allow_reuse=True)
    def _is_a_list(cls, value: tuple[Step, ...]) -> tuple[Step, ...]:  # noqa: N805
        if len(value) > _MOST_STEPS:
            raise ValueError(f"has {len(value)} items; {_MOST_STEPS} at most are read")
        return value


class ComparisonLead(Record):
    """A hand-written opening for a comparison that many people ask for."""

    topics: tuple[Id, ...]
    says: tuple[Text, ...]
    facts: tuple[Id, ...]


@dataclass(frozen=True)
class Knowledge:
    """All of data/knowledge, looked up by id; facts keep the order in which staff wrote them."""

    sources: dict[str, Source]
    attributes: dict[str, Attribute]
    topics: dict[str, Topic]
    facts: dict[str, Fact]
    faq: dict[str, Faq]
    comparisons: tuple[ComparisonLead, ...]
    by_topic: dict[str, tuple[Fact, ...]] = field(default_factory=dict)
    by_words: dict[str, str] = field(default_factory=dict)
    """Common questions by their normalized words: these are offered to pick, and a pick must lead to its answer."""

    def facts_about(self, topic: str, attribute: str | None = None) -> list[Fact]:
        """Facts of a topic, in staff's order; with `attribute`, those answering it, best fit first."""
        facts = self.by_topic.get(topic, ())
        if attribute is None:
            return list(facts)
        found = [fact for fact in facts if attribute in fact.answers]
        return sorted(found, key=lambda fact: fact.answers.index(attribute))

    def number(self, fact_id: str) -> float:
        """The plain number that a fact states; raises ValueError where it states none."""
        value = self.facts[fact_id].value
        if isinstance(value, (int, float)):
            return value
        raise ValueError(f'fact "{fact_id}" has no plain number as its value')
