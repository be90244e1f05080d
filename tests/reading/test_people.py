"""Of whom a message tells."""

from __future__ import annotations

import pytest

from img_pathway.reading.cues import OTHER
from img_pathway.reading.people import ME, UNCLEAR
from tests.quiz.content import bot

TOLD: dict[str, list[str]] = {
    "my wife is a US citizen, can I match": ["wife"],
    "me 2019 Pakistan, my wife final year, no exams": [ME, "wife"],
    "O1 husband, me certified": [ME],
    "my friend failed CK three times. I passed CK": ["friend", ME],
    "someone in my batch is certified": [OTHER],
    "asking for my sister: MBBS 2020, step 1 done": ["sister"],
    "green card through my mother, YOG 2015": [ME],
    "I got it because of my wife, she is a citizen": ["wife"],
    "my wife is certified. Step 1 passed. I ask": ["wife", UNCLEAR],
    "Client of ours: YOG 2021, CK 239": [OTHER],
    "a cousin of mine is a citizen": ["cousin"],
    "my aunt lives in Phoenix. YOG 2018": [ME],
    "my brother is a citizen and i am a graduate": ["brother", ME],
    "asking on behalf of my partner, he's certified": ["partner"],
}


@pytest.mark.parametrize(("text", "people"), TOLD.items())
def test_claims_are_of_the_one_who_is_told_of(text: str, people: list[str]) -> None:
    assert {claim.about for claim in bot().reader.claims(text)} == set(people)
