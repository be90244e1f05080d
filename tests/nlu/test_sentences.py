from __future__ import annotations

import pytest

from img_pathway.nlu.sentences import questions, sentences

SPLIT = [
    # Ends of sentences
    ("How long is it? What does it cost?", ["How long is it?", "What does it cost?"]),
    ("I graduated in 2015. Can I apply?", ["I graduated in 2015.", "Can I apply?"]),
    ("Thanks! what about visas", ["Thanks!", "what about visas"]),
    ("first line\nsecond line", ["first line", "second line"]),
    ("هل أحتاج إلى تأشيرة؟ كم التكلفة؟", ["هل أحتاج إلى تأشيرة؟", "كم التكلفة؟"]),
    # A question word after a joint begins a new question
    ("what is an externship and how long is it", ["what is an externship", "how long is it"]),
    ("how long is residency, and what do they pay", ["how long is residency", "what do they pay"]),
    ("what is eras also when does it open", ["what is eras", "when does it open"]),
    ("who may apply, where and when", ["who may apply", "where", "when"]),
    ("What is SOAP AND HOW does it work", ["What is SOAP", "HOW does it work"]),
    # So does a verb that asks
    ("what is vslo and do I need it", ["what is vslo", "do I need it"]),
    ("how long is the oet, is it on a computer", ["how long is the oet", "is it on a computer"]),
    (
        "when is soap and should we prepare, and can programs call",
        [
            "when is soap",
            "should we prepare",
            "can programs call",
        ],
    ),
    ("who pays and will my wife get a visa", ["who pays", "will my wife get a visa"]),
    # What belongs together stays together
    ("exams and do-it-yourself rotations", None),
    ("I want to rotate and also do some research", None),
    ("either you can pass or you can not", None),
    ("what is the difference between clerkship and residency", None),
    ("I need letters, transcripts and a photo", None),
    ("somewhat and however are no questions", None),
    ("I scored 231.5 on step 2", None),
    ("programs in the U.S and Canada", None),
    ("is it open to band, wherever I live", None),
    ("hello", None),
]


@pytest.mark.parametrize(("text", "pieces"), SPLIT)
def test_messages_are_split_where_a_new_question_begins(text: str, pieces: list[str] | None) -> None:
    assert sentences(text) == (pieces or [text])


ASKED = [
    # What is told belongs to the question after it, at the end to the last one
    ("I graduated in 2015. I never worked. Can I apply?", ["I graduated in 2015. I never worked. Can I apply?"]),
    ("what is soap? I need a visa", ["what is soap? I need a visa"]),
    ("My letters are old, can I use them, and who pays?", ["My letters are old can I use them", "who pays?"]),
    ("Token came. What now? Is there a fee?", ["Token came. What now?", "Is there a fee?"]),
    # Words that ask in one place and tell in another
    ("When I fail, what happens?", ["When I fail what happens?"]),
    ("I know what I want and where I go. Is it hard?", ["I know what I want where I go. Is it hard?"]),
    ("please explain the match and how is it run", ["please explain the match", "how is it run"]),
    # A message without a question is one piece
    ("I passed Step 1. I live in Texas", ["I passed Step 1. I live in Texas"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "asked"), ASKED)
def test_each_question_comes_with_what_was_told_for_it(text: str, asked: list[str]) -> None:
    assert questions(text) == asked


def test_of_what_was_told_before_a_question_the_last_words_are_read_with_it() -> None:
    told = " ".join(f"word{n}" for n in range(100))
    assert questions(f"{told}. How long is it? {told}") == [
        " ".join([*(f"word{n}" for n in range(70, 99)), "word99.", "How long is it?", told])
    ]


def test_runs_of_spaces_are_one() -> None:
    assert sentences("how long is it," + " \t" * 400 + "and is it paid") == ["how long is it", "is it paid"]


@pytest.mark.parametrize("text", ["", "   ", "?!", "🙂🙂", "42", "a?", "?? !! .."])
def test_what_holds_no_word_is_no_sentence(text: str) -> None:
    assert sentences(text) == []


def test_pieces_without_words_are_left_out() -> None:
    assert sentences("?? 1. What is an externship? ??") == ["What is an externship?"]


def test_no_word_is_lost() -> None:
    text = "I failed once. how long is it, and what does it cost; who pays?\nwhy"
    assert " ".join(sentences(text)).count("it") == 2
    assert {"failed", "long", "cost;", "pays?", "why"} <= set(" ".join(sentences(text)).split())
