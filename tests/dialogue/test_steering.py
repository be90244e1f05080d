"""The rotation that fits a person and no other, or an honest no."""

from __future__ import annotations

import pytest

from img_pathway.dialogue.result import result
from img_pathway.dialogue.steering import rotation_for, steer
from img_pathway.quiz import State, Truth
from img_pathway.reply import Reply
from tests.dialogue.talk import Talk
from tests.quiz.content import bot, engine
from tests.quiz.walking import Answers, profiles, said

VISITOR = {"school_place": "elsewhere", "status": "visa", "entry_ban": "not_listed"}


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        (
            {
                "stage": "clinical",
                **VISITOR,
                "core_done": "yes",
                "school_support": "yes",
                "papers": "ready",
                "visit": "school_hospital",
            },
            "clerkship",
        ),
        (
            {
                "stage": "final_year",
                "school_place": "elsewhere",
                "status": "citizen",
                "core_done": "yes",
                "school_support": "yes",
                "papers": "ready",
            },
            "clerkship",
        ),
        ({"stage": "graduate", **VISITOR}, "observership"),
        (
            {
                "stage": "graduate",
                **VISITOR,
                "status": "work_permit",
                "entry_ban": "full",
                "externship_site": "unclear",
            },
            "observership",
        ),
        ({"stage": "graduate", **VISITOR, "status": "citizen", "externship_site": "ready"}, "observership"),
    ],
)
def test_steering_fits_the_person(answers: Answers, kind: str) -> None:
    talk = Talk("clinical")
    talk.turn = type(talk.turn)(State("clinical", answers), "finished")
    talk.offers(kind)
    assert steer(bot(), talk.state).sources


def test_a_citizen_with_site_and_cover_may_do_an_externship() -> None:
    talk = Talk("clinical").answers(stage="graduate", school_place="elsewhere", status="citizen")
    talk.answers(externship_site="ready").is_now("finished")
    talk.decides(externship="possible", observership="yes", clerkship="no")


def test_where_the_ban_closes_every_rotation_the_answer_is_an_honest_no() -> None:
    talk = Talk("clinical").answers(stage="graduate", **{**VISITOR, "entry_ban": "full"}).is_now("finished")
    talk.offers(None).says_honestly_no()
    assert bot().organization.name not in " ".join(steer(bot(), talk.state).text)


@pytest.mark.parametrize(
    "answers",
    [
        {"stage": "not_in_school"},
        {"stage": "final_year", "school_place": "us"},
        {"stage": "graduate", "school_place": "us", "status": "citizen"},
    ],
)
def test_nothing_is_offered_to_whom_no_rotation_is_meant_for(answers: Answers) -> None:
    talk = Talk("clinical")
    talk.turn = type(talk.turn)(State("clinical", answers), "finished")
    talk.offers(None).says_honestly_no()


def test_residents_are_offered_no_rotation_and_get_no_advertisement() -> None:
    """Observerships are open to them by the rules, and would be money lost."""
    answers: Answers = {"stage": "graduate", **VISITOR, "us_residency": "dismissed"}
    assert engine().decide("observership", answers).case
    assert steer(bot(), State("match", answers)) == Reply()
    assert steer(bot(), State("clinical", answers)).text == (bot().say("rotation_none"),)
    assert steer(bot(), State("match", {**answers, "us_residency": "none"})).text


def test_what_does_not_concern_a_person_is_left_out_of_the_result() -> None:
    name = engine().quiz.outcomes["new_place"].name
    for residency, is_shown in (("none", False), ("dismissed", True)):
        answers: Answers = {"stage": "graduate", **VISITOR, "us_residency": residency}
        sections = result(bot(), State("match", answers)).sections
        assert any(i.name.startswith(name) for section in sections for i in section.items) is is_shown


def test_where_too_little_is_known_the_rotation_asks_first() -> None:
    state, reply, asks = rotation_for(bot(), State())
    assert asks
    assert state.goal == "clinical"
    assert reply.text == (bot().say("rotation_ask"),)


def test_steering_never_offers_what_is_not_open() -> None:
    kinds = {record.offers: name for name, record in engine().quiz.outcomes.items() if record.offers}
    for answers in profiles(engine(), 150, 11):
        reply = steer(bot(), State("clinical", answers))
        offered = {r.kind for r in bot().organization.rotations if r.name in " ".join(reply.text)}
        for kind in offered:
            case = engine().decide(kinds[kind], answers).case
            assert case is not None
            assert case.verdict in ("yes", "likely", "possible"), said("clinical", answers)
        banned = engine().known(answers)("ban_applies") is Truth.YES
        needs_visa = engine().known(answers)("needs_visa") is not Truth.NO
        assert not (banned and offered), said("clinical", answers)
        assert not (needs_visa and "externship" in offered), said("clinical", answers)
