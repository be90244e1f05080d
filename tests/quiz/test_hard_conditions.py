"""No "yes" and no "likely" while something that has to hold is unknown or unmet, over people of all kinds."""

from __future__ import annotations

import pytest

from img_pathway.quiz import Truth
from img_pathway.quiz.cases import load_cases
from img_pathway.quiz.model import FIRM
from img_pathway.quiz.state import Answer
from tests.quiz.content import ROOT, engine
from tests.quiz.walking import profiles

# Those of the cases that staff wrote stand beside drawn ones: a yes that needs many answers is drawn too seldom.
CASES = [dict(case.answers) for case in load_cases(ROOT / "data" / "quiz", engine().quiz)]
PEOPLE = [dict(answers) for answers in profiles(engine(), 1200, seed=20261130)]


def half_told(answers: dict[str, Answer], nth: int) -> dict[str, Answer]:
    """The same person with every nth answer left out."""
    return {question: answer for i, (question, answer) in enumerate(answers.items()) if i % 3 != nth}


DAYS = (engine().while_it_is(), engine().while_it_is("match_week_now"))
EVERYBODY = [*CASES, *PEOPLE, *(half_told(answers, nth) for answers in [*CASES, *PEOPLE[:300]] for nth in range(3))]


@pytest.mark.parametrize("outcome", sorted(engine().quiz.hard_rules))
def test_nobody_hears_yes_or_likely_while_a_hard_condition_is_open(outcome: str) -> None:
    rule, firm = engine().quiz.hard_rules[outcome], 0
    for on_the_day in DAYS:
        for answers in EVERYBODY:
            case = on_the_day.decide(outcome, answers).case
            if case and case.verdict in FIRM:
                firm += 1
                assert rule.truth(on_the_day.known(answers)) is Truth.YES, answers
    assert firm, "nobody among them hears yes or likely, so nothing is shown"
