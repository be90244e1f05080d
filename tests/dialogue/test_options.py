"""Options that cannot be a person's, and those that naming a country means."""

from __future__ import annotations

import pytest

from tests.dialogue.talk import Talk
from tests.quiz.content import bot


def test_an_option_that_cannot_be_theirs_is_not_offered_and_not_left_possible() -> None:
    talk = Talk("match", "I am a student at a US medical school, both steps passed").noted(progress="both")
    talk = Talk("license").answers(stage="graduate", school_place="us", us_degree="md", us_residency="none")
    talk.asked("progress")
    assert {"progress:certified", "progress:expired"}.isdisjoint(option.payload for option in talk.options)
    # Told before the school is known, it is ruled out once that is.
    talk = Talk("match", "I am a final year student, passed both steps").asked("school_place")
    talk.noted(progress=("both", "certified", "expired")).says("school_place:us").noted(progress="both")


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("pakistani passport", "not_listed"),
        ("no clue, is egypt on it?", "not_listed"),
        ("im nigerian", "partial"),
        ("syria", "full"),
        ("my passport is from sudan", "full"),
        ("uk", "not_listed"),
    ],
)
def test_a_country_answers_the_question_on_lists_of_countries_with_their_date(text: str, option: str) -> None:
    talk = Talk("visa").answers(school_place="elsewhere", progress="certified", season_status="matched", status="visa")
    talk.asked("entry_ban").says(text).noted(entry_ban=option)
    (fact, *_) = bot().facts(bot().engine.quiz.questions["entry_ban"].country_facts)
    talk.said("by_lists", as_of=fact.as_of)
    assert talk.turn.reply.sources


@pytest.mark.parametrize("text", ["syrian born, german passport", "no", "no it is not on the list", "canada"])
def test_what_names_no_one_country_is_looked_up_in_no_list(text: str) -> None:
    talk = Talk("visa").answers(school_place="elsewhere", progress="certified", season_status="matched", status="visa")
    talk.asked("entry_ban").says(text)
    (fact, *_) = bot().facts(bot().engine.quiz.questions["entry_ban"].country_facts)
    assert bot().say("by_lists", as_of=fact.as_of) not in talk.text
    assert talk.state.answers.get("entry_ban") in (None, "not_listed", "born_listed")
