"""The quiz from its first question to the result card."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.widget.page import Person

pytestmark = [pytest.mark.server, pytest.mark.browser]
GRADUATED = "Graduated, I have my degree"
MATCH = "A residency place (the Match)"


@pytest.fixture()
def asked(comes_back: Callable[..., Person]) -> Person:
    """Somebody whom the quiz asks where they are in their training."""
    return comes_back("check my eligibility", "goal:match")


def test_a_person_comes_from_the_first_click_to_the_result(person: Person) -> None:
    person.picks("Check my eligibility").picks(MATCH).comes_to_the_result(GRADUATED, "Not sure")
    expect(person.result).to_be_visible()
    expect(person.composer).to_be_editable()


def test_each_question_says_how_far_it_is(asked: Person) -> None:
    assert asked.progress.startswith("Question 1 of about")
    asked.picks(GRADUATED)
    assert asked.progress.startswith("Question 2 of about")


def test_each_question_says_why_it_is_asked(asked: Person) -> None:
    why = asked.last.locator(".why > :not(summary)")
    expect(why).to_be_hidden()
    asked.last.get_by_text("Why we ask").click()
    expect(why).to_be_visible()
    assert len(why.inner_text()) > 20


def test_not_sure_is_an_answer(asked: Person) -> None:
    asked.picks("Not sure")
    expect(asked.chat.get_by_role("progressbar")).to_have_count(1)


def test_back_asks_the_question_before(asked: Person) -> None:
    question = asked.offered
    asked.picks(GRADUATED)
    assert asked.offered != question
    asked.presses("Back")
    assert asked.offered == question


def test_any_earlier_answer_is_changed_from_the_list(asked: Person) -> None:
    asked.picks(GRADUATED).presses("My answers")
    answers = asked.chat.get_by_role("region", name="My answers")
    expect(answers).to_contain_text(GRADUATED)
    answers.get_by_role("button", name="Change").last.click()
    asked.is_answered(5)
    asked.picks("Student, final year").presses("My answers")
    expect(asked.chat.get_by_role("region", name="My answers").last).to_contain_text("Student, final year")


def test_the_quiz_can_be_left_and_taken_up_again(asked: Person) -> None:
    asked.picks(GRADUATED)
    question = asked.offered
    asked.presses("Leave quiz")
    expect(asked.chat.get_by_role("progressbar")).to_have_count(0)
    asked.reloads().says("continue the quiz")
    assert asked.offered == question


def test_the_result_says_what_is_open_and_what_is_not_and_what_comes_next(finished: Callable[..., Person]) -> None:
    person = finished()
    kinds = person.result.locator(".verdicts")
    assert kinds.count() >= 2
    for kind in kinds.all():
        expect(kind.get_by_role("heading")).to_be_visible()
        assert kind.get_by_role("listitem").count() >= 1
    expect(person.result.get_by_role("heading", name="What to do next")).to_be_visible()


def test_not_sure_all_along_gives_a_result_that_says_what_it_depends_on(finished: Callable[..., Person]) -> None:
    person = finished("Not sure")
    expect(person.result.locator("[data-kind=depends]")).to_be_visible()


def test_the_pathway_is_drawn_with_a_you_are_here(finished: Callable[..., Person]) -> None:
    person = finished()
    stations = person.result.locator(".pathway li")
    assert stations.count() >= 3
    assert stations.locator("svg").count() == stations.count()
    here = person.result.locator("[aria-current=step]")
    expect(here).to_have_count(1)
    expect(here).to_contain_text("You are here")
    box = here.locator("svg").bounding_box()
    assert box is not None
    assert box["width"] > 10


def test_sources_have_addresses_and_dates(finished: Callable[..., Person]) -> None:
    person = finished()
    person.last.get_by_text("Sources (").click()
    sources = person.last.locator(".sources li")
    assert sources.count() >= 3
    for source in sources.all():
        link = source.get_by_role("link")
        assert (link.get_attribute("href") or "").startswith(("https://", "http://"))
        assert link.get_attribute("rel") == "noopener noreferrer"
        assert "as of " in source.inner_text() or "no date given" in source.inner_text()
