"""Every way through the quiz, "not sure" included: invariants over the real content, not wording."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from img_pathway.quiz import State, Truth
from img_pathway.quiz.engine import Decision
from img_pathway.quiz.model import NOT_SURE
from img_pathway.quiz.plan import plan_of
from img_pathway.quiz.state import Answer
from tests.quiz.content import bot, engine
from tests.quiz.walking import Answers, Lens, Stop, Walk, choices, profiles, said, verdicts, walk_by_hand

GOALS = tuple(engine().quiz.goals)
MATCH_WEEK = engine().while_it_is("match_week_now")
MATCH_OVER = engine().while_it_is("lists_closed", "match_over")
MOST_QUESTIONS = 10
SEED = 2027
ALL_TOLD = list(profiles(engine(), 200, SEED))
"""People who told more than one goal asks for."""


@lru_cache
def walks() -> dict[str, Walk]:
    """All goals walked; outcomes that goals share are looked at once."""
    lenses = {outcome: Lens(engine(), outcome) for outcome in engine().quiz.outcomes}
    return {goal: Walk(engine(), goal, lenses) for goal in GOALS}


def shortest(paths: Iterator[Answers], goal: str) -> str | None:
    """The shortest of the paths that fail, in one line; none where all is well."""
    failing = sorted(paths, key=len)
    return f"{len(failing)} fail; the shortest is {said(goal, failing[0])}" if failing else None


def stops() -> Iterator[tuple[str, Stop]]:
    """Every place of every goal."""
    return ((goal, stop) for goal, walk in walks().items() for stop in walk.stops.values())


def ends(goal: str, count: int | None = None) -> list[Answers]:
    """Answers of whole paths that use every answer everywhere; with `count`, so many, the same ones every time."""
    found = walks()[goal].paths
    return found if count is None or len(found) <= count else random.Random(SEED).sample(found, count)


# It ends, soon, and without asking twice


@pytest.mark.parametrize("goal", GOALS)
def test_every_path_ends_within_ten_questions(goal: str) -> None:
    walk = walks()[goal]
    spread = ", ".join(f"{length} questions: {paths}" for length, paths in sorted(walk.lengths.items()))
    print(f"{goal}: {sum(walk.lengths.values())} paths in {len(walk.stops)} places; {spread}")
    print(f"  longest: {said(goal, walk.longest())}")
    assert len(walk.longest()) <= MOST_QUESTIONS, f"too long: {said(goal, walk.longest())}"


@pytest.mark.parametrize("goal", GOALS)
def test_the_engine_asks_the_same_as_the_walk(goal: str) -> None:
    """The walk puts equal places together; here the engine is asked question by question."""
    for profile in profiles(engine(), 25, SEED):
        asked = walk_by_hand(engine(), goal, profile)
        walk = walks()[goal]
        place, on_the_walk = walk.start, []
        while (question := walk.stops[place].asks) is not None:
            on_the_walk.append(question)
            place = walk.stops[place].after[profile[question]]
        assert list(asked) == on_the_walk, said(goal, asked)


@pytest.mark.parametrize("goal", GOALS)
def test_questions_left_counts_down_to_nothing(goal: str) -> None:
    """With the most usual answers the bar is exact; it is never short of a question that is still to come."""
    answers: Answers = {}
    left = engine().questions_left(goal, answers)
    while (question := engine().next_question(goal, answers)) is not None:
        assert left > 0, said(goal, answers)
        first = next(iter(engine().quiz.questions[question].options), None)
        answers[question] = first or engine().quiz.match_year - 2
        left -= 1
        assert engine().questions_left(goal, answers) == left, said(goal, answers)
    assert left == 0


# Everything that staff wrote is reached by somebody


def test_every_question_and_option_is_reached() -> None:
    reached = {(stop.asks, answer) for _, stop in stops() for answer in stop.after}
    wanted = {(q, a) for q in engine().quiz.questions for a in choices(engine(), q)}
    assert not (missing := sorted(f"{q}={a}" for q, a in wanted - reached)), f"never asked: {missing}"


def test_every_criterion_is_true_of_somebody_and_false_of_somebody() -> None:
    reached: set[tuple[str, Truth]] = set()
    for goal in GOALS:
        for answers in (*ends(goal), *ALL_TOLD):
            for known in (engine().known(answers), MATCH_WEEK.known(answers)):
                reached |= {(criterion, known(criterion)) for criterion in engine().quiz.criteria}
    # What holds of everybody on a day is looked at where days are (test_season.py).
    personal = [key for key, criterion in engine().quiz.criteria.items() if criterion.season is None]
    wanted = {(criterion, truth) for criterion in personal for truth in (Truth.YES, Truth.NO)}
    missing = sorted(f"{criterion} is never {truth.value}" for criterion, truth in wanted - reached)
    assert not missing, missing


# No question is asked for these, because the verdict is the same; they round off what a person told unasked.
ONLY_AFTER_A_STORY: set[str] = set()


def test_every_case_of_every_outcome_is_reached() -> None:
    quiz = engine().quiz
    people = [(engine(), goal, answers) for goal in GOALS for answers in ends(goal)]
    # What only Match Week opens is asked for then.
    people += [(MATCH_WEEK, "match", walk_by_hand(MATCH_WEEK, "match", p)) for p in profiles(engine(), 500, SEED)]
    # For what a goal only shows, nothing is asked; people tell of it.
    people += [(engine(), goal, person) for goal in GOALS for person in profiles(engine(), 100, SEED)]
    shown = {
        (outcome, quiz.outcomes[outcome].cases.index(case))
        for on_the_day, goal, answers in people
        for outcome in (*quiz.goals[goal].outcomes, *quiz.goals[goal].shows)
        if (case := on_the_day.decide(outcome, answers).case) is not None
    }
    cases = [(name, i, case) for name, outcome in quiz.outcomes.items() for i, case in enumerate(outcome.cases)]
    missing = {f"{name}, case {i + 1}": case.says for name, i, case in cases if (name, i) not in shown}
    assert set(missing) == ONLY_AFTER_A_STORY, missing


# Needed only by those for whom it is open; `done` says of the others why it is not.
NEVER_DONE = {
    "entry_papers",
    "take_elective",
    "statement_of_need",
    "enter_medical_school",
    "ask_nrmp",
    "ask_own_school",
    "ask_visa_office",
    "talk_with_director",
    "talk_with_ecfmg",
    "provisional_license",
    "renew_exam",
}


def test_every_plan_step_is_needed_and_done_by_somebody() -> None:
    needed, done = set(), set()
    for goal in GOALS:
        for answers in (*ends(goal), *ALL_TOLD):
            for on_the_day in (engine(), MATCH_WEEK, MATCH_OVER):
                for station in plan_of(on_the_day, goal, answers):
                    needed.add(station.step)
                    done |= {station.step} if station.done is Truth.YES else set()
    assert not (missing := set(engine().quiz.steps) - needed), f"in nobody's plan: {sorted(missing)}"
    # A step without `done` stays ahead by design.
    can_be_done = {step for step, record in engine().quiz.steps.items() if record.done is not None}
    assert not (missing := can_be_done - done - NEVER_DONE), f"never done: {sorted(missing)}"


# Every verdict can be accounted for


@pytest.mark.parametrize("goal", GOALS)
def test_every_verdict_has_facts_or_hangs_on_a_not_sure(goal: str) -> None:
    facts = bot().knowledge.facts

    def is_wrong(answers: Answers) -> bool:
        decisions = [engine().decide(outcome, answers) for outcome in engine().quiz.goals[goal].outcomes]
        sourced = all(
            case.facts and all(facts[f].sources for f in case.facts) for d in decisions for case in d.possible
        )
        return not sourced or (NOT_SURE not in answers.values() and any(d.case is None for d in decisions))

    assert not (found := shortest((a for a in ends(goal) if is_wrong(a)), goal)), found


@pytest.mark.parametrize("goal", GOALS)
def test_every_plan_has_a_step_for_today(goal: str) -> None:
    # The meaning of a word has no plan.
    is_empty = not engine().quiz.goals[goal].plan
    failing = (a for a in ends(goal) if bool(plan_of(engine(), goal, a)) is is_empty)
    assert not (found := shortest(failing, goal)), found


@pytest.mark.parametrize("goal", GOALS)
def test_the_case_shown_is_known_to_hold(goal: str) -> None:
    """Where several cases say the same, the words shown must not be those of one that may not hold."""

    def is_wrong(answers: Answers) -> bool:
        known = engine().known(answers)
        for outcome in engine().quiz.goals[goal].outcomes:
            case = engine().decide(outcome, answers).case
            position = engine().quiz.outcomes[outcome].cases.index(case) if case else None
            if position is not None and engine().quiz.case_rules[outcome][position].truth(known) is not Truth.YES:
                return True
        return False

    assert not (found := shortest((a for a in ends(goal) if is_wrong(a)), goal)), found


# Order, changes and what was not asked


@pytest.mark.parametrize("goal", GOALS)
def test_the_order_of_answers_does_not_matter(goal: str) -> None:
    draw = random.Random(SEED)
    for answers in ends(goal, 25):
        shuffled = list(answers.items())
        draw.shuffle(shuffled)
        state = State(goal)
        for question, answer in shuffled:
            state = state.with_answer(question, answer)
        again = State.from_slot(json.loads(json.dumps(state.to_slot())), engine().quiz)
        assert again.answers == answers
        assert _decisions(goal, again.answers) == _decisions(goal, answers), said(goal, dict(shuffled))


@pytest.mark.parametrize("goal", GOALS)
def test_changing_an_answer_equals_answering_afresh(goal: str) -> None:
    """Answers that the changed way would never have asked for do not linger in the verdict."""
    defaults = next(profiles(engine(), 1, SEED))
    for before in ends(goal, 8):
        for question, answer in before.items():
            for other in choices(engine(), question):
                if other == answer:
                    continue
                wishes = {**defaults, **before, question: other}
                changed = State(goal, before, tuple(before)).with_answer(question, other).answers
                went_on = {**changed, **_rest(goal, changed, wishes)}
                afresh = walk_by_hand(engine(), goal, wishes)
                assert verdicts(engine(), goal, went_on) == verdicts(engine(), goal, afresh), (
                    f"{said(goal, before)}; then {question}={other}"
                )


def _rest(goal: str, answers: Answers, wishes: Answers) -> Answers:
    rest: Answers = {}
    while (question := engine().next_question(goal, {**answers, **rest})) is not None:
        rest[question] = wishes[question]
    return rest


def _decisions(goal: str, answers: Answers) -> list[Decision]:
    return [engine().decide(outcome, answers) for outcome in engine().quiz.goals[goal].outcomes]


@pytest.mark.parametrize("goal", GOALS)
def test_every_question_asked_can_change_a_verdict(goal: str) -> None:
    """Minimal: for two of its options and the same later answers, some verdict differs. Exact, over all places."""
    walk = walks()[goal]
    failing = [
        {**stop.answers, stop.asks: "?"}
        for place, stop in walk.stops.items()
        if stop.asks is not None
        and not any(
            lens.matters(at, stop.asks)
            for lens, at in zip(walk.lenses, place, strict=True)
            if at is not None and stop.asks in lens.open(at)
        )
    ]
    assert not (found := shortest(iter(failing), goal)), f"asked, though no verdict depends on it: {found}"


def answers_to(question: str) -> st.SearchStrategy[Answer | None]:
    """No answer, an option, "not sure", or some options that a story has left possible."""
    *options, unsure = choices(engine(), question)
    some = st.sampled_from([None, unsure, *options])
    if engine().quiz.questions[question].kind == "year":
        return st.one_of(some, st.integers(1950, 2034))
    left = st.lists(st.sampled_from(options), min_size=2, max_size=3, unique=True).map(
        lambda found: tuple(option for option in options if option in found)
    )
    return st.one_of(some, left)


PROFILES = st.fixed_dictionaries({question: answers_to(question) for question in engine().quiz.questions})


@settings(max_examples=60, deadline=None, derandomize=True)
@given(goal=st.sampled_from(GOALS), told=PROFILES)
def test_what_was_not_asked_changes_no_verdict(goal: str, told: dict[str, Answer | None]) -> None:
    """Sound: an unasked answer, whatever it is, leaves every verdict of the goal as it is."""
    profile = {question: answer for question, answer in told.items() if isinstance(answer, (str, int))}
    asked = walk_by_hand(engine(), goal, profile)
    everything = {**{q: a for q, a in told.items() if a is not None}, **asked}
    before, after = verdicts(engine(), goal, asked), verdicts(engine(), goal, everything)
    assert before == after, said(goal, everything)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(goal=st.sampled_from(GOALS), told=PROFILES)
def test_a_story_told_first_only_shortens_the_quiz(goal: str, told: dict[str, Answer | None]) -> None:
    """Whatever a story has settled or narrowed, the questions go on to an end, and none that is settled is asked."""
    story = {question: answer for question, answer in told.items() if answer is not None}
    answers = dict(story)
    asked = 0
    while (question := engine().next_question(goal, answers)) is not None:
        assert not isinstance(answers.get(question), (str, int)), f"{question} was told: {said(goal, story)}"
        left = answers.get(question)
        answers[question] = left[0] if isinstance(left, tuple) else NOT_SURE
        asked += 1
    assert asked <= len(engine().quiz.questions)
    if NOT_SURE not in answers.values():
        assert all(engine().decide(outcome, answers).case for outcome in engine().quiz.goals[goal].outcomes)
