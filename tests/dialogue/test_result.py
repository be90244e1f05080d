"""The result over made-up people: one beginning, one next step, each unknown once, and the rotation that fits."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from img_pathway.dialogue.bot import Bot, bot_on, read_content
from img_pathway.dialogue.plain import to_text
from img_pathway.dialogue.result import result
from img_pathway.dialogue.steering import rotation_for, steer
from img_pathway.quiz import State, Truth
from img_pathway.quiz.model import NOT_SURE
from img_pathway.quiz.plan import next_step, plan_of
from img_pathway.reply import Reply
from tests.dialogue.talk import Talk
from tests.quiz.content import ROOT
from tests.quiz.walking import Answers, profiles, said, walk_by_hand

CONTENT = read_content(ROOT / "data")
DAYS = {
    "in September": date(2026, 9, 12),
    "late in November": date(2026, 11, 30),
    "in Match Week": date(2027, 3, 16),
}
BOTS = {when: bot_on(CONTENT, day) for when, day in DAYS.items()}
NOVEMBER = BOTS["late in November"]
GOALS = tuple(NOVEMBER.engine.quiz.goals)
PEOPLE = [dict(answers) for answers in profiles(NOVEMBER.engine, 60, seed=17)]
GRADUATE: Answers = {
    "stage": "graduate",
    "school_place": "elsewhere",
    "us_residency": "none",
    "progress": "certified",
    "status": "green_card",
}
STUDENT: Answers = {
    "stage": "final_year",
    "school_place": "elsewhere",
    "status": "green_card",
    "core_done": "yes",
    "school_support": "yes",
    "papers": "ready",
}


@cache
def results(when: str, goal: str) -> list[tuple[Answers, Reply]]:
    """People who answered what they were asked, some with half of it, and some who told more."""
    bot, found = BOTS[when], []
    for i, person in enumerate(PEOPLE):
        asked = walk_by_hand(bot.engine, goal, person)
        half = {q: a for j, (q, a) in enumerate(asked.items()) if j < i % len(asked or (1,))}
        found += [(answers, result(bot, State(goal, answers, tuple(answers)))) for answers in (asked, half, person)]
    return found


def of(bot: Bot, goal: str, **answers: str) -> Reply:
    return result(bot, State(goal, dict(answers), tuple(answers)))


def openings(bot: Bot) -> set[str]:
    return {opening.says for _, opening in bot.engine.quiz.openings}


every_goal = pytest.mark.parametrize("goal", GOALS)
every_day = pytest.mark.parametrize("when", DAYS)


@every_day
@every_goal
def test_there_is_one_beginning_and_one_next_step(when: str, goal: str) -> None:
    bot = BOTS[when]
    heading = bot.say("result_heading", goal=bot.engine.quiz.goals[goal].label)
    heads = {p: bot.say(p).split("{")[0] for p in ("all_done", "next_closed")}
    filled = {"next_step": {"step": ""}, "next_wait": {"step": ""}, "next_answer": {"asks": ""}}
    filled["next_find_out"] = {"question": "", "how": ""}
    heads |= {phrase: bot.say(phrase, **values).split(":")[0] for phrase, values in filled.items()}
    for answers, reply in results(when, goal):
        assert reply.text.count(heading) == 1
        assert sum(line in openings(bot) for line in reply.text) <= 1, said(goal, answers)
        assert len(reply.text) <= 3, said(goal, answers)
        said_next = [line for line in reply.closing if line.startswith(tuple(heads.values()))]
        assert len(said_next) == bool(bot.engine.quiz.goals[goal].plan), said(goal, answers)


@every_day
@every_goal
def test_what_settles_an_unknown_is_said_once(when: str, goal: str) -> None:
    bot = BOTS[when]
    for answers, reply in results(when, goal):
        text = to_text(reply, bot.say)
        items = [item.name for section in reply.sections if section.kind == "depends" for item in section.items]
        assert len(items) == len(set(items)), said(goal, answers)
        for question, record in bot.engine.quiz.questions.items():
            assert text.count(record.unsure) <= 1, f"{question}: {said(goal, answers)}"
            assert text.count(record.asks) <= 1, f"{question}: {said(goal, answers)}"


@every_day
@every_goal
def test_every_open_verdict_is_named_with_what_is_unknown(when: str, goal: str) -> None:
    bot = BOTS[when]
    for answers, reply in results(when, goal):
        open_ones = " ".join(
            note
            for section in reply.sections
            if section.kind == "depends"
            for item in section.items
            for note in item.notes
        )
        for outcome in bot.engine.quiz.goals[goal].outcomes:
            if bot.engine.decide(outcome, answers).case is None:
                assert bot.engine.quiz.outcomes[outcome].name in open_ones, f"{outcome}: {said(goal, answers)}"


@every_day
@every_goal
def test_the_plan_is_in_order_and_its_place_is_the_next_step(when: str, goal: str) -> None:
    bot = BOTS[when]
    for answers, reply in results(when, goal):
        states = [step.state for step in reply.plan]
        rank = {"done": 0, "here": 1, "ahead": 2, "unknown": 2}
        assert [rank[state] for state in states] == sorted(rank[state] for state in states), said(goal, answers)
        following = next_step(bot.engine, plan_of(bot.engine, goal, answers), answers)
        is_known = following.step is not None and following.question is None
        assert states.count("here") == is_known, said(goal, answers)


@every_day
@every_goal
def test_nobody_is_congratulated_but_on_a_place(when: str, goal: str) -> None:
    bot = BOTS[when]
    for answers, reply in results(when, goal):
        if "congratulations" in to_text(reply, bot.say).lower():
            assert bot.engine.known(answers)("matched") is Truth.YES, said(goal, answers)


@pytest.mark.parametrize(
    ("goal", "hurt"),
    [
        ("match", {"progress": "step_1", "attempts": "limit"}),
        ("certification", {"progress": "none", "school_note": "no"}),
        ("match", {"season_status": "unmatched"}),
        ("match", {"progress": "expired", "skills": "nothing"}),
        ("certification", {"progress": "both", "exam_gap": "no", "attempts": "under"}),
        ("clinical", {"status": "visa", "entry_ban": "full"}),
        ("visa", {"season_status": "matched", "status": "visa", "entry_ban": "partial"}),
        ("residency", {"season_status": "matched", "new_york": "yes", "new_york_weeks": "many"}),
    ],
)
def test_where_it_hurts_a_kind_sentence_comes_first(goal: str, hurt: dict[str, str]) -> None:
    first, *_ = of(NOVEMBER, goal, **{**GRADUATE, **hurt}).text
    assert first in openings(NOVEMBER)
    assert "congratulations" not in first.lower()


def test_a_place_is_congratulated_on_and_everybody_else_begins_with_the_heading() -> None:
    assert "congratulations" in of(NOVEMBER, "match", **GRADUATE, season_status="matched").text[0].lower()
    heading = NOVEMBER.say("result_heading", goal=NOVEMBER.engine.quiz.goals["match"].label)
    assert of(NOVEMBER, "match", **GRADUATE, season_status="not_started").text[0] == heading


def test_every_opening_is_said_to_somebody() -> None:
    heard = {line for goal in GOALS for when in DAYS for _, reply in results(when, goal) for line in reply.text}
    many = profiles(NOVEMBER.engine, 1500, seed=3)
    heard |= {
        line for answers in many for line in result(NOVEMBER, State("residency", answers, tuple(answers))).text[:1]
    }
    assert not (missing := openings(NOVEMBER) - heard), missing


# The words of a step


def plan_text(**answers: str) -> str:
    return "\n".join(step.text for step in of(NOVEMBER, "match", **answers).plan)


def test_a_step_is_said_in_the_words_for_this_person() -> None:
    record = NOVEMBER.engine.quiz.steps["prepare_season"]
    for_students, for_graduates = (variant.says for variant in record.variants)
    at_us_school = {"school_place": "us", "us_degree": "md", "us_residency": "none", "progress": "both"}
    assert for_students in plan_text(**at_us_school, stage="final_year")
    assert for_graduates in plan_text(**at_us_school, stage="graduate")
    assert record.says in plan_text(**{**GRADUATE, "season_status": "not_started"})
    # Unknown is not yes.
    assert record.says in plan_text(stage="graduate", us_residency="none", progress="both")


def test_dates_of_the_season_are_said_to_those_whose_match_it_can_be() -> None:
    dates = NOVEMBER.engine.quiz.steps["match_week"].this_season
    assert dates in plan_text(**GRADUATE, season_status="registered")
    assert dates in plan_text(**GRADUATE, season_status="not_started")
    beginner = {**GRADUATE, "progress": "none", "school_note": "yes", "attempts": "under", "skills": "nothing"}
    assert dates not in plan_text(**beginner, season_status="not_started")
    student = {**STUDENT, "progress": "none", "july_start": "no"}
    assert dates not in plan_text(**student)


def test_what_lies_years_back_is_left_out() -> None:
    steps = NOVEMBER.engine.quiz.steps
    resident = plan_text(**{**GRADUATE, "us_residency": "current"}, season_status="not_started")
    assert not [step for step in ("apply_programs", "match_week", "get_pathway") if steps[step].says in resident]
    assert steps["check_school"].says not in plan_text(**{**GRADUATE, "progress": "step_1"})


# What is asked next


def test_what_was_not_asked_is_asked_by_a_button_and_then_the_next_step_is_named() -> None:
    answers: Answers = {"stage": "graduate", "school_place": "elsewhere", "progress": "both", "attempts": "under"}
    answers |= {"skills": "nothing", "exam_gap": "yes", "season_status": "not_started", "status": "citizen"}
    answers |= {"us_residency": "none"}
    talk = Talk("match")
    talk.turn = type(talk.turn)(State("match", answers, tuple(answers)), "finished")
    talk.says("show my result")
    button = talk.turn.reply.options[0]
    asks = NOVEMBER.engine.quiz.questions["oet"].asks
    assert NOVEMBER.say("next_answer", asks=asks) in talk.turn.reply.closing
    talk.says(button.payload).asked("oet")
    talk.says("oet:no").is_now("finished")
    assert NOVEMBER.say("next_step", step=NOVEMBER.engine.quiz.steps["pass_oet"].says) in talk.turn.reply.closing


def test_what_somebody_was_not_sure_of_is_their_next_step_with_what_settles_it() -> None:
    reply = of(NOVEMBER, "match", **{**GRADUATE, "progress": NOT_SURE}, season_status="not_started")
    record = NOVEMBER.engine.quiz.questions["progress"]
    assert NOVEMBER.say("next_find_out", question=record.name, how=record.unsure) in reply.closing
    names = [item.name for section in reply.sections if section.kind == "depends" for item in section.items]
    assert names == [record.name]


def test_what_was_not_asked_is_named_in_one_line() -> None:
    (section,) = of(NOVEMBER, "certification").sections
    (item,) = section.items
    assert item.name == NOVEMBER.say("not_asked")
    assert all(NOVEMBER.engine.quiz.questions[q].name in item.says for q in ("stage", "school_place", "progress"))


# The season


@every_goal
def test_the_season_is_said_where_it_matters_and_its_dates_are_cited(goal: str) -> None:
    for answers, reply in results("late in November", goal):
        lines = [line for line in reply.text[1:] if line not in openings(NOVEMBER) and "({" not in line]
        if not NOVEMBER.engine.quiz.goals[goal].season:
            heading = NOVEMBER.say("result_heading", goal=NOVEMBER.engine.quiz.goals[goal].label)
            assert [line for line in lines if line != heading] == [], said(goal, answers)
    if NOVEMBER.engine.quiz.goals[goal].season:
        reply = of(NOVEMBER, goal, **GRADUATE, season_status="not_started")
        assert "2028" in reply.text[-1]
        assert "date/eras_reading" in reply.basis
        assert "fact/interviews_season" in reply.basis


# The rotation


def kinds(reply: Reply) -> set[str]:
    named = {id_ for id_ in reply.basis if id_.startswith("rotation/")}
    return {r.kind for r in NOVEMBER.organization.rotations if f"rotation/{r.id}" in named}


@every_goal
def test_a_result_names_only_the_rotation_for_students_or_that_for_graduates(goal: str) -> None:
    for answers, reply in results("late in November", goal):
        found, known = kinds(reply), NOVEMBER.engine.known(answers)
        assert not found or NOVEMBER.engine.quiz.goals[goal].rotation, said(goal, answers)
        if known("enrolled") is Truth.YES:
            assert found <= {"clerkship"}, said(goal, answers)
        if known("graduated") is Truth.YES:
            assert found <= {"observership", "externship"}, said(goal, answers)
        if known("no_rotation_helps") is Truth.YES:
            assert not found, said(goal, answers)


@pytest.mark.parametrize(
    "whom",
    [
        {"school_place": "us"},
        {"school_place": "canada_old"},
        {"season_status": "matched"},
        {"us_training": "two"},
        {"progress": "step_1", "attempts": "limit"},
        {"progress": "none", "school_note": "no"},
    ],
    ids=["US school", "Canadian school of old", "matched", "resident", "attempts", "school"],
)
@pytest.mark.parametrize("person", [GRADUATE, STUDENT], ids=["graduate", "student"])
def test_nothing_is_offered_where_no_rotation_helps(person: Answers, whom: Answers) -> None:
    reply = steer(NOVEMBER, State("clinical", {**person, **whom}))
    assert not kinds(reply)
    assert reply.text == (NOVEMBER.say("rotation_none"),)


def test_whom_no_rotation_helps_hears_so_only_on_asking() -> None:
    state = State("match", {**GRADUATE, "school_place": "us"})
    assert steer(NOVEMBER, state) == Reply()
    _, reply, asks = rotation_for(NOVEMBER, state)
    assert reply.text == (NOVEMBER.say("rotation_none"),)
    assert not asks


def test_a_student_who_lacks_papers_hears_what_will_fit_and_is_sold_nothing() -> None:
    reply = steer(NOVEMBER, State("match", {**STUDENT, "papers": "missing"}))
    name = NOVEMBER.engine.quiz.outcomes["clerkship"].name
    assert reply.text[0] == NOVEMBER.say("rotation_not_yet", name=name)
    assert not kinds(reply)
    assert not reply.options


def test_where_the_rotation_hangs_on_what_was_not_asked_a_button_asks() -> None:
    answers: Answers = {"stage": "graduate", "school_place": "elsewhere", "us_residency": "none", "status": "visa"}
    steering = steer(NOVEMBER, State("match", answers))
    assert not steering.text
    assert [option.payload for option in steering.options] == ["goal:clinical"]
    assert "goal:clinical" in [option.payload for option in of(NOVEMBER, "match", **answers).options]
    assert steer(NOVEMBER, State("clinical", answers)) == Reply()


def test_the_same_rotations_fit_as_before_where_all_is_ready() -> None:
    assert kinds(steer(NOVEMBER, State("clinical", STUDENT))) == {"clerkship"}
    assert kinds(steer(NOVEMBER, State("clinical", GRADUATE))) == {"observership"}
