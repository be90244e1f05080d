"""What is booked of a few words at an open question, by kind: usual words are heard, and never more than was said."""

from __future__ import annotations

import pytest

from img_pathway.dialogue.quiz_turn import QuizTalk
from img_pathway.quiz import State
from img_pathway.quiz.model import NOT_SURE
from img_pathway.quiz.state import Answer
from tests.dialogue.hearing import heard
from tests.dialogue.talk import Talk
from tests.quiz.content import bot

NOT_CITIZEN = ("visa", "green_card", "work_permit", "in_us")
EARLIER_MATCH = ("unmatched", "current", "left", "dismissed", "closed", "finished")
# Before Match Week nobody is unmatched in it.
NO_PLACE = ("not_started", "applied", "registered")
YES, NO, ABROAD = "yes", "no", "elsewhere"

KINDS: dict[str, dict[str, dict[str, Answer | None]]] = {
    "a yes or no that goes on": {
        "exam_gap": {
            "yes within 7 yrs": YES,
            "i think yes": YES,
            "yes, both in the same two years": YES,
            "yeah they were close together": YES,
            "nope, way too long between": NO,
            "no, there were nine years between them": NO,
        },
        "school_note": {
            "yes school has note": YES,
            "yep the tab is there": YES,
            "no it has not": NO,
            "nah the tab is empty": NO,
        },
        "full_license": {
            "no, im in research now, not practicing since 97": NO,
            "no i didn't": NO,
            "nope never did": NO,
            "yes from the medical council of zambia": YES,
            "no, i went straight into a phd": NO,
        },
        "core_done": {"yes since last spring": YES, "nope, surgery is missing": NO},
        "us_training": {"none yet, still pgy1": "none", "no, i am not in one": "none"},
        "july_start": {"yeah no contract anywhere": None, "yep, free by june": YES},
        "j1_history": {"no i never held one": "never", "nope, i was always on a b2": "never"},
        "us_residency": {"yes i did": EARLIER_MATCH, "yes, in ohio": EARLIER_MATCH},
    },
    "a yes or no that is none, or is taken back": {
        "school_note": {
            "yes but for other years": None,
            "yes? what is a sponsor note": None,
            "no idea": NOT_SURE,
            "no problem": None,
            "no, that's wrong": None,
            "no you asked me this": None,
            "yes my friend has": None,
        },
        "full_license": {
            "no valid passport": None,
            "yes, it was revoked": None,
            "yes until 2011": None,
            "yes if the council renews it": None,
            "yes, next year": None,
            "no more exams please": None,
            "yes and no": None,
        },
        "exam_gap": {"no more than 7": None, "no, within 5 years": None, "no, ecfmg granted an exception": None},
        "entry_ban": {"no valid visa": None, "no, born in iran": None},
        "oet": {
            "yes i understand": None,
            "yes next question": None,
            "yes, maybe in spring": None,
            "yes because my school was in english": None,
            "no i passed it": None,
        },
        "core_done": {"yes 5 of 6": None, "yes all but psych": NO},
        "papers": {"yes all except insurance": None, "all besides the vaccines": None},
        "progress": {
            "no certificate": ("none", "step_1", "step_2_ck", "both"),
            "no exams": "none",
        },
        "skills": {"no cs": ("nothing", "pathway_valid", "cs_failed")},
    },
    "a place abroad where the school is asked for": {
        "school_place": {
            "debrecen, thats hungary": ABROAD,
            "sweden": ABROAD,
            "sweden is outside the us": ABROAD,
            "yes, univ of iceland": ABROAD,
            "i told u, pakistan": ABROAD,
            "im from india, studied there": ABROAD,
            "a public one in nepal": ABROAD,
            "its near lagos": ABROAD,
            "semmelweis in the english program": ABROAD,
            "not in the us, in egypt": ABROAD,
            "went to school in manila": ABROAD,
            "ross university": ABROAD,
            "from bangladesh": ABROAD,
            "lahore, as i said": ABROAD,
        }
    },
    "a place that is no school's": {
        "school_place": {
            "pakistani passport": None,
            "i live in germany now": None,
            "i am indian": None,
            "i'm from kenya": None,
            "born in peru": None,
            "my parents are in iran": None,
            "not in india": None,
            "india but i moved to canada": None,
            "germany or ohio": None,
            "working in dubai": None,
            "dual citizen of spain": None,
            "hungary, then transferred to chicago": None,
            "i speak french": None,
            "maybe poland": None,
            "india and us": None,
            "paris texas": None,
        }
    },
    "usual words for an option": {
        "status": {
            "J-1 research scholar, working in a lab": "in_us",
            "on h1b as a researcher": "in_us",
            "british so visa or esta": "visa",
            "irish, so esta": "visa",
        },
        "us_residency": {
            "was in the match last year": "unmatched",
            "applied last year, didnt match": "unmatched",
            "applied, never matched, no residency": "unmatched",
            "did not match twice": "unmatched",
            "been in the match before": "unmatched",
        },
        "stage": {
            "havent started, begin in september 2027": "not_in_school",
            "not begun, first day is in august": "not_in_school",
            "3rd year, just started rotations": "clinical",
            "havent started step 1": None,
            "haven't started clinicals": None,
            "not started applying": None,
        },
        "season_status": {
            "Applied + registered, 0 interviews": "registered",
            "applied and registered already": "registered",
            "applied & registered": "registered",
        },
        "oet": {"no OET not done": NO, "no, havent booked the oet": NO},
    },
    "not knowing, in a few words": {
        "oet": {
            "no idea what that is": NOT_SURE,
            "no clue": NOT_SURE,
            "whats that? not sure": NOT_SURE,
            "idk what this means": NOT_SURE,
            "dont know, sorry": NOT_SURE,
            "i have no idea tbh": NOT_SURE,
            "no clue what an OET is": NOT_SURE,
            "not sure about my travel visa": None,
            "what is that": None,
            "no idea how to pay the rent": None,
            "maybe": NOT_SURE,
        },
        "attempts": {"not sure, maybe 2 times": "under"},
    },
    "a place of this season": {
        "season_status": {
            "i did not match this season": NO_PLACE,
            "no i have no place": NO_PLACE,
            "no place yet": NO_PLACE,
            "no place to live": None,
            "already applied for one elective": None,
            "applied for an observership": None,
            "applied to medical school": None,
            "already applied for a visa": None,
            "applied for two rotations": None,
            "applied for a research job": None,
            "applied to 40 programs": "applied",
            "already applied to residency": "applied",
            "unmatched in CaRMS": None,
            "in 2015 I did not match": None,
            "didnt match last year": None,
            "matched in 2020 but resigned": None,
            "no match": NO_PLACE,
        }
    },
    "ESTA, or a choice of it": {
        "waiver_passport": {
            "visa or esta": None,
            "can i use esta": None,
            "WB with ESTA? we don't have that": None,
            "we dont get esta": NO,
            "i can NOT use esta": NO,
            "i travel on esta": YES,
            "a visa vs esta": None,
            "esta or visa, whatever is easier": None,
            "i have never had an esta": NO,
            "i did not have esta": NO,
            "is esta enough": None,
            "i always use esta": YES,
            "wb on esta": None,
        }
    },
    "american, or a relative who is": {
        "status": {
            "im not american": NOT_CITIZEN,
            "not an american": NOT_CITIZEN,
            "i am american": "citizen",
            "my boyfriend american": None,
            "american wife": None,
            "married to american": None,
            "i have a cousin, american": None,
        }
    },
    "years of training that are finished": {
        "us_training": {
            "pgy2 spot opened": None,
            "for 2nd yr my own program has my signature": None,
            "only 5 months in": "none",
            "just 3 months into residency": "none",
            "looking at an open pgy3 position": None,
            "a pgy2 vacancy in ohio": None,
            "not even one": "none",
        }
    },
    "a year that is only about so": {
        "graduation_year": {
            "about 6 years ago": None,
            "over five years ago": None,
            "more than 10 years ago": None,
            "almost 4 years ago": None,
            "10+ years ago": None,
            "nearly 8 yrs ago": None,
            "a couple years ago": None,
            "6 years ago": 2020,
            "not 2016": None,
            "before 2010": None,
            "around 2016": None,
            "it was 2016": 2016,
        },
        "exam_gap": {
            "within 9 years": None,
            "over 3 years": None,
            "over 9 years": NO,
            "3 years apart": YES,
            "less than 5 years": YES,
        },
    },
}  # fmt: skip
ROWS = [
    (kind, q, text, answer) for kind, qs in KINDS.items() for q, texts in qs.items() for text, answer in texts.items()
]


