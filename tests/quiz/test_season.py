"""Dates of the season are data, and plans say them against today: a year of days over the same people."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from img_pathway.content import ContentError
from img_pathway.dialogue.bot import Bot, bot_on, read_content
from img_pathway.dialogue.result import result
from img_pathway.quiz import State
from img_pathway.quiz.outlook import outlook
from img_pathway.quiz.plan import in_order, next_step, plan_of
from img_pathway.quiz.season import dates_of, day_in_words, read_seasons
from tests.quiz.content import ROOT

CONTENT = read_content(ROOT / "data")
DAYS = [date(2026, 10, 1) + timedelta(days=5 * n) for n in range(80)]
READY = {
    "stage": "graduate",
    "school_place": "elsewhere",
    "us_residency": "none",
    "progress": "both",
    "exam_gap": "yes",
}
READY |= {"skills": "pathway_valid", "attempts": "under", "july_start": "yes", "season_status": "not_started"}
NOTHING_SENT = State("match", READY, ())
BEGINNER = State("match", {**READY, "progress": "none", "school_note": "yes", "skills": "nothing", "oet": "no"}, ())
ALL_SENT = State("match", {**NOTHING_SENT.answers, "progress": "certified", "season_status": "registered"}, ())


def on(day: date) -> Bot:
    return bot_on(CONTENT, day)


def plan(bot: Bot, state: State = NOTHING_SENT) -> dict[str, str]:
    """The text of each step of the plan."""
    stations = plan_of(bot.engine, "match", state.answers)
    here = next_step(bot.engine, stations, state.answers).step
    steps = [station.step for station in in_order(stations, here)]
    return dict(zip(steps, (step.text for step in result(bot, state).plan), strict=True))


def late(bot: Bot, step: str) -> tuple[str, ...]:
    return tuple(one.says for one in bot.engine.quiz.steps[step].late)


def test_what_is_not_published_is_said_to_be_so_with_the_last_season_as_a_pattern() -> None:
    bot = on(date(2026, 11, 30))
    record = bot.engine.quiz.season.dates["nrmp_registration"]
    assert record.on is None
    assert day_in_words(str(record.last)) in plan(bot)["register_match"]
    assert "not seen published" in plan(bot)["register_match"]


def test_who_has_sent_nothing_when_programs_read_is_told_that_it_is_late() -> None:
    before, after = plan(on(date(2026, 9, 29))), plan(on(date(2026, 11, 30)))
    (said,) = late(on(date(2026, 11, 30)), "apply_programs")
    assert said not in before["apply_programs"]
    assert said in after["apply_programs"]


def test_who_has_applied_is_not_told_that_it_is_late() -> None:
    bot = on(date(2026, 11, 30))
    assert not any(said in text for said in late(bot, "apply_programs") for text in plan(bot, ALL_SENT).values())


@pytest.mark.parametrize(
    ("day", "which"),
    # Once rank lists are due, the season is no longer theirs.
    [(date(2026, 9, 30), None), (date(2026, 10, 1), 0), (date(2027, 3, 10), 0), (date(2027, 3, 11), None)],
)
def test_the_last_date_that_is_past_is_said(day: date, which: int | None) -> None:
    bot = on(day)
    said = late(bot, "apply_programs")
    expected = () if which is None else (said[which],)
    assert tuple(text for text in said if text in plan(bot)["apply_programs"]) == expected


def test_every_date_that_a_plan_names_is_cited() -> None:
    bot = on(date(2026, 11, 30))
    reply = result(bot, NOTHING_SENT)
    assert "date/eras_reading" in reply.basis
    sources = bot.engine.quiz.season.dates["eras_reading"].sources
    assert {bot.knowledge.sources[s].title for s in sources} <= {cited.title for cited in reply.sources}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_day_that_is_past_is_said_as_if_it_were_ahead(day: date) -> None:
    """Over a year: no braces are left, and a day of an older season than the last one is never named.

    Whose Match is a later one hears no date of this season.
    """
    bot = on(day)
    if not outlook(bot.engine, plan_of(bot.engine, "match", BEGINNER.answers), BEGINNER.answers).this_season:
        year = str(bot.engine.quiz.match_year)
        assert not [text for text in plan(bot, BEGINNER).values() if year in text]
    for text in plan(bot).values():
        assert not re.search(r"[{}]", text)
        years = [int(year) for year in re.findall(r"\b20\d\d\b", text)]
        assert all(bot.engine.quiz.match_year - 2 <= year <= bot.engine.quiz.match_year for year in years), text


def test_in_april_the_next_season_is_aimed_at_and_its_dates_are_open() -> None:
    season = on(date(2027, 4, 1)).engine.quiz.season
    assert season.match_year == 2028
    assert all(record.on is None for record in season.dates.values())
    assert season.dates["match_day"].last == on(date(2027, 3, 31)).engine.quiz.season.dates["match_day"].on
    assert season.passed() == frozenset()


def test_two_seasons_without_a_file_name_no_day_at_all() -> None:
    season = dates_of(CONTENT.quiz.seasons, max(CONTENT.quiz.seasons) + 2, date(2028, 6, 1))
    assert all(record.last is None for record in season.dates.values())


def test_match_week_is_that_of_the_third_friday_of_march() -> None:
    for year, dates in CONTENT.quiz.seasons.items():
        fridays = [
            day for n in range(31) if (day := date(year, 3, 1) + timedelta(days=n)).month == 3 and day.weekday() == 4
        ]
        assert dates["match_day"].on == fridays[2].isoformat()
        assert dates["match_week"].on == (fridays[2] - timedelta(days=4)).isoformat()
        assert dates["soap_offers"].on == (fridays[2] - timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("on: 2026-06-03", "on: June 3"), '"June 3" is no day'),
        (("match_year: 2027", "match_year: 2026"), "is 2026.yml"),
        (("past_after: 2026-09-10", "as_of_2: x"), "as_of_2"),
        (("    past_after: 2026-09-10\n", ""), "needs `past_after`"),
        (
            ("sources: [ama_interview_invitations]", "sources: [ama_interview_invitationz]"),
            'Did you mean "ama_interview_invitations"',
        ),
        (("    on: 2026-06-03\n", '    on: 2026-06-03\n    about: "June"\n    past_after: 2026-06-30\n'), "not both"),
    ],
)
def test_what_is_wrong_in_a_season_is_told(change: tuple[str, str], told: str, tmp_path: Path) -> None:
    text = (ROOT / "data" / "season" / "2027.yml").read_text(encoding="utf-8")
    assert change[0] in text
    folder = tmp_path / "data" / "season"
    folder.mkdir(parents=True)
    (folder / "2027.yml").write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_seasons(folder, CONTENT.knowledge)
    assert any(told in str(problem) for problem in caught.value.problems)


def test_a_date_is_said_in_words() -> None:
    assert day_in_words("2026-09-03") == "September 3, 2026"
