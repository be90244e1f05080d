"""What people write, in their own worried words, and what it answers: never more than they said."""

# ruff: noqa: RUF001 - people write in other scripts and in full-width letters

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from img_pathway.quiz.model import NOT_SURE
from img_pathway.quiz.reader import Click, Reader
from img_pathway.quiz.state import Answer
from tests.quiz.content import TODAY, bot, engine

READER: Reader = bot().reader

GRADUATE = {"stage": "graduate"}
IMG = {"school_place": "elsewhere"}
# What "passed" and "not passed" leave possible of each exam.
STEP_1, NO_STEP_1 = ("step_1", "both", "certified", "expired"), ("none", "step_2_ck")
STEP_2, NO_STEP_2 = ("step_2_ck", "both", "certified", "expired"), ("none", "step_1")
CERTIFIED = ("certified", "expired")
BOTH = ("both", "certified", "expired")
# So many failures, and no word of whether the Step was passed in the end.
LATE_OR_NOT = ("limit", "passed_late")
CANADA = ("canada_new", "canada_old", "canada_between")
STUDENT = ("preclinical", "clinical", "final_year")

STORIES: dict[str, dict[str, Answer]] = {
    # Exams
    "finally cleared step 1 last week!!": {"progress": STEP_1},
    "I passed step 1 and I'm now stuck": {"progress": STEP_1},
    "step 1 done, step 2 ck pending": {"progress": "step_1"},
    "Step 1 passed but step 2 not yet": {"progress": "step_1"},
    "passed step 2 ck, still preparing for step 1": {"progress": "step_2_ck"},
    "step 1, step 2 ck and oet passed": {"progress": BOTH, "oet": "yes"},
    "both steps done": {"progress": BOTH},
    "I have passed step 1 and step 2": {"progress": BOTH},
    "I havent passed step 1": {"progress": NO_STEP_1},
    "I did not pass step 1, I am devastated": {"progress": NO_STEP_1},
    "failed step 1 twice": {"attempts": "under"},
    "no exams so far, I feel so late": {"progress": "none", "step_3": "no"},
    "i haven't taken any steps": {"progress": "none", "step_3": "no"},
    # A certificate by a Pathway can have run out, so "certified" alone leaves that open.
    "I am ECFMG certified since march": {"progress": CERTIFIED},
    "I'm certified but my certificate expired in 2024": {"progress": "expired"},
    "my ecfmg certificate has run out": {"progress": "expired"},
    "my certification expires in december": {"progress": "expired"},
    "I have a permanent ECFMG certificate": {"progress": "certified"},
    "I am not ECFMG certified": {"progress": ("none", "step_1", "step_2_ck", "both")},
    "planning to take step 1 next year": {"progress": NO_STEP_1},
    "want to give step 1 soon": {"progress": NO_STEP_1},
    "studying for step 2 ck right now, so tired": {"progress": NO_STEP_2},
    "step 3 passed!": {"step_3": "yes"},
    "I have not taken step 3": {"step_3": "no"},
    "passed all steps, step 3 too": {"progress": BOTH, "step_3": "yes"},
    "oet cleared": {"oet": "yes"},
    "OET is still pending": {"oet": "no"},
    "I never failed any exam": {"attempts": "under"},
    "four failed attempts at step 1, is it over for me": {"attempts": LATE_OR_NOT},
    "failed step 1 once, passed on the second attempt": {"progress": STEP_1, "attempts": "under"},
    "failed step 2 ck once but finally cleared it": {"progress": STEP_2, "attempts": "under"},
    "ck failed once now passed with 229": {"progress": STEP_2, "attempts": "under"},
    "s1 215 and ck failed once now passed 229": {"progress": BOTH, "attempts": "under"},
    "ck failed and i must pass it in may": {"progress": NO_STEP_2},
    "failed step 1, should pass next time": {"progress": NO_STEP_1},
    # The number decides, at the limit and on both sides of it; a bare "failed" tells none.
    "I failed step 1": {},
    "I failed step 1 three times": {"attempts": "under"},
    "I failed step 1 four times": {"attempts": LATE_OR_NOT},
    "I failed step 1 five times": {"attempts": LATE_OR_NOT},
    "failed step 1 5 times": {"attempts": LATE_OR_NOT},
    "failed step 1 six times before 2021": {"attempts": LATE_OR_NOT},
    "I have failed Step 2 CK 4 times": {"attempts": LATE_OR_NOT},
    "passed step 1, failed Step 2 CK 4 times": {"progress": STEP_1, "attempts": LATE_OR_NOT},
    "3 fails at step 1": {"attempts": "under"},
    "5 fails at step 1": {"attempts": LATE_OR_NOT},
    "failed step 1 five times, failed ck once": {"attempts": LATE_OR_NOT},
    "failed ck once, failed step 1 five times": {"attempts": LATE_OR_NOT},
    "failed step 1 four times, passed it on the fifth": {"progress": STEP_1, "attempts": "passed_late"},
    "failed step 1 5 times then passed": {"progress": STEP_1, "attempts": "passed_late"},
    # Of five tries the last may have been the pass; of four, so may three failures have been all.
    "passed step 1 after 5 attempts": {"progress": STEP_1, "attempts": "passed_late"},
    "5 attempts at step 1": {"attempts": ("limit", "passed_late")},
    "passed step 1 on the fourth attempt": {"progress": STEP_1, "attempts": "under"},
    "4 attempts at step 1": {},
    "used all four attempts at step 1": {"attempts": LATE_OR_NOT},
    "passed step 1 in the 5th try": {"progress": STEP_1, "attempts": "passed_late"},
    "step 1 failed 4x": {"attempts": LATE_OR_NOT},
    "4 fails in ck and I am certified": {"progress": CERTIFIED, "attempts": "passed_late"},
    "I am certified but failed ck 4 times": {"progress": CERTIFIED, "attempts": "passed_late"},
    "never failed step 1, failed ck four times": {"attempts": LATE_OR_NOT},
    "I failed step 1 twice and step 2 ck three times": {"attempts": "under"},
    # Not of one exam, or not of an exam at all.
    "failed five times in total": {},
    "I applied to the match 5 times": {},
    "my visa was refused after 4 attempts": {},
    "failed step 1 once and applied for the match 5 times": {"attempts": "under"},
    "what happens if I fail step 1 four times": {},
    "I failed the OET 4 times": {"oet": "no"},
    "failed my driving test five times": {},
    "failed plab 4 times": {},
    "I failed it five times": {"attempts": LATE_OR_NOT},
    "I couldn't pass step 1 even after 5 tries": {"progress": NO_STEP_1, "attempts": "limit"},
    "after failing 3 times I passed step 2 on my fourth attempt": {"progress": STEP_2, "attempts": "under"},
    "step 2 ck failed once, trying to clear it this year": {"progress": NO_STEP_2, "attempts": "under"},
    # A score says that the exam was taken, and is no item of a list of failures.
    "step 1 215, step 2 failed once": {"progress": STEP_1, "attempts": "under"},
    "step 1 215 step 2 ck 229": {"progress": BOTH},
    "s1 done ck score 240": {"progress": ("both", "certified", "expired")},
    "i didnt send anything yet": {"season_status": "not_started"},
    "neither step 1 nor step 2 passed": {"progress": "none"},
    "step 1 yes": {"progress": STEP_1},
    "step 1 yes, step 2 no": {"progress": "step_1"},
    "step 1: yes. step 2 ck: no. oet: no": {"progress": "step_1", "oet": "no"},
    # Where they are
    "I graduated in 2016": {**GRADUATE, "graduation_year": 2016},
    "old graduate here, yog 2012": {**GRADUATE, "graduation_year": 2012},
    # Those who began together.
    "batch of 2017": {},
    "I graduated 5 yrs ago": {**GRADUATE, "graduation_year": TODAY.year - 5},
    "passed out of med school 9 years ago and lost hope": {**GRADUATE, "graduation_year": TODAY.year - 9},
    "final year student": {"stage": "final_year"},
    "I am a final year student from India": {**IMG, "stage": "final_year"},
    "I will graduate in 2028": {"graduation_year": 2028},
    "3rd year med student": {"stage": ("preclinical", "clinical")},
    "I'm a 2nd year med student in Poland": {**IMG, "stage": "preclinical"},
    "still in medical school": {"stage": STUDENT},
    "I have not graduated yet": {"stage": (*STUDENT, "not_in_school")},
    "finished mbbs in 2020 from Lahore": {**IMG, **GRADUATE, "graduation_year": 2020},
    "I'm an IMG from Nigeria": IMG,
    "I did my mbbs in Dhaka": {**IMG, **GRADUATE},
    "studied in Ukraine before the war": IMG,
    "I went to a us medical school": {"school_place": "us"},
    "my school is the university of puerto rico": {"school_place": "us"},
    "I graduated from a canadian medical school": {"stage": "graduate", "school_place": CANADA},
    "I studied medicine in Canada": {"school_place": CANADA},
    "my school is outside the us": {"school_place": "elsewhere"},
    "I am not an IMG": {"school_place": ("us", "canada_old", "canada_between")},
    # Status, visas, country
    "I hold a green card": {"status": "green_card"},
    "green card holder": {"status": "green_card"},
    "US citizen, studied in Grenada": {**IMG, "status": "citizen"},
    "I am not a US citizen": {"status": ("visa", "green_card", "work_permit", "in_us")},
    "no green card": {"status": ("visa", "citizen", "work_permit", "in_us")},
    "I need visa sponsorship": {"status": ("visa", "in_us")},
    "I need a visa": {"status": "visa"},
    "I don't need a visa": {"status": ("citizen", "green_card", "work_permit")},
    "I am on OPT": {"status": "in_us"},
    "I'm on F-1 right now, step 1 passed": {"status": ("visa", "in_us"), "progress": STEP_1},
    "I was on F1 until 2019, now in India": {},
    "I want to come on f1 visa": {},
    "my TPS ended": {"status": ("visa", "work_permit", "in_us")},
    "I applied for a work permit": {"status": ("visa", "in_us")},
    "I have an H4 EAD": {"status": "work_permit"},
    "I am on H4": {"status": ("visa", "in_us")},
    "my asylum is pending, I have an EAD": {"status": "work_permit"},
    "I came on a tourist visa": {"status": "visa"},
    "my country is on the travel ban list": {"entry_ban": ("partial", "full", "exempt")},
    "my country is not on the ban list": {"entry_ban": "not_listed"},
    "living in the US now with an EAD": {"status": "work_permit", "inside_us": "inside"},
    # Pathway, Match, school
    "my pathway got approved, pathway accepted in may": {"skills": "pathway_valid"},
    "no pathway": {"skills": ("nothing", "cs_valid", "cs_failed")},
    "can I do an externship if I have a green card": {},
    "my pathway has run out": {"skills": ("nothing", "cs_failed")},
    "my pathway expired last year": {"skills": ("nothing", "cs_failed")},
    "my pathway is accepted": {"skills": "pathway_valid"},
    "my pathway 3 has run out": {"skills": ("nothing", "cs_failed")},
    "my pathway was accepted but it has expired": {"skills": ("nothing", "cs_failed")},
    "my oet has expired": {"oet": "no"},
    "my school gave an osce": {},
    "my school is wfme accredited": {"school_confirms": "wfme"},
    "I once failed step 2 cs": {"skills": "cs_failed", "attempts": "under"},
    "I matched!!! internal medicine": {"season_status": "matched"},
    "went unmatched this year": {"season_status": ("not_started", "applied", "registered", "unmatched")},
    "I did not match": {"season_status": ("not_started", "applied", "registered", "unmatched")},
    "core rotations are done": {"core_done": "yes"},
    "my cores are not finished": {"core_done": "no"},
    # Several facts in one
    "IMG here, graduated 2015, step 1 passed, no green card": {
        **IMG,
        **GRADUATE,
        "graduation_year": 2015,
        "progress": STEP_1,
        "status": ("visa", "citizen", "work_permit", "in_us"),
    },
    "Hi, I graduated from Cairo in 2019, passed step 1 and step 2 ck but no pathway, I need a visa": {
        **IMG,
        **GRADUATE,
        "graduation_year": 2019,
        "progress": BOTH,
        "skills": ("nothing", "cs_valid", "cs_failed"),
        "status": "visa",
    },
    "my wife graduated in 2014 and has passed step 1": {**GRADUATE, "graduation_year": 2014, "progress": STEP_1},
    # Questions and hopes tell nothing
    "do I need to pass step 1?": {},
    "what if I fail step 2 ck?": {},
    "I worry about what happens if I fail step 1": {},
    "not sure if I passed step 1": {},
    "what if I go unmatched": {},
    "not sure if I need a visa": {},
    "I don't know if my country is on the ban list": {},
    "should I take step 1 before graduation?": {},
    "is a green card needed": {},
    "can a graduate do a clerkship": {},
    "when does the match open": {},
    "how long is residency": {},
    "I am so scared and confused": {},
    "hello": {},
    "thank you so much": {},
}


