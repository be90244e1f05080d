"""Which questions of a message are answered in turn, with made-up understanding."""

from __future__ import annotations

import pytest

from img_pathway.dialogue.understood import Guess, Understood, Words
from img_pathway.nlu.parts import in_turn, say_their_topic


def read(text: str, label: str, band: str = "answer", score: float = 0.9) -> Understood:
    words = Words(topics=("eras",) if "ERAS" in text else ())
    if band == "decline":
        return Understood(text, declined=(Guess(label, score),), in_scope=0.1, words=words)
    return Understood(text, (Guess(label, score),), right=score if band == "answer" else 0.5, words=words)


def labels(alone: list[Understood], *together: Understood) -> list[str]:
    return [part.best.label for part in in_turn(alone, together)]


SURE, OTHER = read("is it hard?", "faq/a"), read("who pays?", "faq/b")


def test_questions_that_are_understood_are_answered_in_order() -> None:
    assert labels([SURE, OTHER], read("", "faq/c")) == ["faq/a", "faq/b"]


@pytest.mark.parametrize("unclear", [read("x", "faq/b", "ask"), read("x", "faq/b", "decline"), read("x", "greet")])
def test_what_is_not_understood_or_no_question_is_left_out(unclear: Understood) -> None:
    assert labels([SURE, unclear], read("", "faq/c", score=0.7)) == ["faq/a"]


def test_a_question_without_a_topic_leans_on_the_common_question_before_it() -> None:
    lean = read("how long?", "ask/length")
    assert labels([SURE, lean], read("", "faq/c")) == ["faq/a", "faq/c"]
    assert labels([SURE, lean], read("", "faq/a")) == ["faq/a"]
    assert labels([SURE, lean], read("", "faq/a", "ask")) == ["faq/a", "ask/length"]
    assert labels([read("what?", "ask/what"), lean], read("", "faq/c")) == ["ask/what", "ask/length"]


def test_a_question_that_names_its_topic_stands_by_itself() -> None:
    assert labels([SURE, read("how long is ERAS?", "ask/length")], read("", "faq/a")) == ["faq/a", "ask/length"]


def test_the_same_is_answered_twice_only_for_another_topic() -> None:
    assert labels([SURE, SURE], read("", "faq/c")) == ["faq/a"]
    cost = read("what does it cost?", "ask/cost")
    assert labels([cost, cost], read("", "faq/c")) == ["ask/cost"]
    assert labels([cost, read("what does ERAS cost?", "ask/cost")], read("", "faq/c")) == ["ask/cost", "ask/cost"]


def test_what_is_hardly_understood_alone_is_read_with_the_question_before_it() -> None:
    weak = read("how many do I have?", "faq/b", score=0.55)
    assert labels([SURE, weak], read("", "faq/a")) == ["faq/a"]
    assert labels([SURE, weak], read("", "faq/c", score=0.7)) == ["faq/a", "faq/b"]


def test_where_the_whole_makes_no_sense_the_topic_has_to_be_said() -> None:
    named, plain, common = read("ERAS?", "ask/what"), read("how long?", "ask/length"), read("is it hard?", "faq/a")
    assert say_their_topic([named, plain])
    assert not say_their_topic([named, common])
    assert not say_their_topic([plain, named])
