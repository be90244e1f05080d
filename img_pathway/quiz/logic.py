"""Three-valued logic: yes, no, unknown; unknown is never no."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum


class Truth(Enum):
    """What is known of a statement about a person."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __invert__(self) -> Truth:
        return _OPPOSITE[self]


_OPPOSITE = {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}

Known = Callable[[str], Truth]


class Rule(ABC):
    """A condition over criteria."""

    @abstractmethod
    def truth(self, known: Known) -> Truth:
        """The truth of the rule, given the truth of each criterion."""

    @property
    def parts(self) -> tuple[Rule, ...]:
        """Rules inside this one."""
        return ()


@dataclass(frozen=True)
class Is(Rule):
    """One criterion, by its id."""

    criterion: str

    def truth(self, known: Known) -> Truth:
        """What is known of the criterion."""
        return known(self.criterion)


@dataclass(frozen=True)
class Not(Rule):
    """The opposite of a rule."""

    rule: Rule

    def truth(self, known: Known) -> Truth:
        """Yes and no change places; unknown stays."""
        return _OPPOSITE[self.rule.truth(known)]

    @property
    def parts(self) -> tuple[Rule, ...]:
        """The rule that is turned around."""
        return (self.rule,)


@dataclass(frozen=True)
class AllOf(Rule):
    """No if any part is no, else unknown if any part is unknown, else yes."""

    rules: tuple[Rule, ...]
    _decides = Truth.NO
    _default = Truth.YES

    def truth(self, known: Known) -> Truth:
        """The truth of the parts taken together; stops at the part that decides."""
        result = self._default
        for rule in self.rules:
            part = rule.truth(known)
            if part is self._decides:
                return part
            if part is Truth.UNKNOWN:
                result = part
        return result

    @property
    def parts(self) -> tuple[Rule, ...]:
        """The parts in reading order."""
        return self.rules


@dataclass(frozen=True)
class AnyOf(AllOf):
    """Yes if any part is yes, else unknown if any part is unknown, else no."""

    _decides = Truth.YES
    _default = Truth.NO


ALWAYS = AllOf(())
NEVER = AnyOf(())


def criteria_in(rule: Rule) -> Iterator[str]:
    """Ids of the criteria that a rule names, in reading order."""
    if isinstance(rule, Is):
        yield rule.criterion
    for part in rule.parts:
        yield from criteria_in(part)


MayBe = Callable[[str, Truth], bool]
"""Whether a criterion is true (or false), or can still turn out to be so; for what stays unknown, neither."""


def can_be(rule: Rule, may_be: MayBe, wanted: Truth) -> bool:
    """Whether a rule is `wanted` or can still turn out to be, each criterion taken by itself."""
    if isinstance(rule, Is):
        return may_be(rule.criterion, wanted)
    if isinstance(rule, Not):
        return can_be(rule.rule, may_be, ~wanted)
    parts = (can_be(part, may_be, wanted) for part in rule.parts)
    # "All of" is made true by every part and made false by one of them; "any of" the other way round.
    return any(parts) if isinstance(rule, AnyOf) is (wanted is Truth.YES) else all(parts)


def open_criteria(rule: Rule, known: Known, may_be: MayBe) -> Iterator[str]:
    """Criteria that are unknown and on which the truth of the rule can still depend, in reading order."""
    stays_unknown = not (can_be(rule, may_be, Truth.YES) or can_be(rule, may_be, Truth.NO))
    if rule.truth(known) is not Truth.UNKNOWN or stays_unknown:
        return
    if isinstance(rule, Is):
        yield rule.criterion
    for part in rule.parts:
        yield from open_criteria(part, known, may_be)


Lack = tuple[str, Truth]
"""A criterion and the truth it would have to have."""


def failing(rule: Rule, known: Known, reachable: Callable[[Lack], bool], wanted: Truth = Truth.YES) -> list[Lack]:
    """What keeps a rule from being `wanted`.

    Where one of several parts would do, the first whose lacks are all `reachable` is named, else the first.
    """
    if rule.truth(known) is wanted:
        return []
    if isinstance(rule, Is):
        return [(rule.criterion, wanted)]
    if isinstance(rule, Not):
        return failing(rule.rule, known, reachable, ~wanted)
    ways = [failing(part, known, reachable, wanted) for part in rule.parts]
    # "All of" is made true by every part and made false by one of them; "any of" the other way round.
    if isinstance(rule, AnyOf) is not (wanted is Truth.YES):
        return [lack for way in ways for lack in way]
    return next((way for way in ways if all(map(reachable, way))), ways[0])
