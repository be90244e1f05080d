"""Whose record is told: one's own, a relative's for whom one asks, or hearsay that is nobody's answer."""

from __future__ import annotations

import pytest

from img_pathway.dialogue.bot import Bot


@pytest.mark.parametrize(
    "text",
    [
        "a classmate of mine cleared both steps and got a green card",
        "some seniors matched with only an observership",
        "i heard people who graduated in 2008 get no interviews",
        "someone in my batch is ecfmg certified since last year",
        "they say us citizens match more easily",
    ],
)
def test_hearsay_is_kept_of_nobody(bot: Bot, text: str) -> None:
    assert not bot.reader.story(text).answers


def test_beside_ones_own_record_a_relatives_is_left_out(bot: Bot) -> None:
    story = bot.reader.story("i graduated in 2018, i need a visa. my husband has a green card")
    assert story.about is None
    assert story.answers["status"] == "visa"


@pytest.mark.parametrize(
    ("text", "who"), [("my wife graduated in 2019", "wife"), ("for my brother: no steps yet", "brother")]
)
def test_a_relative_for_whom_one_asks_is_noted(bot: Bot, text: str, who: str) -> None:
    story = bot.reader.story(text)
    assert story.about == who
    assert story.answers


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("school_place", "i was born in iran"),
        ("school_place", "colombia is not listed"),
        ("entry_ban", "yes my college gives credit"),
        ("entry_ban", "no valid visa"),
        ("entry_ban", "no exception"),
        ("entry_ban", "listed but no exception"),
        ("entry_ban", "i don't have a second passport"),
        ("progress", "no ohio"),
        ("new_york", "no job offer"),
    ],
)
def test_words_of_another_matter_are_no_answer(bot: Bot, question: str, text: str) -> None:
    assert bot.reader.pick(question, text) is None


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("school_place", "india", "elsewhere"),
        ("school_place", "in the philippines", "elsewhere"),
        ("entry_ban", "no it is not", "not_listed"),
        ("step_3", "no i have not", "no"),
        ("oet", "yes sir already", "yes"),
    ],
)
def test_fillers_do_not_hide_an_answer(bot: Bot, question: str, text: str, answer: str) -> None:
    assert bot.reader.pick(question, text) == answer


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("i took step 1, planning step 2 only after graduation", ("none", "step_1")),
        ("passed step 1, i want to pass step 2 in december", "step_1"),
        ("passed step 1 and oet, i want to match in 2027", ("step_1", "both", "certified", "expired")),
    ],
)
def test_a_wish_binds_to_what_follows_it(bot: Bot, text: str, left: object) -> None:
    assert bot.reader.story(text).answers["progress"] == left
