"""Three-valued logic: the laws it must keep, for any rules and any knowledge."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from img_pathway.quiz.logic import (
    ALWAYS,
    NEVER,
    AllOf,
    AnyOf,
    Is,
    Known,
    Not,
    Rule,
    Truth,
    can_be,
    criteria_in,
    failing,
    open_criteria,
)

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
NAMES = ("a", "b", "c", "d")

rules = st.recursive(
    st.sampled_from(NAMES).map(Is),
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
    ),
    max_leaves=8,
)
knowledge = st.fixed_dictionaries({name: st.sampled_from(Truth) for name in NAMES})
properties = settings(max_examples=60, deadline=None, derandomize=True)


def knowing(facts: dict[str, Truth]) -> Known:
    return facts.__getitem__


@pytest.mark.parametrize(
    ("one", "other", "both", "either"),
    [
        (YES, YES, YES, YES),
        (YES, NO, NO, YES),
        (YES, UNKNOWN, UNKNOWN, YES),
        (NO, NO, NO, NO),
        (NO, UNKNOWN, NO, UNKNOWN),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_truth_tables(one: Truth, other: Truth, both: Truth, either: Truth) -> None:
    for a, b in ((one, other), (other, one)):
        known = knowing({"a": a, "b": b})
        assert AllOf((Is("a"), Is("b"))).truth(known) is both
        assert AnyOf((Is("a"), Is("b"))).truth(known) is either


def test_nothing_to_fulfil_is_always_true_and_no_way_is_never_true() -> None:
    known = knowing({})
    assert ALWAYS.truth(known) is YES
    assert NEVER.truth(known) is NO


def test_not_turns_yes_and_no_and_leaves_unknown() -> None:
    assert (~YES, ~NO, ~UNKNOWN) == (NO, YES, UNKNOWN)


@properties
@given(rules, knowledge)
def test_two_nots_are_none(rule: Rule, facts: dict[str, Truth]) -> None:
    assert Not(Not(rule)).truth(knowing(facts)) is rule.truth(knowing(facts))


@properties
@given(st.lists(rules, max_size=4), knowledge)
def test_not_all_is_any_not(parts: list[Rule], facts: dict[str, Truth]) -> None:
    known, opposites = knowing(facts), tuple(map(Not, parts))
    assert Not(AllOf(tuple(parts))).truth(known) is AnyOf(opposites).truth(known)
    assert Not(AnyOf(tuple(parts))).truth(known) is AllOf(opposites).truth(known)


@properties
@given(st.lists(rules, max_size=4), knowledge, st.randoms())
def test_order_and_repetition_do_not_matter(parts: list[Rule], facts: dict[str, Truth], draw) -> None:
    shuffled = [*parts, *parts]
    draw.shuffle(shuffled)
    for kind in (AllOf, AnyOf):
        assert kind(tuple(shuffled)).truth(knowing(facts)) is kind(tuple(parts)).truth(knowing(facts))


@properties
@given(rules, rules, rules, knowledge)
def test_grouping_and_distribution(a: Rule, b: Rule, c: Rule, facts: dict[str, Truth]) -> None:
    known = knowing(facts)
    for one, other in ((AllOf, AnyOf), (AnyOf, AllOf)):
        assert one((a, one((b, c)))).truth(known) is one((a, b, c)).truth(known)
        assert one((a, other((b, c)))).truth(known) is other((one((a, b)), one((a, c)))).truth(known)
        assert one((a, other((a, b)))).truth(known) is a.truth(known)


@properties
@given(rules, knowledge, knowledge)
def test_learning_more_never_flips_what_was_decided(
    rule: Rule, facts: dict[str, Truth], later: dict[str, Truth]
) -> None:
    before = rule.truth(knowing(facts))
    learned = {name: later[name] if truth is UNKNOWN else truth for name, truth in facts.items()}
    assert before is UNKNOWN or rule.truth(knowing(learned)) is before


@properties
@given(rules, knowledge)
def test_a_rule_that_is_unknown_has_an_open_criterion_and_a_decided_one_has_none(
    rule: Rule, facts: dict[str, Truth]
) -> None:
    known = knowing(facts)
    found = list(open_criteria(rule, known, _not_settled(facts)))
    assert bool(found) is (rule.truth(known) is UNKNOWN)
    assert all(known(criterion) is UNKNOWN for criterion in found)
    assert set(found) <= set(criteria_in(rule))


@properties
@given(rules, knowledge, st.sets(st.sampled_from(NAMES)))
def test_what_can_come_true_says_so(rule: Rule, facts: dict[str, Truth], settled: set[str]) -> None:
    """Whatever further answers make of a rule was announced as possible, and nobody is asked in vain."""
    known = knowing(facts)

    def may_be(criterion: str, wanted: Truth) -> bool:
        return facts[criterion] is wanted or (facts[criterion] is UNKNOWN and criterion not in settled)

    asked = [name for name, truth in facts.items() if truth is UNKNOWN and name not in settled]
    for answers in _all_answers(asked):
        truth = rule.truth(knowing({**facts, **answers}))
        assert truth is UNKNOWN or can_be(rule, may_be, truth)
    if rule.truth(known) is not UNKNOWN:
        assert not list(open_criteria(rule, known, may_be))


@properties
@given(rules, knowledge, st.sampled_from([YES, NO]))
def test_mending_what_fails_makes_a_rule_as_wanted(rule: Rule, facts: dict[str, Truth], wanted: Truth) -> None:
    """Unless two parts want opposite things of one criterion."""
    found = failing(rule, knowing(facts), lambda lack: True, wanted)
    asked: dict[str, Truth] = dict(found)
    if not _repeats(rule):
        assert rule.truth(knowing({**facts, **asked})) is wanted


def _repeats(rule: Rule) -> bool:
    """Whether a criterion stands in a rule twice."""
    names = list(criteria_in(rule))
    return len(names) != len(set(names))


def _not_settled(facts: dict[str, Truth]):
    return lambda criterion, wanted: facts[criterion] in (wanted, UNKNOWN)


def _all_answers(names: list[str]) -> list[dict[str, Truth]]:
    found: list[dict[str, Truth]] = [{}]
    for name in names:
        found = [{**answers, name: truth} for answers in found for truth in (YES, NO)]
    return found
