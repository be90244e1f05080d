"""The quiz over HTTP: from first words to a result, with interruptions, corrections and bad input."""

from __future__ import annotations

import pytest

from tests.talking import Talk

pytestmark = pytest.mark.server

# Named fragments, from which the scenarios are made.
OLD_GRADUATE = "I graduated 2016 in Lahore, step 1 pass, step 2 pending, no USCE"
FOR_THE_MATCH = "am i eligible for the match?"


def start(talk: Talk, goal: str) -> Talk:
    return talk.says("check my eligibility").asked("goal").says(f"goal:{goal}")


def test_a_story_is_kept_and_not_asked_again(talk: Talk) -> None:
    talk.says(FOR_THE_MATCH).asked("stage")
    talk.says(OLD_GRADUATE).phrase("noted_list").not_asked("stage").not_asked("progress").asked("us_residency")


def test_a_question_in_the_middle_is_answered_and_the_quiz_goes_on(talk: Talk) -> None:
    start(talk, "match").asked("stage")
    talk.says("what is a transitional year?").about("transitional_year").asked("stage")
    talk.says("4").asked("school_place")


def test_the_cost_of_what_a_goal_names_is_answered_and_no_goal_is_taken(talk: Talk) -> None:
    talk.says("check my eligibility").asked("goal")
    talk.says("ok n rotation cost im poor").not_asked("status")
    talk.says("rotation").asked("stage")


def test_a_record_that_ends_in_what_one_is_eligible_for_has_its_goal(talk: Talk) -> None:
    talk.says("hi im a dr grad 2017, step1 pass 2ck 231 failed once no us exp am i eligble for match")
    talk.phrase("noted_list").asked("school_place")


def test_a_common_question_in_the_middle_is_answered_and_the_quiz_goes_on(talk: Talk) -> None:
    start(talk, "match").asked("stage")
    talk.says("do i need a photo for eras?").common("eras_photo").asked("stage")
    talk.says("¿cuánto cuesta todo el proceso de la residencia?").in_language("es").asked("stage")
    talk.says("4").asked("school_place")


def test_to_a_result_by_numbers_and_buttons_and_words(talk: Talk) -> None:
    start(talk, "clinical").asked("stage")
    talk.says("i already graduated").asked("school_place")
    talk.says("school_place:elsewhere").asked("status")
    talk.says("1").asked("entry_ban")
    talk.says("entry_ban:not_listed").asked("visit")
    talk.says("just observing").result("clinical")
    talk.verdict("clerkship", "no").verdict("externship", "no").verdict("observership", "yes")
    assert str(talk.bot.organization.apply_link) in talk.text


def test_a_correction_changes_the_answer(talk: Talk) -> None:
    start(talk, "certification")
    for answer in ("4", "1", "both steps passed, not certified", "yes", "pathway accepted"):
        talk.says(answer)
    talk.result("certification").verdict("certification", "likely")
    talk.says("actually i haven't passed step 2 yet").asked("attempts")
    talk.says("never").result("certification").verdict("certification", "not_yet")


def test_after_the_result_what_is_told_and_what_is_supposed_is_worked_out(talk: Talk) -> None:
    start(talk, "certification")
    for answer in ("stage:graduate", "school_place:elsewhere", "progress:both", "exam_gap:yes", "skills:pathway_valid"):
        talk.says(answer)
    talk.verdict("certification", "likely")
    talk.says("and what if i get certified by march?").phrase("suppose")
    talk.says("sorry, i have only step 1").asked("attempts")
    talk.says("never").phrase("result_changed").verdict("certification", "not_yet")


def test_back_change_answers_stop_resume_and_restart(talk: Talk) -> None:
    start(talk, "match").says("4").asked("school_place")
    talk.says("back").asked("stage").says("3").asked("school_place")
    talk.says("change where you are").asked("stage").says("graduated").asked("school_place")
    talk.says("my answers").phrase("your_answers").asked("school_place")
    talk.says("why").asked("school_place")
    talk.says("stop").phrase("stopped")
    talk.says("continue").asked("school_place")
    talk.says("start again").phrase("restarted").asked("goal")


def test_answers_are_not_cleared_for_words_that_only_sound_like_it(talk: Talk) -> None:
    start(talk, "match").says("stage:graduate").asked("school_place")
    talk.says("stop").phrase("stopped")
    talk.says("not started")
    assert talk.bot.say("restarted") not in talk.text
    talk.says("continue").asked("school_place")


def test_a_stale_button_changes_nothing(talk: Talk) -> None:
    start(talk, "match").says("stage:graduate").asked("school_place")
    talk.says("stage:final_year").phrase("stale").asked("school_place")
    talk.says("my answers")
    assert talk.bot.engine.quiz.questions["stage"].options["graduate"].label in talk.text


@pytest.mark.parametrize(
    "text",
    ["🙂", "\u200b", "\u0007hm\u0001", "x" * 1000, "как дела", "42", "banana", "progress:both", "9999999999999999"],
)
def test_bad_input_loses_no_answer(talk: Talk, text: str) -> None:
    start(talk, "match").says("4").asked("school_place")
    talk.says(text)
    assert talk.text.strip(), f"no answer to {text[:20]!r}"
    talk.says("my answers")
    assert talk.bot.engine.quiz.questions["stage"].options["graduate"].label in talk.text


def test_asking_for_a_wife(talk: Talk) -> None:
    talk.says("my wife finished med school in cairo in 2019, she has a green card, what can she do?")
    talk.phrase("about")


def test_a_rotation_is_steered_and_the_no_is_honest(talk: Talk) -> None:
    talk.says("i want a hands on rotation in chicago").asked("stage")
    talk.says("i graduated in 2018 and i need a visa")
    talk.says("1").asked("entry_ban").says("no").says("1").verdict("externship", "no").verdict("observership", "yes")
