"""The Match year that is realistic: reckoned from durations and dates, walked over a year of days."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from img_pathway.dialogue.bot import read_content
from img_pathway.quiz import Engine, Truth
from img_pathway.quiz.durations import DurationError, duration
from img_pathway.quiz.model import Duration, Lasts
from img_pathway.quiz.outlook import Found, Years, missing_in, outlook, years
from img_pathway.quiz.plan import plan_of
from img_pathway.quiz.season import SeasonDates, dates_of
from tests.quiz.content import ROOT
from tests.quiz.walking import Answers, profiles, said

CONTENT = read_content(ROOT / "data")
DAYS = [date(2026, 4, 1) + timedelta(days=9 * n) for n in range(61)]
ABROAD: Answers = {"stage": "graduate", "school_place": "elsewhere"}
GRADUATE: Answers = {**ABROAD, "attempts": "under", "season_status": "not_started"}
NOTHING: Answers = {**GRADUATE, "progress": "none", "school_note": "yes", "skills": "nothing"}
ONE_EXAM: Answers = {**GRADUATE, "progress": "step_1", "skills": "nothing"}
NO_PATHWAY: Answers = {**GRADUATE, "progress": "both", "skills": "nothing"}
ALL_READY: Answers = {**GRADUATE, "progress": "certified"}
READ, START = "read", "start"


@cache
def on(day: date) -> Engine:
    return Engine(CONTENT.quiz.on(day))


def told(day: date, answers: Answers) -> Found:
    engine = on(day)
    return outlook(engine, plan_of(engine, "match", answers), answers)


def season(today: date, match_year: int = 2027) -> SeasonDates:
    """A season that reads in September before its Match and starts in July after it."""
    patterns = {READ: date(match_year - 1, 9, 30), START: date(match_year, 7, 1)}
    return SeasonDates(match_year, {}, today, patterns)


# The reckoning, with made-up durations


@pytest.mark.parametrize(
    ("today", "days", "expected"),
    [
        (date(2026, 9, 30), (0, 0), (2027, 2027)),
        (date(2026, 10, 1), (0, 0), (2028, 2028)),
        (date(2026, 9, 1), (29, 29), (2027, 2027)),
        (date(2026, 9, 1), (29, 30), (2027, 2028)),
        (date(2026, 9, 1), (30, 30), (2028, 2028)),
        (date(2026, 11, 30), (100, 800), (2028, 2030)),
    ],
)
def test_the_year_is_the_first_whose_day_is_not_before_all_is_done(
    today: date, days: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert years(season(today), READ, [Duration(*days, READ)]) == Years(*expected)


def test_one_thing_is_done_after_the_other() -> None:
    both = [Duration(20, 20, READ), Duration(10, 10, READ)]
    assert years(season(date(2026, 9, 1)), READ, both[:1]) == Years(2027, 2027)
    assert years(season(date(2026, 9, 1)), READ, both) == Years(2028, 2028)


def test_what_is_due_later_has_its_own_day() -> None:
    late = Duration(270, 280, START)
    assert years(season(date(2026, 9, 30)), READ, [late]) == Years(2027, 2028)


def test_without_a_pattern_of_the_day_no_year_is_named() -> None:
    assert years(SeasonDates(2027, {}, date(2026, 9, 1), {}), READ, []) is None


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.dates(date(2026, 4, 1), date(2027, 3, 31)),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=4),
    st.integers(1, 60),
)
def test_more_to_do_never_brings_a_year_nearer(day: date, spans: list[tuple[int, int]], more: int) -> None:
    missing = [Duration(min(span), max(span), READ) for span in spans]
    found = years(season(day), READ, missing)
    assert found is not None
    assert 2027 <= found.earliest <= found.latest
    longer = years(season(day), READ, [*missing, Duration(more, more, READ)])
    later = years(season(day + timedelta(days=more)), READ, missing)
    for other in (longer, later):
        assert other is not None
        assert other.earliest >= found.earliest
        assert other.latest >= found.latest


@pytest.mark.parametrize(
    ("fact", "unit"),
    [("step_1_study_time_imgs", "months"), ("eras_scores_ready", "weeks"), ("diploma_verification_time", "days")],
)
def test_a_duration_is_the_value_of_its_fact(fact: str, unit: str) -> None:
    low, _, high = str(CONTENT.knowledge.facts[fact].value).partition("-")
    found = duration(Lasts(fact=fact, unit=unit), READ, {READ}, CONTENT.knowledge)  # type: ignore[arg-type]
    per_unit = {"days": 1, "weeks": 7, "months": 30}[unit]
    assert int(low) * per_unit <= found.quickest <= int(low) * per_unit * 1.05
    assert int(high or low) * per_unit <= found.slowest <= int(high or low) * per_unit * 1.05


def test_a_duration_that_is_no_number_is_told() -> None:
    with pytest.raises(DurationError, match="no number"):
        duration(Lasts(fact="pathways_match_deadline", unit="days"), READ, {READ}, CONTENT.knowledge)


# The same people over a year of days


@pytest.mark.parametrize("person", [NOTHING, ONE_EXAM, NO_PATHWAY, ALL_READY], ids=["nothing", "one", "both", "all"])
def test_over_a_year_the_year_only_moves_away_and_never_lies_behind(person: Answers) -> None:
    last = 0
    for day in DAYS:
        found = told(day, person)
        assert found is not None, day
        assert found.years is not None, day
        assert on(day).quiz.match_year <= found.years.earliest <= found.years.latest
        assert found.years.earliest >= last, day
        last = found.years.earliest
        assert str(found.years.earliest) in found.says or str(on(day).quiz.match_year) in found.says


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_day_has_a_whole_sentence_for_everybody(day: date) -> None:
    """No braces are left, every fact and date is cited, and no year is named that is past."""
    quiz = on(day).quiz
    for answers in (NOTHING, ONE_EXAM, NO_PATHWAY, ALL_READY, *profiles(on(day), 20, seed=day.toordinal())):
        found = told(day, dict(answers))
        if found is None:
            continue
        assert not re.search(r"[{}]", found.says), found.says
        assert set(found.facts) <= set(CONTENT.knowledge.facts)
        assert set(found.dates) <= set(quiz.season.dates)
        named = [int(year) for year in re.findall(r"\b20\d\d\b", found.says)]
        assert all(quiz.match_year - 2 <= year <= quiz.match_year + 4 for year in named), found.says


def test_late_in_november_the_next_season_is_the_realistic_one() -> None:
    day = date(2026, 11, 30)
    for person in (NO_PATHWAY, ALL_READY):
        found = told(day, person)
        assert found is not None
        assert found.years == Years(2028, 2028)
        assert {"2027", "2028"} <= set(re.findall(r"\b20\d\d\b", found.says))
    nothing = told(day, NOTHING)
    assert nothing is not None
    assert nothing.years is not None
    assert nothing.years.earliest == 2028
    assert nothing.years.latest > 2028


def test_early_in_the_season_the_same_person_is_in_time() -> None:
    found = told(date(2026, 6, 1), ALL_READY)
    assert found is not None
    assert found.years == Years(2027, 2027)


@pytest.mark.parametrize("status", ["applied", "registered"])
def test_for_whoever_applied_the_season_goes_on(status: str) -> None:
    for person in (NO_PATHWAY, ALL_READY):
        found = told(date(2026, 11, 30), {**person, "season_status": status})
        assert found is not None
        assert "rank_lists_due" in found.dates
        assert "2028" not in found.says


def test_whoever_applied_without_an_exam_hears_of_the_deadline_and_of_the_next_match() -> None:
    found = told(date(2026, 11, 30), {**ONE_EXAM, "season_status": "registered"})
    assert found is not None
    assert "rank_lists_due" in found.dates
    assert found.years is not None
    assert str(found.years.earliest) in found.says


def test_a_graduate_with_another_contract_hears_that_this_match_is_too_early() -> None:
    for day, fact in ((date(2026, 6, 1), "nrmp_match_start_july"), (date(2026, 11, 30), "interviews_season")):
        found = told(day, {**ALL_READY, "july_start": "no"})
        assert found is not None
        assert fact in found.facts


def test_unmatched_earlier_is_not_in_the_season_that_goes_on() -> None:
    earlier = told(date(2026, 11, 30), {**ALL_READY, "season_status": "unmatched"})
    now = told(date(2027, 3, 16), {**ALL_READY, "season_status": "unmatched"})
    assert earlier is not None
    assert now is not None
    assert earlier.years == Years(2028, 2028)
    assert "soap_offers" in now.dates


@pytest.mark.parametrize(
    "unknown",
    [
        {**NOTHING, "progress": "not_sure"},
        {**ALL_READY, "season_status": "not_sure"},
    ],
    ids=["exams", "season"],
)
def test_without_what_it_hangs_on_no_year_is_named(unknown: Answers) -> None:
    found = told(date(2026, 11, 30), unknown)
    assert found is not None
    assert not re.findall(r"\b20\d\d\b", found.says)


@pytest.mark.parametrize(
    "person",
    [
        {**ALL_READY, "season_status": "matched"},
        {**ONE_EXAM, "attempts": "limit"},
        {**NOTHING, "school_note": "no"},
    ],
    ids=["matched", "attempts", "school"],
)
def test_where_there_is_no_season_none_is_named(person: Answers) -> None:
    assert not told(date(2026, 11, 30), person).says


@pytest.mark.parametrize(
    "july", [{}, {"july_start": "no"}, {"july_start": "not_sure"}], ids=["unasked", "no", "unsure"]
)
def test_a_student_s_match_is_that_of_the_degree(july: Answers) -> None:
    student = {**ALL_READY, "stage": "final_year", **july}
    for day in (date(2026, 6, 1), date(2026, 11, 30)):
        found = told(day, student)
        assert found is not None
        assert "nrmp_match_start_july" in found.facts
    ready = told(date(2026, 11, 30), {**student, "july_start": "yes"})
    assert ready is not None
    assert "nrmp_match_start_july" not in ready.facts


def test_before_the_clinical_years_no_year_is_named() -> None:
    found = told(date(2026, 11, 30), {**NOTHING, "stage": "preclinical"})
    assert found is not None
    assert not re.findall(r"\b20\d\d\b", found.says)


def test_every_outlook_is_said_to_somebody() -> None:
    said_ones: set[int] = set()
    for day in (*DAYS[::5], date(2026, 11, 30), date(2027, 3, 12), date(2027, 3, 16)):
        people = (NOTHING, ONE_EXAM, NO_PATHWAY, ALL_READY, *profiles(on(day), 60, seed=5))
        sentences = {found.says for answers in people if (found := told(day, dict(answers)))}
        records = [record for *_, record, _ in on(day).quiz.outlooks]
        said_ones |= {i for i, record in enumerate(records) if any(_is_made_of(s, record.says) for s in sentences)}
    missing = [r.says for i, (*_, r, _) in enumerate(on(DAYS[0]).quiz.outlooks) if r.says and i not in said_ones]
    assert not missing, missing


def _is_made_of(sentence: str, says: str | None) -> bool:
    parts = [re.escape(part) for part in re.split(r"\{\w+\}", says)] if says else []
    return bool(parts) and re.fullmatch(".+".join(parts), sentence) is not None


def test_missing_exams_are_timed_and_waited_for() -> None:
    engine = on(date(2026, 11, 30))
    quiz = engine.quiz
    missing = missing_in(quiz, plan_of(engine, "match", NOTHING))
    assert missing is not None
    assert quiz.durations["pass_step_1"] in missing
    assert quiz.results_take in missing
    assert quiz.results_take not in (missing_in(quiz, plan_of(engine, "match", ALL_READY)) or [])


def test_criteria_of_the_season_hold_in_their_time_only() -> None:
    """Each is true on some days of the year and false on others, and what nobody knows to have come has not come."""
    seasonal = [key for key, criterion in CONTENT.quiz.on(DAYS[0]).criteria.items() if criterion.season]
    days = [date(2026, 4, 1) + timedelta(days=3 * n) for n in range(121)]
    for key in seasonal:
        truths = [on(day).known({})(key) for day in days]
        assert set(truths) == {Truth.YES, Truth.NO}, key
        # One stretch of days: it comes once, and goes once at the most.
        assert sum(a is not b for a, b in pairwise(truths)) <= 2, key
    without_a_file = on(date(2028, 3, 20)).known({})
    assert {without_a_file(key) for key in seasonal} == {Truth.NO}


def test_a_pattern_is_reckoned_with_and_never_said() -> None:
    later = dates_of(CONTENT.quiz.seasons, max(CONTENT.quiz.seasons) + 1, date(2027, 6, 1))
    expected = later.expected("eras_reading", later.match_year)
    assert expected is not None
    assert expected.year == later.match_year - 1
    assert all(str(expected.day) not in text for text in later.in_words().values())


def test_people_are_not_told_two_things_of_one_season() -> None:
    """Whoever hears of a later year has not applied, or lacks an exam."""
    engine = on(date(2026, 11, 30))
    for answers in profiles(engine, 400, seed=77):
        found = outlook(engine, plan_of(engine, "match", answers), answers)
        if found and found.years and found.years.earliest > engine.quiz.match_year and "2028" in found.says:
            known = engine.known(answers)
            assert Truth.YES in (~known("applied_now"), known("exams_missing")), said("match", answers)