@pytest.mark.parametrize(("text", "answers"), STORIES.items(), ids=STORIES)
def test_story(text: str, answers: dict[str, Answer]) -> None:
    assert READER.story(text).answers == answers


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("my wife graduated in 2014", "wife"),
        ("asking for my brother, he passed step 1", "brother"),
        ("my frnd is a final year student", "friend"),
        ("my cousin needs a visa", "cousin"),
        ("i graduated in 2014", None),
        ("graduated in 2014", None),
    ],
)
def test_for_whom_a_story_is_told(text: str, who: str | None) -> None:
    story = READER.story(text)
    assert story.about == who
    assert story.first_person is (who is not None or text.startswith("i "))


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("stage", "1", "preclinical"),
        ("stage", "4", "graduate"),
        ("stage", "option 2", "clinical"),
        ("stage", "5", "not_in_school"),
        ("stage", "6", NOT_SURE),
        ("stage", "7", None),
        ("stage", "0", None),
        ("stage", "Graduated, I have my degree", "graduate"),
        ("stage", "GRADUATE", "graduate"),
        ("stage", "graduated!", "graduate"),
        ("stage", "ｇｒａｄｕａｔｅ", "graduate"),
        ("stage", "not sure", NOT_SURE),
        ("stage", "I don't know", NOT_SURE),
        ("stage", "i dont know...", NOT_SURE),
        ("stage", "idk", NOT_SURE),
        ("stage", "?", NOT_SURE),
        ("stage", "banana", None),
        ("stage", "2019", None),
        ("stage", "green card", None),
        ("progress", "step 1", "step_1"),
        ("progress", "both", "both"),
        ("progress", "none", "none"),
        ("progress", "just step 2", "step_2_ck"),
        ("progress", "green card", None),
        ("attempts", "0", "under"),
        ("attempts", "never", "under"),
        ("attempts", "1", "under"),
        ("attempts", "2", "limit"),
        ("attempts", "3", "passed_late"),
        ("attempts", "4", "not_sure"),
        ("attempts", "5", LATE_OR_NOT),
        ("us_training", "0", "none"),
        ("us_training", "1", "none"),
        ("us_training", "2", "one"),
        ("us_training", "3", "two"),
        ("us_training", "none", "none"),
        ("new_york_weeks", "12", "few"),
        ("new_york_weeks", "0", "few"),
        ("school_note", "yes", "yes"),
        ("school_note", "Nope", "no"),
        ("school_note", "yes 👍", "yes"),
        ("status", "gc", "green_card"),
        ("status", "I live abroad", "visa"),
        ("status", "opt", "in_us"),
        ("status", "F-1 student visa", "in_us"),
        ("status", "daca", "work_permit"),
        ("entry_ban", "full", "full"),
        ("entry_ban", "partial", "partial"),
        ("entry_ban", "second passport", "exempt"),
        ("entry_ban", "only my country of birth", "born_listed"),
        ("graduation_year", "2016", 2016),
        ("graduation_year", " 2016. ", 2016),
        ("graduation_year", "twenty sixteen", None),
        ("graduation_year", "16", None),
        ("graduation_year", "yes", None),
        ("graduation_year", "not sure", NOT_SURE),
        ("graduation_year", "20166", None),
    ],
)
def test_picking_exactly(question: str, text: str, answer: Answer | None) -> None:
    assert READER.pick_exactly(question, text) == answer


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("stage", "well I am in my final year now", "final_year"),
        ("stage", "is it bad that I am a graduate", None),
        ("stage", "neither a student nor anything", None),
        ("status", "i think I have a green card 😅", "green_card"),
        ("status", "not a citizen", None),
        ("school_place", "somewhere in the caribbean", "elsewhere"),
        ("graduation_year", "it was 2016", 2016),
        ("graduation_year", "6 years ago", TODAY.year - 6),
        ("graduation_year", "about 6 years ago", None),
        ("graduation_year", "a long time ago", None),
        ("visit", "just shadowing a doctor", "watch"),
        ("license_state", "probably texas", "texas"),
        ("license_state", "texas or california", None),
        ("school_confirms", "it is wfme accredited", "wfme"),
    ],
)
def test_picking_among_other_words(question: str, text: str, answer: Answer | None) -> None:
    assert READER.pick(question, text) == answer


