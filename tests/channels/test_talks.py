"""Turns read from events, at once or piece by piece."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from img_pathway.channels.talks import TurnReader, turns_of
from img_pathway.dialogue.labels import NOT_HELPED
from img_pathway.reply import Option, Reply, Section, Verdict
from tests.channels.turn_events import WELCOME, does, heard, opens, said, sets

OFFER = Reply(text=("Which?",), options=(Option("A", "stage:a"), Option("B", "stage:b")))
RESULT = Reply(sections=(Section("can_now", "Open now", (Verdict("Clerkship", "yes"),)),))
PIECES = (
    heard("hi"), heard("stage:a"), heard("no help", intent=NOT_HELPED), said(OFFER), said(RESULT),
    does("action_answer"), does("action_listen"), opens("quiz_form"), opens(None), sets("enquiry", {"asked": "name"}),
    sets("enquiry", None), sets("quiz", {"asked": "stage", "answers": {"stage": "b"}}),
)  # fmt: skip


def test_a_plain_response_of_rasa_becomes_a_reply() -> None:
    event = {"event": "bot", "text": "One\n\nTwo", "data": {"buttons": [{"title": "A", "payload": "a"}]}}
    ((reply,),) = [turn.replies for turn in turns_of([heard("hi"), event])]
    assert Reply.from_dict(reply) == Reply(text=("One", "Two"), options=(Option("A", "a"),))


def test_a_label_is_shown_where_an_option_was_clicked_even_an_old_one() -> None:
    events = [heard("check"), said(Reply(options=(Option("A", "a"),))), heard("hm"), said(Reply()), heard("a")]
    assert [turn.shown for turn in turns_of(events, WELCOME)] == ["Check me", "hm", "A"]
    assert [turn.took for turn in turns_of(events, WELCOME)] == ["check", None, None]


def test_what_was_typed_took_the_option_for_which_the_quiz_took_it() -> None:
    question = said(Reply(options=(Option("Student", "stage:student"), Option("Graduate", "stage:graduate"))))
    kept = sets("quiz", {"goal": "match", "answers": {}})
    answered = sets("quiz", {"goal": "match", "answers": {"stage": "graduate", "year": 2015}})
    events = [heard("check me"), kept, question, heard("why"), kept, question, heard("2"), answered, said(Reply())]
    assert [(turn.shown, turn.took) for turn in turns_of(events)] == [
        ("check me", None),
        ("why", None),
        ("2", "stage:graduate"),
    ]


def test_a_button_of_the_window_is_shown_in_its_words() -> None:
    events = [heard("what is x"), said(Reply(asks_if_helped=True)), heard("helped:no")]
    turns = turns_of(events, WELCOME, {"helped:no": "No, it did not"}.get)
    assert [(turn.said, turn.shown) for turn in turns][-1] == ("helped:no", "No, it did not")


@given(events=st.lists(st.sampled_from(PIECES), max_size=30), parts=st.lists(st.integers(0, 30), max_size=4))
def test_events_that_come_piece_by_piece_give_the_same_turns(events: list[dict[str, object]], parts: list[int]) -> None:
    reader, cuts = TurnReader(WELCOME), [0, *sorted(parts), len(events)]
    pieces = [events[start:end] for start, end in pairwise(cuts)]
    found = [turn for piece in pieces for turn in reader.read(piece)]
    assert [*found, *reader.rest()] == turns_of(events, WELCOME)


def test_a_turn_holds_what_was_done_set_and_decided_until_the_next() -> None:
    quiz = {"asked": "stage", "answers": {}}
    events = [
        sets("before", 1), does("action_session_start"), said(OFFER),
        heard("check me"), opens("quiz_form"), does("quiz_form"), sets("quiz", quiz), said(OFFER),
        does("action_listen"),
        heard("b"), sets("quiz", {"asked": None}), said(RESULT), opens(None), sets("quiz_answer", "finished"),
        heard("rotation"), sets("enquiry", {}), opens("quiz_form"), heard("Amina"), sets("quiz_answer", "stopped"),
    ]  # fmt: skip
    first, second, third, fourth = turns_of(events)
    assert first.steps == [("active_loop", "quiz_form"), ("action", "quiz_form")]
    assert (first.slots, first.in_quiz, first.asked) == ({"quiz": quiz}, False, None)
    assert (second.in_quiz, second.asked, second.ended) == (True, "stage", "finished")
    assert (second.steps, second.verdicts) == ([("active_loop", None)], [("Clerkship", "can_now")])
    assert (third.in_enquiry, fourth.in_enquiry, fourth.in_quiz, fourth.ended) == (False, True, False, None)


def test_an_answer_that_was_no_help_is_marked_before_its_turn_is_handed_on() -> None:
    reader, no_help = TurnReader(), heard("no help", intent=NOT_HELPED)
    handed_on = [turn.did_not_help for turn in reader.read([heard("a"), heard("b"), no_help, no_help, heard("c")])]
    assert handed_on == [False, True, False, False]


def test_replies_of_earlier_versions_may_lack_what_replies_have_today() -> None:
    reply = {"closing": ["Bye"], "sections": [{}]}
    first, _ = turns_of([heard("hi"), {"event": "bot", "metadata": {"reply": reply}}, heard("a")])
    assert (first.replies, first.verdicts, first.says("Bye")) == ([reply], [], False)