def booked(question: str, text: str, **answers: Answer) -> Answer | None:
    """What stands under a question once a message was heard while it was open."""
    state = State("match", answers=answers, trail=tuple(answers), asked=question)
    turn = QuizTalk(bot()).hear(state, heard(text, band="ask"), is_asking=True)
    return (turn.state if turn else state).answers.get(question)


@pytest.mark.parametrize(("kind", "question", "text", "answer"), ROWS, ids=[f"{q}: {text}" for _, q, text, _ in ROWS])
def test_words_at_an_open_question(kind: str, question: str, text: str, answer: Answer | None) -> None:
    assert booked(question, text) == answer, kind


@pytest.mark.parametrize("text", ["i did not match this season", "no i have no place", "i have no place yet"])
def test_a_match_that_was_none_is_put_right(text: str) -> None:
    talk = Talk("match").answers(stage="graduate", school_place="elsewhere", us_residency="none")
    talk.says("i matched").noted(season_status="matched").says(text)
    assert "matched" not in talk.state.answers["season_status"]


@pytest.mark.parametrize("text", ["i matched into im", "when i matched it was my first try", "i have matched once"])
def test_the_match_of_a_resident_is_not_this_seasons(text: str) -> None:
    talk = Talk("match").answers(stage="graduate", school_place="elsewhere", us_residency="current")
    assert "season_status" not in talk.says(text).state.answers
    talk.says("i matched this season").noted(season_status="matched")


def test_she_is_the_person_of_whom_the_record_is() -> None:
    talk = Talk("visa", "my wife graduated in 2015").says("She is NOT american")
    talk.noted(status=NOT_CITIZEN)
    assert talk.state.about == "wife"
    Talk("visa", "i graduated in 2015").says("she is not american").noted(status=None)