@pytest.mark.parametrize(
    ("question", "old", "new", "answer"),
    [
        ("progress", "both", NO_STEP_2, "step_1"),
        ("progress", "both", NO_STEP_1, "step_2_ck"),
        ("progress", "step_1", STEP_2, "both"),
        ("progress", "none", STEP_1, "step_1"),
        ("progress", "certified", NO_STEP_2, "step_1"),
        ("progress", STEP_1, STEP_2, BOTH),
        ("progress", NOT_SURE, STEP_1, STEP_1),
        ("progress", None, STEP_1, STEP_1),
        ("progress", "step_1", "certified", "certified"),
        ("status", "citizen", ("visa", "citizen"), "citizen"),
        ("stage", "clinical", "graduate", "graduate"),
        ("graduation_year", 2015, 2016, 2016),
    ],
)
def test_a_correction_leaves_alone_what_it_does_not_touch(
    question: str, old: Answer | None, new: Answer, answer: Answer
) -> None:
    assert READER.revise(question, old, new) == answer


@pytest.mark.parametrize(
    ("text", "click"),
    [
        ("stage:graduate", Click("stage", "graduate")),
        (" stage:graduate ", Click("stage", "graduate")),
        ("stage:not_sure", Click("stage", NOT_SURE)),
        ("graduation_year:not_sure", Click("graduation_year", NOT_SURE)),
        ("goal:match", Click("goal", "match")),
        ("goal:marriage", None),
        ("stage:green_card", None),
        ("stagee:graduate", None),
        ("stage: graduate", None),
        ("Stage:graduate", None),
        ("stage:graduate now", None),
        ("graduation_year:2016", None),
        (":", None),
        ("stage:", None),
        ("step 1: passed", None),
    ],
)
def test_clicks(text: str, click: Click | None) -> None:
    assert READER.click(text) == click


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("back", "back"),
        ("Go back please", "back"),
        ("start over", "restart"),
        ("STOP", "stop"),
        ("why?", "why"),
        ("show my answers", "answers"),
        ("change", "change"),
        ("show my result", "result"),
        ("why is residency so long", None),
        ("stop failing step 1", None),
        ("", None),
    ],
)
def test_commands(text: str, command: str | None) -> None:
    assert READER.command(text) == command


