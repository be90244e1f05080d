"""Messages as sentences and pieces."""

from __future__ import annotations

import pytest

from img_pathway.reading.pieces import sentences
from tests.quiz.content import bot

CUES = bot().reader.words.cues
PIECES: dict[str, list[list[str]]] = {
    "YOG 2017 | Step 1 P | CK 238": [["yog 2017", "step 1 p", "ck 238"]],
    "graduated 2015 and i have done step one, not step two": [
        ["graduated 2015", "and i have done step 1", "not step 2"]
    ],
    "step 1 and step 2 passed": [["step 1 and step 2 passed"]],
    "Step 1: 198 (2016). YOG 2015!": [["step 1 198", "2016"], ["yog 2015"]],
    "asking for Dr. Olena, SGU c/o 2028": [["asking for dr olena", "sgu c o 2028"]],
    "PGY-2 in IM, im a citizen": [["pgy 2 in im", "i'm a citizen"]],
    "YOG18, s1P, ck241, step1 pass": [["yog 18", "s1 p", "ck 241", "step 1 pass"]],
    "J-1 or H-1B\nB1/B2": [["j1 or h1b"], ["b1", "b2"]],
}


@pytest.mark.parametrize(("text", "expected"), PIECES.items())
def test_a_message_falls_into_pieces(text: str, expected: list[list[str]]) -> None:
    found = sentences(text, lambda word: word, CUES.pieces)
    assert [[" ".join(one.texts[start:end]) for start, end in one.pieces()] for one in found] == expected


def test_only_the_question_asks() -> None:
    assert [one.asks for one in sentences("can I match? I passed.", lambda word: word, CUES.pieces)] == [True, False]
