"""Judging one utterance, and counting many, with made-up understanding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from img_pathway.dialogue.labels import FALLBACK, intent_of, is_listed
from img_pathway.dialogue.understood import Band, Guess, Understood
from img_pathway.dialogue.utterances import Utterance
from img_pathway.staff.evaluation import Heard, Judge, Judged, figures, scores
from tests.dialogue.hearing import guessed

JUDGE = Judge(
    {"decline", "small_talk/abuse", "other_language"}, {"faq/a": "letters", "faq/b": "letters", "faq/c": "visas"}
)
GOOD = Utterance(text="x", topic="lor", expect=("faq/a", "ask/what"))
OTHERS = Utterance(text="x", topic="oos_premed", expect=("decline/premed",))
FOREIGN = Utterance(text="x", topic="lang_in_domain", expect=("other_language",))
REAL = Utterance(text="x", topic="real", expect=("faq/a",), ok=("faq/c",))
UNKNOWN = Utterance(text="x", topic="real", need="missing", ok=("faq/c",))
SEVERAL = Utterance(text="x", topic="lor", parts=(("ask/length",), ("faq/a", "faq/b")))


def heard(*labels: str, band: Band = "answer", intent: str | None = None, parts: tuple[str, ...] = ()) -> Heard:
    pieces = tuple(replace(guessed("y", label), label=label) for label in parts)
    ours = band != "decline" and not is_listed(labels[0], JUDGE.declines)
    label = intent or (labels[0] if band == "answer" else FALLBACK)
    message = guessed("x", *((label, 0.5) for label in labels), band=band, ours=ours, parts=pieces, sure=0.75)
    return Heard(replace(message, label=label), intent_of(label))


@pytest.mark.parametrize(
    ("utterance", "said", "verdict"),
    [
        (GOOD, heard("faq/a"), "right"),
        (GOOD, heard("ask/what"), "right"),
        (GOOD, heard("faq/b"), "near"),
        (GOOD, heard("faq/c"), "wrong"),
        (GOOD, heard("ask/length"), "wrong"),
        (GOOD, heard("decline/premed"), "false decline"),
        (GOOD, heard("decline/premed", band="decline"), "false decline"),
        (GOOD, heard("faq/c", "small_talk/greet", "faq/b", "faq/a", band="ask"), "offered"),
        (GOOD, heard("faq/c", "faq/b", "ask/length", "faq/a", band="ask"), "asked"),
        (GOOD, heard("faq/a", intent="tell_about_me"), "wrong"),
        (GOOD, heard("faq/a", parts=("faq/a", "ask/what")), "right"),
        (GOOD, heard("faq/a", parts=("faq/a", "faq/c")), "near"),
        (OTHERS, heard("decline/premed"), "declined"),
        (OTHERS, heard("other_language"), "declined"),
        (OTHERS, heard("decline/premed", band="decline"), "declined"),
        (OTHERS, heard("faq/a", band="ask"), "asked"),
        (OTHERS, heard("faq/a"), "false answer"),
        (REAL, heard("faq/a"), "right"),
        (REAL, heard("faq/c"), "right"),
        (REAL, heard("faq/b", "faq/c", band="ask"), "offered"),
        (REAL, heard("ask/length"), "wrong"),
        (UNKNOWN, heard("faq/a"), "false answer"),
        (UNKNOWN, heard("faq/c"), "declined"),
        (UNKNOWN, heard("faq/a", band="ask"), "asked"),
        (UNKNOWN, heard("decline/premed", band="decline"), "declined"),
        (FOREIGN, heard("faq/a", intent="other_language"), "recognized"),
        (FOREIGN, heard("faq/a"), "not recognized"),
        (SEVERAL, heard("faq/a", parts=("ask/length", "faq/b")), "right"),
        (SEVERAL, heard("faq/a", parts=("faq/b", "ask/length")), "near"),
        (SEVERAL, heard("faq/c", parts=("ask/length", "faq/c")), "near"),
        (SEVERAL, heard("ask/length"), "near"),
        (SEVERAL, heard("faq/c"), "wrong"),
    ],
)
def test_an_utterance_is_judged_by_what_the_bot_would_do(utterance: Utterance, said: Heard, verdict: str) -> None:
    assert JUDGE(utterance, said).verdict == verdict


def test_what_an_adviser_would_say_first_is_counted_apart_from_what_would_do() -> None:
    said = [JUDGE(REAL, heard("faq/a")), JUDGE(REAL, heard("faq/c")), JUDGE(REAL, heard("faq/b", "faq/a", band="ask"))]
    totals = figures([*said, JUDGE(UNKNOWN, heard("faq/b")), JUDGE(UNKNOWN, heard("faq/c"))])["totals"]
    shares = {name: round(totals[name], 2) for name in ("right", "best", "first_is_best", "asked_with_right_offer")}
    assert shares == {"right": 0.67, "best": 0.33, "first_is_best": 0.33, "asked_with_right_offer": 1.0}
    assert totals["unknown_answered"] == 0.5


def test_a_parse_result_of_rasa_is_read() -> None:
    understood = Understood("x", (Guess("ask/what", 0.9),), label="ask/what", sure=0.8).to_dict()
    entities = [{"entity": "country", "value": "IE"}, {"entity": "topic", "value": "usmle", "role": "not"}]
    found = Heard.of({"text": "x", "intent": {"name": "ask"}, "understood": understood, "entities": entities})
    assert (found.label, found.band, found.understood.sure) == ("ask/what", "answer", 0.8)
    assert found.entities == {"country:IE", "not topic:usmle"}


def test_a_first_guess_counts_even_where_the_person_is_asked() -> None:
    asked = JUDGE(GOOD, heard("faq/a", "faq/c", band="ask"))
    assert asked.first_is_right
    assert asked.pairs == (("faq/a", "(no answer)"),)


def test_precision_and_recall_are_counted_by_label() -> None:
    found = scores([("a", "a"), ("a", "b"), ("b", "(no answer)")])
    assert found["a"] == {"precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3), "support": 2}
    assert found["b"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "support": 1}


def test_figures_add_up() -> None:
    judged: list[Judged] = [
        JUDGE(GOOD, heard("faq/a")),
        JUDGE(GOOD, heard("faq/c")),
        JUDGE(GOOD, heard("faq/c", "faq/a", band="ask")),
        JUDGE(GOOD, heard("decline/premed")),
        JUDGE(OTHERS, heard("decline/premed")),
        JUDGE(OTHERS, heard("faq/a")),
    ]
    found = figures(judged)
    totals = found["totals"]
    assert (totals["right"], totals["right_or_offered"], totals["wrong"]) == (0.25, 0.5, 0.25)
    assert (totals["false_declines"], totals["out_declined"], totals["out_false_answers"]) == (0.25, 0.5, 0.5)
    assert (totals["intent_accuracy"], totals["label_accuracy"]) == (0.75, 0.25)
    assert found["topics"]["lor"] == {
        "precision": pytest.approx(1 / 3), "recall": 0.25, "f1": pytest.approx(2 / 7), "support": 4,
    }  # fmt: skip
    assert ["faq/a", "faq/c", 1] in found["confusions"]
    assert found["calibration"]["error"] == pytest.approx(0.75 - 2 / 6)


def test_entities_are_counted_where_they_were_annotated() -> None:
    told = Utterance(text="x", topic="lor", expect=("faq/a",), entities=("country:IE", "topic:usmle"))
    found = Heard(heard("faq/a").understood, "faq", frozenset({"country:IE", "topic:match"}))
    entities = figures([JUDGE(told, found), JUDGE(GOOD, found)])["entities"]
    assert (entities["country"]["f1"], entities["topic"]["f1"], entities["all"]["f1"]) == (1.0, 0.0, 0.5)
