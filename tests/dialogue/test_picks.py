"""What is, and what is not, an option among the words of an answer."""

from __future__ import annotations

import pytest

from tests.quiz.content import bot


@pytest.mark.parametrize(
    ("said", "answer"),
    {
        "pathway 1": None,
        "step one": None,
        "step 4": None,
        "failed 1": "under",
        "i did 2 times": "under",
    }.items(),
)
def test_a_number_that_belongs_to_a_name_counts_nothing(said: str, answer: str | None) -> None:
    assert bot().reader.pick("attempts", said) == answer


@pytest.mark.parametrize("question", ["progress", "skills", "season_status", "us_training"])
def test_no_is_an_answer_where_nothing_is_one_of_the_options(question: str) -> None:
    reader = bot().reader
    assert reader.pick_exactly(question, "no") == reader.pick_exactly(question, "none")
