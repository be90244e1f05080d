"""Each line of the routing table, with messages that it decides: by themselves, in the quiz, in an enquiry."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from img_pathway.dialogue.labels import (
    ENQUIRY_ANSWER,
    FALLBACK,
    GOAL_NAMED,
    LANGUAGE,
    OTHER_PERSON,
    RECORD,
    SUPPOSED,
    UNCLEAR,
)
from img_pathway.dialogue.listening import GOAL, listen
from img_pathway.dialogue.routing import NOTHING, TABLE, Open, route, routed
from img_pathway.dialogue.understood import Understood
from img_pathway.quiz import State
from tests.dialogue.hearing import SURE, guessed, heard
from tests.quiz.content import ROOT, bot

STAGE = State("certification", asked="stage")
MINE = State("certification", {"stage": "graduate"}, ("stage",), asked="school_place")
ASKS_GOAL = State(asked=GOAL)
SHOWN = State(
    "certification",
    {"stage": "graduate", "school_place": "elsewhere", "progress": "step_1", "school_note": "yes", "attempts": "under"},
)
"""A record whose result is shown: nothing is asked."""
TO_START = State()
RECORDED = Open(recorded=True)
ENQUIRY, TAKEN_BY_ENQUIRY = Open("enquiry"), Open("enquiry", takes=True)

Where = State | Open


@dataclass(frozen=True)
class Row:
    """A message in a situation, and what it is."""

    text: str
    guesses: tuple[str | tuple[str, float], ...]
    where: Where
    label: str
    band: str = "answer"
    ours: bool = True
    danger: str = ""
    language: str = "en"

    def heard(self) -> Understood:
        message = guessed(self.text, *self.guesses, band=self.band, ours=self.ours)  # type: ignore[arg-type]
        return bot().messages.read(replace(message, danger=self.danger, language=self.language))

    def open(self) -> Open:
        if self.where is RECORDED:
            # So actions listen to what comes when nothing is asked.
            return replace(listen(bot(), SHOWN, routed(self.heard()), is_asking=False), what="nothing")
        if isinstance(self.where, Open):
            return self.where
        return listen(bot(), self.where, routed(self.heard()), is_asking=self.where.asked is not None)


LONG = "how do i bake a very good cake for my mother on sunday"
ROWS: dict[str, tuple[Row, ...]] = {
    "Danger": (
        Row("i want to die", ("ask/what",), NOTHING, "crisis", danger="crisis"),
        Row("i want to die", ("ask/what",), STAGE, "crisis", danger="crisis"),
        Row("i want to die", (), TAKEN_BY_ENQUIRY, "crisis", danger="crisis"),
        Row("there is so much blood everywhere", ("emergency",), NOTHING, "emergency", ours=False),
        Row("there is so much blood everywhere", ("emergency",), STAGE, "emergency", ours=False),
        Row(
            "emergency medicine rotation and chest pain",
            ("emergency",),
            NOTHING,
            "emergency",
            danger="emergency",
        ),
        Row("somebody collapsed in the residency interview", ("emergency",), NOTHING, "emergency", ours=False),
    ),
    "A click": (
        Row("stage:graduate", (), NOTHING, "quiz_click"),
        Row("school_note:yes", (), STAGE, "quiz_click"),
        Row("stage:gone_since", (), STAGE, "quiz_click"),
        Row("quiz:change:stage", (), STAGE, "quiz_change"),
        Row("quiz:resume", (), NOTHING, "quiz_resume"),
        Row("quiz:fly", (), STAGE, FALLBACK),
        Row("helped:no", (), STAGE, "not_helped"),
        Row("helped:yes", (), TAKEN_BY_ENQUIRY, ENQUIRY_ANSWER),
        Row("faq:eras_photo", (), STAGE, "faq/eras_photo"),
        Row("faq:gone_since", (), NOTHING, FALLBACK),
        Row("ask:cost:oet", (), NOTHING, "ask/cost"),
        Row("ask:cost:gone_since", (), NOTHING, FALLBACK),
        Row("enquiry:start", (), STAGE, "enquiry_start"),
        Row("delete:all", (), ENQUIRY, "delete_data"),
    ),
    "A wish to delete": (
        Row("forget all about me", ("delete_data",), STAGE, "delete_data"),
        Row("forget all about me", ("delete_data",), TAKEN_BY_ENQUIRY, "delete_data"),
        Row("i want to book a place", ("enquiry_start",), STAGE, "enquiry_start"),
    ),
    "Where the goal": (
        Row("observership cost", ("ask/cost",), ASKS_GOAL, "ask/cost"),
        Row("what does a rotation cost", ("ask/cost",), ASKS_GOAL, "ask/cost"),
    ),
    "A long message": (
        Row(LONG, ("decline/off_topic",), STAGE, "decline/off_topic", ours=False),
        Row(LONG, ("decline/off_topic",), TAKEN_BY_ENQUIRY, "decline/off_topic", ours=False),
    ),
    "An open enquiry": (
        Row("Amina Diallo", ("decline/off_topic",), TAKEN_BY_ENQUIRY, ENQUIRY_ANSWER, ours=False),
        Row("no more of this", ("quiz_stop",), ENQUIRY, ENQUIRY_ANSWER),
        Row("what does an observership cost", ("ask/cost",), ENQUIRY, "ask/cost"),
    ),
    "Words that are a command": (
        Row("back", (), STAGE, "quiz_back"),
        Row("why", (), STAGE, "quiz_why"),
        Row("my answers", (), TO_START, "quiz_answers"),
        Row("change visa", (), MINE, "quiz_change"),
    ),
    "What is an option": (
        Row("4", ("small_talk/greet",), STAGE, "quiz_answer"),
        Row("Graduated, I have my degree", ("ask/what",), STAGE, "quiz_answer"),
        Row("not sure", ("affirm",), STAGE, "quiz_answer"),
    ),
    "What is told": (
        Row("i graduated in 2015, step 1 passed", ("ask/what",), STAGE, RECORD),
        Row("i graduated in 2015 and failed step 1", (), ASKS_GOAL, RECORD),
        Row("my wife graduated in 2015 and passed step 1", (), MINE, OTHER_PERSON),
        Row("my wife graduated in 2015 and passed step 1", (RECORD,), replace(MINE, asked=None), OTHER_PERSON),
        # Told without being asked for, whatever it is guessed to be.
        Row("sorry, i am not certified yet", ("ask/what",), RECORDED, RECORD),
        Row("i am certified now", (), RECORDED, RECORD, band="ask"),
        # What it asks was not understood.
        Row("no oet not done. so whats my next step", (), RECORDED, RECORD, band="ask"),
    ),
    "What is supposed": (
        Row("what if i pass both steps next month then?", ("faq/eras_apply_late",), RECORDED, SUPPOSED),
        Row("agar step 2 clear kar lu to?", (), replace(SHOWN, asked="skills"), SUPPOSED),
    ),
    "An option or a goal": (
        Row("i think the us", ("ask/what",), MINE, "quiz_answer"),
        Row("the match please", ("ask/what",), ASKS_GOAL, GOAL_NAMED),
        Row("i do not know", (), ASKS_GOAL, GOAL_NAMED),
    ),
    "What is only guessed": (
        Row("let me out of here", ("quiz_stop",), STAGE, "quiz_stop"),
        Row("forget what i told and begin anew", (("quiz_restart", 0.9),), STAGE, "quiz_restart"),
    ),
    "Whatever else begins": (
        Row("check me", ("quiz_start",), TO_START, "quiz_start"),
        Row("i graduated in 2015, step 1 passed", (), TO_START, "quiz_start"),
        Row("forget what i told and begin anew", (("quiz_restart", 0.5),), TO_START, "quiz_start"),
    ),
    "A few words": (
        Row("banana", ("decline/off_topic",), STAGE, UNCLEAR, ours=False),
        Row("hm well", ("ask/what",), STAGE, UNCLEAR, band="ask"),
        Row("go on now", ("quiz_resume",), STAGE, "quiz_resume"),
        Row("check if im eligible", ("quiz_start",), STAGE, "quiz_resume"),
        Row("", (), STAGE, UNCLEAR),
        Row("forget what i told and begin anew", (("quiz_restart", 0.5),), STAGE, UNCLEAR),
    ),
    "Another language": (
        Row("¿puedo hacer la residencia?", ("ask/what",), NOTHING, LANGUAGE, band="ask", language="es"),
        Row("¿puedo hacer la residencia sin visa?", ("ask/what",), STAGE, LANGUAGE, band="ask", language="es"),
    ),
    "A message without": (Row("?!", ("ask/what",), NOTHING, FALLBACK),),
    "What tells several": (
        Row("i graduated in 2015, step 1 passed", ("ask/what",), NOTHING, RECORD, band="ask"),
        Row("i am a graduate and failed step 1 twice", (("ask/what", 0.1),), NOTHING, RECORD, band="decline"),
        Row("what if i had a green card", ("decline/legal_advice",), NOTHING, RECORD, ours=False),
        Row("actually i got my green card last week", ("decline/legal_advice",), NOTHING, RECORD, ours=False),
        Row("i am a US citizen", ("decline/legal_advice",), NOTHING, RECORD, ours=False),
    ),
    "A question gets": (
        # Nothing but a topic and what is asked of it, or topics side by side.
        Row("what is an observership", ("faq/rotation_visa_which_one",), NOTHING, "ask/what"),
        Row("internship vs residency", ("faq/eras_photo",), NOTHING, "ask/compare"),
        Row("Observership", (("faq/rotation_visa_which_one", 0.3),), NOTHING, "ask/topic"),
        Row("which photo do they want there", ("faq/eras_photo",), NOTHING, "faq/eras_photo"),
        Row("i failed step 1, can i still apply", ("faq/eras_apply_late",), NOTHING, "faq/eras_apply_late"),
        Row("how long is an observership", ("ask/length",), STAGE, "ask/length"),
        # It asks something, or nothing is known of the person yet, or it would change nothing.
        Row("i am certified now, what does an observership cost", ("ask/cost",), RECORDED, "ask/cost"),
        Row("what if i pass step 1 twice", ("ask/what",), RECORDED, "ask/what"),
    ),
    "Any other first guess": (
        # It asks, or tells of nobody's record.
        Row(
            "i have a green card, can i sue my landlord",
            ("decline/legal_advice",),
            NOTHING,
            "decline/legal_advice",
            ours=False,
        ),
        # Words that could be looked up, of somebody who surely wants something else.
        Row("am i eligible for the match?", ("quiz_start",), NOTHING, "quiz_start"),
        Row("write my visa letter", ("decline/legal_advice",), NOTHING, "decline/legal_advice", ours=False),
        Row("good morning to you", ("small_talk/greet",), NOTHING, "small_talk/greet"),
        Row("good morning to all of you there", ("small_talk/greet",), STAGE, "small_talk/greet"),
        Row("which rotations do you have", ("rotation_offer",), STAGE, "rotation_offer"),
    ),
    "What is left": (
        # It tells and asks, and is not sure what: asked back, and not taken for a record.
        Row(
            "i am a graduate and failed step 1. does my school write to them?",
            (("faq/mspe_school_does_not_write", 0.4),),
            NOTHING,
            FALLBACK,
            band="ask",
        ),
        Row("hm the thing there", ("ask/what",), NOTHING, FALLBACK, band="ask"),
        Row("hm the thing there over on that side", ("ask/what",), STAGE, FALLBACK, band="ask"),
        Row("qwertz uiop", ("decline/off_topic",), NOTHING, FALLBACK, band="decline"),
    ),
}


def line_of(row: Row) -> str:
    """The sentence of the line that decides."""
    message, open_ = row.heard(), row.open()
    return next(says for says, rule in TABLE if rule(message, open_))


@pytest.mark.parametrize(
    ("line", "row"), [(line, row) for line, rows in ROWS.items() for row in rows], ids=lambda value: str(value)[:60]
)
def test_a_message_is_decided_by_its_line(line: str, row: Row) -> None:
    assert (route(row.heard(), row.open()).label, line_of(row)[: len(line)]) == (row.label, line)


def test_every_line_has_a_row() -> None:
    assert [says for says, _ in TABLE if not says.startswith(tuple(ROWS))] == []
    assert len(ROWS) == len(TABLE)


def test_the_table_stands_in_the_docs() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    places = [page.find(f"| {says} |") for says, _ in TABLE]
    assert -1 not in places
    assert places == sorted(places)


def test_what_is_decided_by_words_has_no_parts() -> None:
    part = heard("how long is it?", "ask/length")
    assert routed(replace(guessed("stage:graduate"), parts=(part,), click="quiz_click", more=True)).parts == ()
    kept = routed(replace(guessed("how long is it? and the cost?", "ask/length"), parts=(part, part), more=True))
    assert ([one.label for one in kept.parts], kept.more) == (["ask/length", "ask/length"], True)


@pytest.mark.parametrize(("text", "sure"), [("stage:graduate", 1.0), ("good morning to you", SURE)])
def test_how_far_a_label_is_to_be_trusted_goes_with_it(text: str, sure: float) -> None:
    assert heard(text, "small_talk/greet").sure == sure
