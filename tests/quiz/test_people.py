"""People whose way is another one: what "not sure" rules out, what is left out, and what each goal asks of them."""

from __future__ import annotations

import pytest

from img_pathway.dialogue.result import result
from img_pathway.quiz import State, Truth
from img_pathway.quiz.model import NOT_SURE, OPEN
from img_pathway.quiz.state import Answer
from tests.quiz.content import bot, engine
from tests.quiz.walking import walk_by_hand

GOALS = tuple(engine().quiz.goals)
WITH_RESIDENCY = ("match", "residency", "license", "unsure")
READY: dict[str, Answer] = {
    "school_place": "elsewhere",
    "us_residency": "none",
    "progress": "certified",
    "season_status": "registered",
    "july_start": "yes",
}


def test_not_sure_rules_out_only_what_nobody_is_unsure_of() -> None:
    known = engine().known({"stage": NOT_SURE, "us_residency": NOT_SURE, "school_place": NOT_SURE})
    assert known("not_in_school") is Truth.NO
    assert {known(name) for name in ("graduated", "enrolled", "in_clinical_years")} == {Truth.UNKNOWN}
    assert {known(name) for name in ("trained_in_us", "us_school", "school_abroad")} == {Truth.UNKNOWN}


def test_no_answer_at_all_rules_out_nothing() -> None:
    assert engine().known({})("not_in_school") is Truth.UNKNOWN
    assert engine().known({"stage": ("preclinical", "not_in_school")})("not_in_school") is Truth.UNKNOWN


@pytest.mark.parametrize("goal", [goal for goal in GOALS if goal not in ("clinical", "visa", "internship")])
def test_before_medical_school_one_question_is_enough_and_nothing_is_open(goal: str) -> None:
    answers = walk_by_hand(engine(), goal, {"stage": "not_in_school"})
    assert answers == {"stage": "not_in_school"}
    reply = result(bot(), State(goal, answers))
    kinds = [section.kind for section in reply.sections]
    assert kinds[0] == "not_yet"
    assert "can_now" not in kinds
    here = [step.text for step in reply.plan if step.state == "here"]
    assert here == [engine().quiz.steps["enter_medical_school"].says]


@pytest.mark.parametrize("goal", GOALS)
def test_only_graduates_are_asked_for_a_us_residency(goal: str) -> None:
    student = walk_by_hand(engine(), goal, {**READY, "stage": "final_year"})
    graduate = walk_by_hand(engine(), goal, {**READY, "stage": "graduate"})
    assert "us_residency" not in student
    assert ("us_residency" in graduate) is (goal in WITH_RESIDENCY)


@pytest.mark.parametrize("goal", GOALS)
def test_only_people_of_us_schools_are_asked_for_their_degree(goal: str) -> None:
    abroad = walk_by_hand(engine(), goal, {**READY, "stage": "graduate"})
    assert "us_degree" not in abroad


@pytest.mark.parametrize("goal", WITH_RESIDENCY)
@pytest.mark.parametrize("residency", ["current", "left", "dismissed", "closed", "finished"])
def test_residents_and_former_ones_hear_first_what_they_can_do(goal: str, residency: str) -> None:
    answers = walk_by_hand(engine(), goal, {**READY, "stage": "graduate", "us_residency": residency})
    case = engine().decide("new_place", answers).case
    assert case is not None
    assert case.verdict in OPEN
    first = result(bot(), State(goal, answers)).sections[0]
    assert (first.kind, first.items[0].says) == ("can_now", case.says)


def test_where_a_sentence_says_all_nothing_is_listed_as_missing() -> None:
    assert engine().decide("match", {"stage": "not_in_school"}).missing == ()
    assert engine().decide("match", {"stage": "graduate", "school_place": "us", "season_status": "not_started"}).missing
