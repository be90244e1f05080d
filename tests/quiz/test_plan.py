"""The plan and its one next step, over made-up people of all kinds and days of a season."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from img_pathway.dialogue.bot import bot_on, read_content
from img_pathway.quiz import Engine, Truth
from img_pathway.quiz.engine import is_settled
from img_pathway.quiz.model import NOT_SURE
from img_pathway.quiz.plan import NextStep, Planner, Station, in_order, next_step, plan_of
from tests.quiz.content import ROOT
from tests.quiz.walking import Answers, profiles, said, walk_by_hand

CONTENT = read_content(ROOT / "data")
DAYS = {
    "before ERAS opens": date(2026, 5, 4),
    "while people send": date(2026, 9, 12),
    "in late November": date(2026, 11, 30),
    "after rank lists": date(2027, 3, 12),
    "in Match Week": date(2027, 3, 16),
    "before April": date(2027, 3, 29),
    "in the next season, without a file": date(2027, 11, 30),
}
ENGINES = {when: bot_on(CONTENT, day).engine for when, day in DAYS.items()}
GOALS = tuple(ENGINES["in late November"].quiz.goals)
PEOPLE = list(profiles(ENGINES["in late November"], 50, seed=41))
READY = {"stage": "graduate", "school_place": "elsewhere", "progress": "certified", "status": "visa"}


@cache
def everybody(when: str, goal: str) -> list[tuple[Answers, Planner, tuple[Station, ...], NextStep]]:
    """Made-up people with their plan and next step.

    They answered what they were asked, "not sure" here and there, or half of it, or told more than was asked.
    """
    engine, found = ENGINES[when], []
    for i, person in enumerate(PEOPLE):
        asked = walk_by_hand(engine, goal, person)
        half = {q: a for j, (q, a) in enumerate(asked.items()) if j < i % len(asked or (1,))}
        for answers in (asked, half, dict(person)):
            planner = Planner(engine, answers)
            plan = planner.plan(goal)
            found.append((answers, planner, plan, planner.next_step(plan)))
    return found


def planned(engine: Engine, goal: str, answers: Answers) -> tuple[tuple[Station, ...], NextStep]:
    plan = plan_of(engine, goal, answers)
    return plan, next_step(engine, plan, answers)


@pytest.mark.parametrize("when", DAYS)
@pytest.mark.parametrize("goal", GOALS)
def test_the_next_step_is_open_possible_and_behind_no_open_or_unknown_step(when: str, goal: str) -> None:
    for answers, planner, plan, following in everybody(when, goal):
        if following.kind not in ("do", "wait"):
            continue
        here = next(station for station in plan if station.step == following.step)
        assert (here.done, here.needed) == (Truth.NO, Truth.YES), said(goal, answers)
        known, quiz = planner.known, planner.quiz
        for before in quiz.steps[here.step].after:
            station = planner.station_of(before)
            assert station.done is Truth.YES or station.needed is Truth.NO, f"{before}: {said(goal, answers)}"
        possible = quiz.possible_rules.get(here.step)
        assert possible is None or possible.truth(known) is Truth.YES, said(goal, answers)
        barred = quiz.unless_rules.get(here.step)
        assert barred is None or barred.truth(known) is not Truth.YES, said(goal, answers)


@pytest.mark.parametrize("when", DAYS)
@pytest.mark.parametrize("goal", GOALS)
def test_nothing_unknown_that_can_be_settled_is_jumped_over(when: str, goal: str) -> None:
    for answers, planner, plan, following in everybody(when, goal):
        if following.kind != "do":
            continue
        steps = [station.step for station in plan]
        for station in plan[: steps.index(str(following.step))]:
            is_unknown = Truth.UNKNOWN in (station.done, station.needed) and station.done is not Truth.YES
            can_be_asked = planner.is_reached(station.step) and planner.what_to_do(station.step) is not None
            comes_with_time = planner.quiz.steps[station.step].waits
            assert not (is_unknown and can_be_asked and not comes_with_time), f"{station.step}: {said(goal, answers)}"


@pytest.mark.parametrize("when", DAYS)
@pytest.mark.parametrize("goal", GOALS)
def test_what_is_to_be_found_out_is_not_known_and_is_on_the_way(when: str, goal: str) -> None:
    for answers, _, plan, following in everybody(when, goal):
        assert (following.question is not None) is (following.kind == "find_out")
        if following.question:
            answer = answers.get(following.question)
            assert answer == NOT_SURE or not is_settled(answer), said(goal, answers)
            assert following.step in [station.step for station in plan]


@pytest.mark.parametrize("when", DAYS)
@pytest.mark.parametrize("goal", GOALS)
def test_the_plan_goes_from_done_to_here_to_ahead_in_the_order_of_staff(when: str, goal: str) -> None:
    for answers, _, plan, following in everybody(when, goal):
        shown = in_order(plan, following.step)
        assert sorted(station.step for station in shown) == sorted(station.step for station in plan)
        ranks = [0 if s.done is Truth.YES else 1 if s.step == following.step else 2 for s in shown]
        assert ranks == sorted(ranks), said(goal, answers)
        place = {station.step: i for i, station in enumerate(plan)}
        for rank in (0, 2):
            places = [place[s.step] for s, r in zip(shown, ranks, strict=True) if r == rank]
            assert places == sorted(places), said(goal, answers)


@pytest.mark.parametrize("when", DAYS)
@pytest.mark.parametrize("goal", GOALS)
def test_steps_of_a_season_are_named_only_in_their_time(when: str, goal: str) -> None:
    for answers, planner, _, following in everybody(when, goal):
        known = planner.known
        if following.step == "match_week":
            assert known("match_over") is Truth.NO, said(goal, answers)
        if following.kind != "do":
            continue
        assert following.step not in ("match_week", "start_training", "graduate"), said(goal, answers)
        if following.step == "use_soap":
            assert known("match_week_now") is known("unmatched") is Truth.YES, said(goal, answers)
        if following.step == "apply_programs":
            assert known("applications_time") is Truth.YES, said(goal, answers)
        if following.step in ("register_match", "interview_and_rank"):
            assert known("lists_closed") is Truth.NO, said(goal, answers)


@pytest.mark.parametrize("when", DAYS)
@pytest.mark.parametrize("goal", GOALS)
def test_whoever_used_up_the_attempts_is_sent_to_no_exam(when: str, goal: str) -> None:
    exams = {"apply_certification", "pass_step_1", "pass_step_2_ck", "pass_oet", "get_pathway"}
    for answers, planner, _, following in everybody(when, goal):
        if planner.known("steps_closed") is Truth.YES:
            assert following.step not in exams, said(goal, answers)


NOVEMBER = ENGINES["in late November"]
NO_SKILLS = {"progress": "both", "skills": "nothing", "oet": "no"}


@pytest.mark.parametrize(
    ("when", "answers", "expected"),
    [
        ("while people send", {"season_status": "not_started", "july_start": "yes"}, ("do", "apply_programs")),
        ("in late November", {"season_status": "not_started", "july_start": "yes"}, ("do", "prepare_season")),
        ("in late November", {"season_status": "applied"}, ("do", "register_match")),
        ("in late November", {"season_status": "registered"}, ("do", "interview_and_rank")),
        ("in late November", {"season_status": "unmatched"}, ("do", "prepare_season")),
        ("after rank lists", {"season_status": "registered"}, ("wait", "match_week")),
        ("after rank lists", {"season_status": "applied"}, ("do", "prepare_season")),
        ("in Match Week", {"season_status": "unmatched"}, ("do", "use_soap")),
        ("in Match Week", {"season_status": "unmatched", "progress": "step_1"}, ("do", "pass_step_2_ck")),
        ("before April", {"season_status": "registered"}, ("do", "tell_match_result")),
        ("before April", {"season_status": "unmatched"}, ("do", "prepare_season")),
        ("in late November", {"season_status": "matched"}, ("do", "residency_visa")),
        ("in late November", {"season_status": NOT_SURE}, ("find_out", "ask_nrmp")),
        ("in late November", {"progress": NOT_SURE}, ("find_out", "check_school")),
        ("in late November", {"progress": "step_1", "attempts": NOT_SURE}, ("find_out", "pass_step_2_ck")),
        ("in late November", {**NO_SKILLS, "exam_gap": "no"}, ("do", "renew_exam")),
        ("in late November", {**NO_SKILLS, "exam_gap": "yes"}, ("do", "pass_oet")),
        ("in late November", {"progress": "step_1", "attempts": "limit"}, ("closed", None)),
        ("in late November", {"progress": "expired", "skills": "nothing", "oet": "yes"}, ("do", "get_pathway")),
    ],
)  # fmt: skip
def test_the_next_step_of_a_graduate(when: str, answers: Answers, expected: tuple[str, str | None]) -> None:
    _, following = planned(ENGINES[when], "match", {**READY, **answers})
    assert (following.kind, following.step) == expected


def test_a_finished_license_plan_leads_to_the_board() -> None:
    answers: Answers = {**READY, "us_training": "three", "step_3": "yes", "foreign_practice": "no"}
    plan, following = planned(NOVEMBER, "license", answers)
    assert following == NextStep("do", "apply_license")
    # Whoever trained here has been through the Match, whether or not that was asked.
    assert {s.done for s in plan if s.step in ("match_week", "start_training")} == {Truth.YES}
