"""Numbers as people type and dictate them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from img_pathway.reading.figures import figures

SAID = {
    "twenty fifteen": "2015",
    "nineteen ninety nine": "1999",
    "two thousand nineteen": "2019",
    "two thousand and five": "2005",
    "two forty one": "241",
    "two hundred and five": "205",
    "two hundred thirty three": "233",
    "one hundred twenty": "120",
    "thirty five": "35",
    "one two": "1 2",
    "step one and step two": "step 1 and step 2",
    "step ii": "step 2",
    "i passed": "i passed",
    "h one b": "h1b",
    "j 1": "j1",
    "h 1b": "h1b",
    "yog '18": "yog 2018",
    "class of '99": "class of 1999",
    "mmxvi": "2016",
    "mix": "mix",
}


@pytest.mark.parametrize(("said", "figure"), SAID.items())
def test_numbers_become_figures(said: str, figure: str) -> None:
    assert " ".join(word for word, _ in figures(said.split())) == figure


@given(st.lists(st.text(max_size=12), max_size=12))
def test_every_word_is_used_once(words: list[str]) -> None:
    assert sum(used for _, used in figures(words)) == len(words)
