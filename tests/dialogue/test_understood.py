"""What language understanding found survives its way through Rasa's tracker."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from img_pathway.dialogue.labels import is_listed
from img_pathway.dialogue.understood import Guess, Understood, Words
from img_pathway.quiz.reader import Story

# Figures are rounded on the way; these are exact.
SHARES = st.integers(0, 1000).map(lambda n: n / 1000)
LABELS = st.sampled_from(["affirm", "small_talk/greet", "ask/what", "faq/letters_waive", "faq/a/b", ""])
BELIEFS = st.sampled_from(["none", "spoken", "vague", "denied"])
WORDS = st.builds(
    Words,
    blank=st.booleans(),
    shape=st.sampled_from(["", "definition", "name", "comparison"]),
    topics=st.lists(st.sampled_from(["oet", "visa"]), max_size=2).map(tuple),
    cues=st.lists(st.sampled_from(["cost", "what"]), max_size=2).map(tuple),
    beside=st.integers(0, 9),
    asks=st.booleans(),
)
ANSWERS = st.one_of(st.just("yes"), st.integers(1990, 2030), st.just(("a", "b")))
TOLD = st.builds(
    Story,
    st.dictionaries(st.sampled_from(["stage", "visa"]), ANSWERS),
    st.sampled_from([None, "wife"]),
    st.booleans(),
    st.booleans(),
    st.dictionaries(st.sampled_from(["stage", "visa"]), ANSWERS),
)
FACTS = st.dictionaries(st.sampled_from(["a", "b", "c"]), SHARES)


def messages(parts: st.SearchStrategy[tuple[Understood, ...]]) -> st.SearchStrategy[Understood]:
    guesses = st.lists(st.builds(Guess, LABELS, SHARES, st.booleans(), BELIEFS), max_size=4).map(tuple)
    return st.builds(
        Understood,
        text=st.text(max_size=30),
        guesses=guesses,
        declined=guesses,
        in_scope=SHARES,
        right=SHARES,
        near_decline=SHARES,
        words=WORDS,
        told=TOLD,
        click=st.sampled_from(["", "quiz_click"]),
        danger=st.sampled_from(["", "crisis"]),
        language=st.sampled_from(["en", "es"]),
        label=LABELS,
        sure=SHARES,
        facts=FACTS,
        parts=parts,
    )


MESSAGES = messages(st.lists(messages(st.just(())), max_size=3).map(tuple))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(MESSAGES)
def test_what_was_understood_survives_the_tracker(heard: Understood) -> None:
    kept = json.loads(json.dumps(heard.to_dict()))
    assert Understood.from_dict(heard.text, kept) == heard


def test_what_a_newer_server_wrote_beside_is_passed_over() -> None:
    """Servers are restarted one by one: the actions may be older than the chat server."""
    kept = Understood("hello").to_dict()
    kept["words"] = {**kept["words"], "of_tomorrow": True}
    kept["told"] = {**kept["told"], "of_tomorrow": True}
    assert Understood.from_dict("hello", kept) == Understood("hello")


def test_a_message_of_which_nothing_is_known_is_empty() -> None:
    heard = Understood.from_dict("hello", {})
    assert heard == Understood("hello")
    assert heard.best == Guess("", 0.0)
    assert (heard.best.intent, heard.best.detail) == ("", "")


def test_a_label_has_an_intent_and_maybe_a_detail() -> None:
    assert (Guess("faq/letters_waive", 0.5).intent, Guess("faq/letters_waive", 0.5).detail) == ("faq", "letters_waive")
    assert (Guess("affirm", 0.5).intent, Guess("affirm", 0.5).detail) == ("affirm", "")


def test_figures_are_rounded_for_the_tracker_but_their_order_stays() -> None:
    heard = Understood("x", (Guess("a", 0.123456), Guess("b", 0.1234)), right=0.98765, facts={"f": 0.55555})
    kept = Understood.from_dict("x", heard.to_dict())
    assert [guess.label for guess in kept.guesses] == ["a", "b"]
    assert abs(kept.right - heard.right) < 0.001
    assert abs(kept.facts["f"] - heard.facts["f"]) < 0.001


@pytest.mark.parametrize(
    ("label", "declined"),
    [
        ("decline/premed", True),
        ("decline", True),
        ("small_talk/abuse", True),
        ("small_talk/greet", False),
        ("ask", False),
    ],
)
def test_a_label_is_declined_by_itself_or_by_its_intent(label: str, declined: bool) -> None:
    assert is_listed(label, {"decline", "small_talk/abuse"}) is declined
