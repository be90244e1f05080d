"""What is told or supposed once a result was shown: it is worked out anew, and what changed is said."""

from __future__ import annotations

from img_pathway.dialogue.listening import listen
from tests.dialogue.hearing import heard
from tests.dialogue.talk import Talk
from tests.quiz.content import bot

GRADUATE = {
    "stage": "graduate",
    "school_place": "elsewhere",
    "progress": "both",
    "exam_gap": "yes",
    "skills": "pathway_valid",
}


def shown(talk: Talk, outcome: str, before: str, now: str) -> bool:
    name = bot().engine.quiz.outcomes[outcome].name
    words = {verdict: bot().say(f"low_verdict_{verdict}") for verdict in (before, now)}
    return bot().say("verdict_changed", name=name, before=words[before], now=words[now]) in talk.text


def test_a_correction_after_the_result_gives_it_anew_with_what_changed() -> None:
    talk = Talk("certification").answers(**GRADUATE).is_now("finished").decides(certification="likely")
    talk.says("sorry, i am certified already").asked("progress").says("progress:certified").is_now("finished")
    talk.said("result_changed")
    assert shown(talk, "certification", "likely", "yes")
    assert talk.turn.reply.sections


def test_what_is_told_with_the_wish_for_a_result_counts_in_it() -> None:
    talk = Talk("certification").answers(**{**GRADUATE, "skills": "pathway_valid"}).is_now("finished")
    talk.says("i failed step 1 five times before passing, show my result", "quiz_result").is_now("finished")
    talk.noted(attempts="passed_late").said("noted")


def test_what_does_not_go_with_an_answer_is_asked_before_the_result() -> None:
    talk = Talk("certification").answers(**GRADUATE).is_now("finished")
    talk.says("i have a green card and only step 1. i have not graduated, what is my result", "quiz_result")
    talk.is_now("asking")


def test_the_same_result_again_says_nothing_of_changes() -> None:
    talk = Talk("certification").answers(**GRADUATE).is_now("finished").says("show my result").is_now("finished")
    assert bot().say("result_changed") not in talk.text


def test_another_goal_is_no_change() -> None:
    talk = Talk("certification").answers(**GRADUATE).is_now("finished").says("goal:internship")
    talk.says("internship_post:paid_year").is_now("finished")
    assert bot().say("result_changed") not in talk.text


def test_what_is_supposed_is_worked_out_and_not_kept() -> None:
    talk = Talk("certification").answers(**GRADUATE).is_now("finished")
    talk.says("what if i get certified by march then?").is_now("stopped").noted(progress="both")
    assert shown(talk, "certification", "likely", "yes")
    talk.says("show my result")
    assert bot().say("result_changed") not in talk.text


def test_what_is_supposed_may_change_nothing() -> None:
    talk = Talk("certification").answers(**GRADUATE).is_now("finished")
    talk.says("suppose i had a green card").said("nothing_else").noted(progress="both")
    assert "status" not in talk.state.answers


def test_what_is_so_already_is_not_supposed() -> None:
    talk = Talk("certification").answers(**GRADUATE).is_now("finished")
    message = heard("can i match if i graduated, with both steps passed?", "ask/what")
    assert not listen(bot(), talk.state, message, is_asking=False).supposed


def test_what_is_supposed_in_the_middle_leaves_the_question_open() -> None:
    answered = {name: answer for name, answer in GRADUATE.items() if name != "skills"}
    talk = Talk("certification").answers(**answered).asked("skills")
    talk.says("what if i get certified by march then?").is_now("asking").asked("skills").noted(progress="both")


def test_a_country_answers_what_the_result_says_is_to_be_found_out() -> None:
    talk = Talk("clinical").answers(stage="graduate", school_place="elsewhere", status="visa")
    talk.asked("entry_ban").says("not sure").is_now("finished")
    talk.says("checked, pakistan is not on it. so now what am i eligible for", "quiz_result")
    talk.noted(entry_ban="not_listed").decides(observership="yes")