@pytest.mark.parametrize("question", engine().quiz.questions)
def test_a_question_named_to_be_changed_is_found_and_tells_no_answer(question: str) -> None:
    record = engine().quiz.questions[question]
    for text in (f"change {record.name}", f"Change my {record.name}", f"change {record.name.upper()}!"):
        assert READER.starts_change(text)
        assert READER.question_named(text) == question
        assert READER.story(text).answers == {}


@pytest.mark.parametrize("text", ["old_question:yes", "school_note2:no", "gone:graduate"])
def test_a_button_of_a_question_that_is_gone_answers_nothing(text: str) -> None:
    for question in engine().quiz.questions:
        assert READER.pick_exactly(question, text) is None
        assert READER.pick(question, text) is None
    assert READER.story(text).answers == {}


STRANGE = {
    "nothing": "",
    "spaces": "   \n\t ",
    "emoji": "😭😭🙏",
    "emoji among words": "step 1 ✅ step 2 ❌",
    "control characters": "\x00\x07\x1b[31m\u202e\u200bgraduate\x7f",
    "ten thousand characters": "step 1 passed " * 714,
    "ten thousand letters": "a" * 10_000,
    "ten thousand digits": "9" * 10_000,
    "ten thousand commas": "," * 10_000,
    "Arabic": "أنا طبيب تخرجت سنة 2016",
    "Hindi": "मैंने 2016 में स्नातक किया",
    "Chinese": "我是医学生，毕业于2016年",
    "Cyrillic": "Я закончил в 2016 году",
    "digits of other scripts": "٢٠١٦ ২০১৬ ２０１６",
    "broken surrogates": "step 1 \ud83d passed",
    "a script": "<script>alert('step 1')</script>",
    "a slash command": '/inform{"stage": "graduate"}',
    "only a superscript": "²",
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_strange_messages_are_read_without_an_error(text: str) -> None:
    _read_everything(text)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    _read_everything(text)


WORDS = sorted({word for text in STORIES for word in text.split()})


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_any_mix_of_known_words_is_read_into_answers_that_exist(text: str) -> None:
    _read_everything(text)


def _read_everything(text: str) -> None:
    """Every reader of a message comes back with something that the quiz can keep."""
    quiz = engine().quiz
    click, story = READER.click(text), READER.story(text)
    assert click is None or click.question in quiz.questions or click.question == "goal"
    for question, answer in story.answers.items():
        _can_be_kept(question, answer)
    assert READER.goal(text) in (None, *quiz.goals)
    assert READER.goal_in(text) in (None, *quiz.goals)
    assert READER.question_named(text) in (None, *quiz.questions)
    READER.command(text)
    READER.starts_change(text)
    for question in quiz.questions:
        for found in (READER.pick_exactly(question, text), READER.pick(question, text)):
            if found is not None:
                _can_be_kept(question, found)


def _can_be_kept(question: str, answer: Answer) -> None:
    record = engine().quiz.questions[question]
    if answer == NOT_SURE:
        return
    if record.kind == "year":
        assert isinstance(answer, int)
        return
    options = answer if isinstance(answer, tuple) else (answer,)
    assert options and set(options) <= set(record.options), f"{question}: {answer}"
    assert isinstance(answer, str) or len(answer) > 1, f"{question}: {answer} is one answer, so not a choice of several"
