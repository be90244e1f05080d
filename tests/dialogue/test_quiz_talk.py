"""The quiz as talk: answers, corrections, commands, clicks, the result and the rotation that fits."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from img_pathway.dialogue.quiz_turn import GOAL
from img_pathway.dialogue.result import result
from img_pathway.quiz import State
from img_pathway.quiz.engine import is_settled
from img_pathway.quiz.model import NOT_SURE
from img_pathway.reply import Reply
from tests.dialogue.talk import Talk
from tests.quiz.content import bot, engine
from tests.quiz.walking import Answers, profiles, said, walk_by_hand

GOALS = tuple(engine().quiz.goals)
NAMES = {name: question.name for name, question in engine().quiz.questions.items()}
VISITOR = {"school_place": "elsewhere", "status": "visa", "entry_ban": "not_listed"}


# Asking and answering


def test_the_goal_comes_first_and_can_be_clicked_typed_or_numbered() -> None:
    for message in ("goal:certification", "ECFMG certification", "2", "ecfmg"):
        Talk().asked(GOAL).says(message).aims_at("certification").asked("stage")


def test_not_knowing_the_goal_is_a_goal() -> None:
    Talk().says("I don't know").aims_at("unsure").asked("stage")


def test_a_goal_that_is_no_goal_is_no_answer() -> None:
    Talk().says("banana").is_no_answer().aims_at(None)


def test_clicks_lead_to_a_result() -> None:
    talk = Talk("internship").answers(stage="graduate", internship_post="home_year")
    talk.is_now("finished").asked(None).knows_only(stage="graduate", internship_post="home_year")


@pytest.mark.parametrize("message", ["stage:graduate", "graduate", "Graduated, I have my degree", "4", "i graduated"])
def test_every_way_to_say_an_answer_is_kept(message: str) -> None:
    Talk("certification").asked("stage").says(message).noted(stage="graduate").asked("school_place")


def test_a_year_is_typed_and_checked() -> None:
    talk = Talk("certification").answers(
        stage="graduate", school_place="elsewhere", progress="none", school_note="yes", attempts="under"
    )
    talk.answers(skills="nothing", full_license="no").asked("graduation_year")
    talk.says("1812").said("year_range", year="1812").asked("graduation_year").noted(graduation_year=None)
    talk.says("16").is_no_answer()
    talk.says("2016").noted(graduation_year=2016).asked("oet")


@pytest.mark.parametrize(
    ("goal", "question", "answers", "text"),
    [
        ("certification", "school_place", {"stage": "graduate"}, "canada"),
        ("certification", "school_place", {"stage": "graduate"}, "Canadian"),
        ("clinical", "stage", {}, "student"),
        ("clinical", "stage", {}, "still a student"),
    ],
)
def test_what_fits_several_options_is_asked_once_more_with_those_alone(
    goal: str, question: str, answers: dict[str, str], text: str
) -> None:
    several = engine().quiz.questions[question].several[0].means
    talk = Talk(goal).answers(**answers).asked(question).says(text)
    talk.said("which_of_these").asked(question).noted(**{question: several})
    assert [option.payload for option in talk.question.options[:-1]] == [f"{question}:{o}" for o in several]
    talk.says("2").noted(**{question: several[1]})


def test_words_for_several_options_are_one_once_the_others_are_ruled_out() -> None:
    talk = Talk("clinical").asked("stage").says("student").says("student")
    talk.noted(stage=engine().quiz.questions["stage"].several[0].means)


def test_not_sure_is_helped_kept_and_not_asked_again() -> None:
    talk = Talk("certification").says("stage:graduate").says("not sure").noted(school_place=NOT_SURE)
    assert bot().engine.quiz.questions["school_place"].unsure in talk.text
    assert talk.state.asked != "school_place"


@pytest.mark.parametrize("message", ["banana", "7", "what is a visa", "😭", "", "٢", "a" * 10_000])
def test_what_is_no_answer_changes_nothing(message: str) -> None:
    Talk("certification").asked("stage").says(message).is_no_answer().knows_only().asked("stage")


def test_an_answer_to_another_question_is_kept_for_that_one_and_shown() -> None:
    talk = Talk("match").asked("stage").says("I have a green card")
    talk.noted(status="green_card", stage=None).asked("stage")
    assert [given.name for given in talk.turn.reply.answers] == [NAMES["status"]]


def test_why_explains_the_question_and_asks_it_again() -> None:
    Talk("certification").says("why?").explained("stage").asked("stage").knows_only()
    Talk().says("why").said("goal_why").asked(GOAL)


def test_the_bar_counts_up_and_never_past_its_end() -> None:
    talk = Talk("match")
    seen = []
    while talk.turn.status == "asking":
        progress = talk.question.progress
        assert progress is not None
        assert progress.number <= progress.total
        seen.append(progress.number)
        talk.says(talk.question.options[0].payload)
    assert seen == list(range(1, len(seen) + 1))


def test_every_question_offers_its_options_and_not_sure() -> None:
    talk = Talk("clinical")
    while talk.turn.status == "asking":
        question = str(talk.state.asked)
        wanted = [*engine().quiz.questions[question].options, NOT_SURE]
        assert [option.payload for option in talk.question.options] == [f"{question}:{o}" for o in wanted]
        talk.says(talk.question.options[1].payload)


# Stories


def test_a_story_is_kept_and_not_asked_again() -> None:
    talk = Talk("certification", "I graduated in 2015 in Pakistan, step 1 passed")
    talk.noted(stage="graduate", graduation_year=2015, school_place="elsewhere")
    talk.asked("progress")
    assert [o.payload for o in talk.question.options] == [
        "progress:step_1",
        "progress:both",
        "progress:certified",
        "progress:expired",
        f"progress:{NOT_SURE}",
    ]
    talk.says("progress:step_1").asked("attempts")


NUMBERS = [("1", "under"), ("2", "limit"), ("3", "passed_late"), ("option 2", "limit")]


@pytest.mark.parametrize(("said", "answer"), NUMBERS)
def test_a_number_picks_the_option_that_carries_it_and_what_was_taken_is_said(said: str, answer: str) -> None:
    talk = Talk("certification").answers(stage="graduate", school_place="elsewhere", progress="none", school_note="yes")
    talk.asked("attempts").says(said).noted(attempts=answer).said("noted_list")


def test_an_answer_may_be_changed_before_there_is_a_goal() -> None:
    talk = Talk(text="i graduated in 2015, step 1 passed").asked(GOAL).says("change exams")
    talk.asked("progress").says("progress:both").noted(progress="both").asked(GOAL)


def test_a_number_counts_the_options_on_offer() -> None:
    talk = Talk("certification", "I graduated in 2015 in Pakistan, step 1 passed").asked("progress")
    talk.says("2").noted(progress="both")


def test_a_story_names_its_goal_where_that_is_asked_for() -> None:
    talk = Talk(text="I graduated in 2015, am I eligible for the match?", guess="quiz_start")
    talk.aims_at("match").noted(stage="graduate")


@pytest.mark.parametrize(
    ("story", "goal"),
    {
        "img, grad 2017, step 1 pass, am i eligble for match": "match",
        "I have step 1, do I qualify for a J-1 visa": "visa",
        "no us experience, not matched twice. eligible for an observership?": "clinical",
        "gradueted 2019, no usce, can i still match this year": "match",
        "grad 2017, step 1 passed, hoping to match one day": "match",
        "passed both steps. dont want the match, want ecfmg certificate": "certification",
        "grad 2017, not matched last year": None,
        "am i eligible": None,
    }.items(),
)
def test_a_story_names_its_goal_where_it_asks_or_says_what_for(story: str, goal: str | None) -> None:
    Talk(text=story).aims_at(goal)


def test_a_story_about_a_relative_is_said_back() -> None:
    talk = Talk("certification", "my wife graduated in 2015").said("about", who="wife")
    assert talk.state.about == "wife"
    talk.says("my wife passed step 1")
    assert bot().say("about", who="wife") not in talk.text


def test_a_story_can_finish_the_quiz_at_once() -> None:
    Talk("visa", "I am a US citizen").is_now("finished").decides(j1="info", h1b="info", entry_ban="info")


def test_a_correction_changes_the_answer_and_the_verdict() -> None:
    talk = Talk("clinical").answers(stage="graduate", **VISITOR, visit="watch")
    talk.is_now("finished").decides(externship="no", observership="yes")
    talk.says("sorry, I have a green card").noted(status="green_card").decides(externship=_open("externship_site"))
    talk.asked("externship_site").says("externship_site:ready").decides(externship="possible")


def _open(question: str) -> str:
    """An outcome that waits for a question is not decided."""
    assert question in engine().quiz.questions
    return "depends"


def test_a_correction_in_the_middle_leaves_the_rest() -> None:
    talk = Talk("certification").answers(stage="graduate", school_place="elsewhere", progress="both")
    talk.says("actually I have not passed step 2").noted(progress="step_1", stage="graduate", school_place="elsewhere")
    talk.asked("attempts")


# Going back, changing, stopping, starting again


def test_back_takes_answers_away_one_by_one() -> None:
    talk = Talk("certification").answers(stage="graduate", school_place="elsewhere").asked("progress")
    talk.says("back").said("back_to", question=NAMES["school_place"]).asked("school_place").knows_only(stage="graduate")
    talk.says("go back").asked("stage").knows_only()
    talk.says("back").said("nothing_back").asked(GOAL).aims_at(None)
    talk.says("goal:match").aims_at("match").asked("stage")


def test_back_after_the_result_opens_the_last_question() -> None:
    talk = Talk("internship").answers(stage="graduate", internship_post="paid_year").is_now("finished")
    talk.says("back").is_now("asking").asked("internship_post").knows_only(stage="graduate")


@pytest.mark.parametrize("goal", GOALS)
def test_back_undoes_every_single_answer(goal: str) -> None:
    talk = Talk(goal)
    states = []
    while talk.turn.status == "asking":
        states.append((talk.state.asked, dict(talk.state.answers)))
        talk.says(talk.question.options[0].payload if talk.question.options[0].payload[-8:] != NOT_SURE else "2024")
    for asked, answers in reversed(states):
        talk.says("back").asked(asked).knows_only(**answers)


@pytest.mark.parametrize("question", ["stage", "school_place", "progress", "school_note", "attempts"])
def test_any_earlier_answer_can_be_changed(question: str) -> None:
    before = {
        "stage": "graduate",
        "school_place": "elsewhere",
        "progress": "none",
        "school_note": "yes",
        "attempts": "under",
    }
    talk = Talk("certification").answers(**before).asked("skills")
    talk.says(f"change {NAMES[question]}").asked(question)
    other = next(o.payload for o in talk.question.options if o.payload != f"{question}:{before[question]}")
    talk.says(other)
    assert talk.state.answers[question] == other.partition(":")[2]
    kept = {name: answer for name, answer in before.items() if name != question}
    talk.noted(**kept)


def test_change_without_a_name_lists_the_answers() -> None:
    talk = Talk("certification").says("stage:graduate").says("change").said("change_which").asked(None)
    # The number of an option is that of this list.
    assert talk.question == Reply()
    assert "quiz:change:stage" in [option.payload for option in talk.turn.reply.options]
    talk.says(f"change {NAMES['stage']}").asked("stage")


def test_change_before_any_answer_says_so() -> None:
    Talk("certification").says("change").said("nothing_yet").asked("stage")


def test_change_can_hold_the_new_answer() -> None:
    talk = Talk("clinical").answers(stage="graduate", **VISITOR, visit="watch")
    talk.is_now("finished").says("change: I have a green card").noted(status="green_card").asked("externship_site")


def test_my_answers_are_listed_in_order() -> None:
    talk = Talk("certification").says("stage:graduate").says("school_place:elsewhere").says("show my answers")
    assert [given.name for given in talk.turn.reply.answers] == [NAMES["stage"], NAMES["school_place"]]
    talk.asked("progress")


def test_stop_keeps_the_answers_and_the_quiz_resumes() -> None:
    talk = Talk("certification").says("stage:graduate").says("stop").is_now("stopped").said("stopped")
    talk.knows_only(stage="graduate").aims_at("certification")
    talk.says("continue").is_now("asking").asked("school_place").knows_only(stage="graduate")


def test_a_stopped_quiz_shows_its_result_so_far() -> None:
    talk = Talk("certification").says("stage:graduate").says("stop").says("show my result").is_now("finished")
    assert {section.kind for section in talk.turn.reply.sections} == {"depends"}


def test_start_again_forgets_everything() -> None:
    talk = Talk("certification", "my wife graduated in 2015").says("start over").said("restarted")
    assert talk.state == State(asked=GOAL)


def test_the_state_survives_its_slot() -> None:
    talk = Talk("certification", "I graduated in 2015, step 1 passed").says("school_place:not_sure")
    kept = json.loads(json.dumps(talk.state.to_slot()))
    assert State.from_slot(kept, engine().quiz) == talk.state


# Clicks


def test_a_stale_click_changes_nothing_and_offers_the_change() -> None:
    talk = Talk("certification").answers(stage="graduate", school_place="elsewhere").asked("progress")
    talk.says("stage:preclinical").knows_only(stage="graduate", school_place="elsewhere").asked("progress")
    talk.said("stale", question=NAMES["stage"])
    assert "quiz:change:stage" in [option.payload for option in talk.turn.reply.options]


def test_a_click_of_a_question_still_to_come_changes_nothing() -> None:
    Talk("certification").asked("stage").says("skills:nothing").knows_only().asked("stage")


def test_a_stale_click_after_the_result_changes_nothing() -> None:
    talk = Talk("internship").answers(stage="graduate", internship_post="paid_year").is_now("finished")
    talk.says("stage:clinical").knows_only(stage="graduate", internship_post="paid_year")


@pytest.mark.parametrize("message", ["stage:astronaut", "gone:graduate", "goal:marriage"])
def test_an_unknown_click_is_no_answer(message: str) -> None:
    Talk("certification").asked("stage").says(message).is_no_answer().knows_only()


def test_a_new_goal_by_click_keeps_the_answers() -> None:
    talk = Talk("certification").answers(stage="graduate", school_place="elsewhere")
    talk.says("goal:match").aims_at("match").noted(stage="graduate", school_place="elsewhere").asked("us_residency")


# The result


def paths() -> list[tuple[str, Answers]]:
    """People for every goal, from a first answer everywhere to drawn ones; the same ones every time."""
    people = [{}, *profiles(engine(), 12, 7)]
    return [(goal, walk_by_hand(engine(), goal, profile)) for goal in GOALS for profile in people]


@pytest.mark.parametrize(("goal", "answers"), paths())
def test_a_result_is_complete(goal: str, answers: Answers) -> None:
    reply = result(bot(), State(goal, answers))
    quiz = engine().quiz
    items = [(section.kind, item) for section in reply.sections for item in section.items]
    decided = [item.name for kind, item in items if kind != "depends"]
    open_ones = " ".join(" ".join(item.notes) for kind, item in items if kind == "depends")
    cases = {outcome: engine().decide(outcome, answers).case for outcome in quiz.goals[goal].outcomes}
    names = [quiz.outcomes[outcome].name for outcome, case in cases.items() if not (case and case.silent)]
    assert all(any(d.startswith(name) for d in decided) or name in open_ones for name in names), said(goal, answers)
    assert reply.sources
    assert all(source.url and source.as_of for source in reply.sources)
    assert bool(reply.plan) is bool(quiz.goals[goal].plan)
    assert len([step for step in reply.plan if step.state == "here"]) <= 1, said(goal, answers)
    assert bot().say("no_promise") in reply.closing
    assert ("depends" in [s.kind for s in reply.sections]) <= (NOT_SURE in answers.values())


def test_sections_follow_the_verdicts() -> None:
    answers = {"stage": "graduate", **VISITOR, "visit": "watch"}
    sections = {section.kind: section.items for section in result(bot(), State("clinical", answers)).sections}
    names = {name: outcome.name for name, outcome in engine().quiz.outcomes.items()}
    assert [item.name.startswith(names["observership"]) for item in sections["can_now"]] == [True]
    assert len(sections["not_open"]) == 3
    assert len(sections["good_to_know"]) == 2
    assert "not_yet" not in sections


def test_what_is_missing_is_named_by_its_todo() -> None:
    answers: Answers = {"stage": "graduate", "school_place": "elsewhere", "progress": "step_1", "attempts": "under"}
    answers |= {"skills": "nothing", "exam_gap": "yes"}
    reply = result(bot(), State("certification", answers))
    (item,) = [
        item
        for section in reply.sections
        for item in section.items
        if item.name.startswith(engine().quiz.outcomes["certification"].name)
    ]
    notes = " ".join(item.notes)
    for criterion in ("step_2_ck_passed", "skills_met"):
        todo = engine().quiz.criteria[criterion].todo
        assert todo is not None
        assert todo.rstrip(".") in notes
    done = engine().quiz.criteria["step_1_passed"].todo
    assert done is not None
    assert done.rstrip(".") not in notes


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from(GOALS), st.data())
def test_any_clicks_and_commands_end_in_a_result(goal: str, data: st.DataObject) -> None:
    talk = Talk(goal)
    commands = ["back", "why", "change", "my answers", "stage:graduate", "banana", "continue", "stop"]
    for _ in range(12):
        if talk.turn.status == "finished":
            break
        payloads = [option.payload for option in talk.question.options]
        talk.says(data.draw(st.sampled_from([*payloads, *commands])))
        settled = [question for question, answer in talk.state.answers.items() if is_settled(answer)]
        assert set(settled) <= set(talk.state.trail)
        assert len(set(talk.state.trail)) == len(talk.state.trail)
    talk.says("goal:unsure" if talk.state.goal is None else "show my result").says("show my result")
    assert talk.turn.status == "finished"
    assert talk.turn.reply.sources


def test_a_goal_that_was_read_in_a_message_is_said() -> None:
    goal = bot().engine.quiz.goals["match"].label
    Talk(None, "gradueted 2019, no usce, can i still match this year").said("goal_read", goal=goal)
    talk = Talk(text="check me").asked(GOAL).says("the match")
    assert bot().say("goal_read", goal=goal) not in talk.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("both steps. oet ok too, i have a green card", {"progress": "both", "oet": "yes", "status": "green_card"}),
        ("step 1 only, graduated in 2019", {"progress": "step_1", "graduation_year": 2019}),
        # What comes first is no answer.
        ("well. i have a green card", {"status": "green_card"}),
        ("not sure. i have a green card", {"status": "green_card"}),
    ],
)
def test_who_tells_more_than_was_asked_has_answered_first(text: str, told: dict[str, str | int]) -> None:
    before = {"stage": "graduate", "school_place": "elsewhere"}
    talk = Talk("certification").answers(**before).asked("progress").says(text)
    assert {name: answer for name, answer in talk.state.answers.items() if name not in before} == told
