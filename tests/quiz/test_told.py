"""The gold sets of what people tell, the table from claims to questions, and the counting, with made-up messages.

No test says a word of a message of the set that is kept aside: ids alone stand in what a failure prints.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks import kept, told
from benchmarks.kept import Kept
from benchmarks.told_claims import APART_SET, ME, OPEN_SET, SO, Claim, Message, load
from benchmarks.told_counting import details, figures
from benchmarks.told_hearing import Heard, answers_before, hear
from benchmarks.told_judging import Booking, Judged, judge
from benchmarks.told_mapping import FILE, MappingError, Options, Table, load_table
from benchmarks.told_report import APART, LOOKS, TOLD, report
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.listening import GOAL
from img_pathway.knowledge.text import normalize
from img_pathway.staff.training_data import read_training_data
from tests.quiz.content import ROOT, TODAY

SETS = {"told.yml": OPEN_SET, "told_apart.yml": APART_SET}


@pytest.fixture(scope="module")
def table(bot: Bot) -> Table:
    return load_table(bot.engine.quiz, TODAY.year)


# No fixture, whose value a failure would print.
@lru_cache
def messages_of(name: str) -> tuple[Message, ...]:
    return tuple(load(SETS[name]))


def all_messages() -> list[Message]:
    return [message for name in SETS for message in messages_of(name)]


def ids_where(messages: Iterable[Message], wrong: Callable[[Message], bool]) -> list[str]:
    return [message.id for message in messages if wrong(message)]


# The gold sets


def test_ids_and_texts_are_unique_in_both_sets() -> None:
    messages = all_messages()
    ids, texts = Counter(m.id for m in messages), Counter(normalize(m.text) for m in messages)
    assert not [id_ for id_, number in ids.items() if number > 1]
    twice = ids_where(messages, lambda m: texts[normalize(m.text)] > 1)
    assert not twice


@pytest.mark.parametrize("name", SETS)
def test_a_set_asks_only_what_the_quiz_asks(bot: Bot, name: str) -> None:
    known = {None, GOAL, *bot.engine.quiz.questions}
    messages = messages_of(name)
    odd = ids_where(messages, lambda m: m.asked not in known)
    assert not odd, "what is asked is no question of the quiz"
    assert len(messages) > 100


@pytest.mark.parametrize("name", SETS)
def test_every_matter_of_a_set_has_a_row_or_no_place(table: Table, name: str) -> None:
    known = table.matters | table.no_place
    claims = [(m.id, c) for m in messages_of(name) for c in (*m.claims, *m.before)]
    assert not [id_ for id_, c in claims if c.matter not in known], f"{FILE.name} has no such matter"
    missing = [id_ for id_, c in claims if c.matter in table.matters and c.mode in SO and not table.has_row(c)]
    assert not missing, f"no row of {FILE.name} fits a claim of these"
    # Raises where a value of a claim is no option.
    assert all(table.means(c) is not None for _, c in claims)


def test_no_message_stands_in_training_data() -> None:
    calibration = yaml.load((ROOT / "data" / "calibration.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    trained = {normalize(example.text) for example in read_training_data(ROOT).examples}
    trained |= {normalize(utterance["text"]) for utterance in calibration["utterances"]}
    assert len(trained) > 1000
    # One word that answers an open question ("never") may stand anywhere.
    messages = [m for m in all_messages() if not m.asked or len(m.text.split()) > 1]
    known = ids_where(messages, lambda m: normalize(m.text) in trained)
    assert not known


# The table


def mapping(**rows: Any) -> dict[str, Any]:
    return {"rows": rows}


def test_an_option_that_does_not_exist_is_named(bot: Bot) -> None:
    with pytest.raises(MappingError, match=r"told_mapping.yml, exam: stage has no option 'grad', only .*graduate"):
        Table(mapping(exam=[{"tells": {"stage": ["grad"]}}]), bot.engine.quiz, TODAY.year)
    with pytest.raises(MappingError, match="no option 'grad'"):
        Table(mapping(exam=[{"may": {"stage": {"not": ["grad"]}}}]), bot.engine.quiz, TODAY.year)


def test_a_question_that_does_not_exist_is_named(bot: Bot) -> None:
    with pytest.raises(MappingError, match="exam: the quiz has no question 'stages'"):
        Table(mapping(exam=[{"tells": {"stages": ["graduate"]}}]), bot.engine.quiz, TODAY.year)


def test_a_field_or_matter_that_is_written_wrongly_is_named(bot: Bot) -> None:
    with pytest.raises(MappingError, match="no field 'tell'"):
        Table(mapping(exam=[{"tell": {}}]), bot.engine.quiz, TODAY.year)
    with pytest.raises(MappingError, match="exam has rows and stands in no_place"):
        Table({**mapping(exam=[]), "no_place": ["exam"]}, bot.engine.quiz, TODAY.year)


def claim(matter: str, value: object, mode: str = "is", **more: Any) -> Claim:
    return Claim(**{"about": ME, "matter": matter, "value": str(value), "mode": mode, **more})


@pytest.mark.parametrize(
    ("said", "question", "options"),
    [
        (claim("step_1", "passed"), "progress", {"step_1", "both", "certified", "expired"}),
        (claim("step_1", "passed", "not"), "progress", {"none", "step_2_ck"}),
        (claim("us_status", "citizen", "not"), "status", {"visa", "green_card", "work_permit", "in_us"}),
        (claim("graduation_year", 2016), "graduation_year", {2016}),
        (claim("school_country", "PK"), "school_place", {"elsewhere"}),
        (claim("step_2_ck", "failed", "failed", times=4), "attempts", {"limit", "passed_late"}),
        (claim("step_2_ck", "failed", "failed", times=3), "attempts", {"under"}),
        (claim("oet", "passed"), "oet", {"yes"}),
        (claim("oet", "passed", year=2021), "oet", {"no"}),
        (claim("match_season", "matched", year=2027), "season_status", {"matched"}),
        (claim("full_license", "no"), "full_license", {"no"}),
    ],
)
def test_a_claim_tells_options(table: Table, said: Claim, question: str, options: set[str | int]) -> None:
    assert table.means(said).tells[question] == options


@pytest.mark.parametrize(
    "said",
    [
        claim("step_1", "taken", "planned"),
        claim("us_status", "green_card", "wished"),
        claim("us_status", "green_card_pending"),
        claim("step_2_ck", "failed", "failed"),
        claim("match_season", "matched", year=2026),
        claim("match_season", "unmatched", year=2026),
        claim("specialty", "psychiatry"),
    ],
)
def test_what_is_not_so_or_has_no_option_tells_nothing(table: Table, said: Claim) -> None:
    assert not table.means(said).tells


# Judging

PASSED_STEP_1 = claim("step_1", "passed")


def judged(
    table: Table, *claims: Claim, booked: dict[str, set[str | int]], before: tuple[Claim, ...] = (), about: str = ME
) -> Judged:
    """A made-up message whose answers are made up, too."""
    message = Message("x1", "a made-up message", "plans", claims, before=before)
    earlier: dict[str, Options] = {
        question: frozenset([answer] if isinstance(answer, str | int) else answer)
        for question, answer in answers_before(table, message).items()
    }
    after = {**earlier, **{question: frozenset(options) for question, options in booked.items()}}
    return judge(table, message, Heard(earlier, after, about))


def only_booking(one: Judged) -> Booking:
    assert len(one.bookings) == 1, one.bookings
    return one.bookings[0]


def test_what_is_told_is_right_and_booked(table: Table) -> None:
    one = judged(table, PASSED_STEP_1, booked={"progress": {"step_1", "both", "certified", "expired"}})
    assert only_booking(one).verdict == "right"
    assert [fact.booked for fact in one.facts] == [True]


def test_what_is_told_and_not_booked_is_missed(table: Table) -> None:
    one = judged(table, PASSED_STEP_1, claim("us_status", "citizen"), booked={"status": {"citizen"}})
    assert {fact.question: fact.booked for fact in one.facts} == {"progress": False, "status": True}


def test_what_follows_from_a_claim_may_be_booked(table: Table) -> None:
    one = judged(table, claim("certificate", "certified"), booked={"exam_gap": {"yes"}})
    assert only_booking(one).verdict == "right"
    assert {fact.question for fact in one.facts} == {"progress"}


def test_two_dates_answer_the_time_between_the_exams(table: Table) -> None:
    dates = (claim("step_1", "passed", year=2012), claim("step_2_ck", "passed", year=2024))
    assert only_booking(judged(table, *dates, booked={"exam_gap": {"no"}})).verdict == "right"
    assert only_booking(judged(table, *dates, booked={"exam_gap": {"yes"}})).contradicts


@pytest.mark.parametrize(
    ("claims", "booked", "cause", "contradicts"),
    [
        ([PASSED_STEP_1], {"progress": {"step_1"}}, "more", False),
        ([PASSED_STEP_1], {"progress": {"none"}}, "misread", True),
        ([], {"status": {"citizen"}}, "nothing", False),
        ([claim("us_status", "green_card", "wished")], {"status": {"green_card"}}, "wished", False),
        ([claim("us_status", "green_card", "asked")], {"status": {"green_card"}}, "asked", False),
        ([claim("us_status", "green_card", "supposed")], {"status": {"green_card"}}, "supposed", False),
        ([claim("us_status", "green_card", "not")], {"status": {"green_card"}}, "denied", True),
        ([claim("us_status", "green_card_pending")], {"status": {"green_card"}}, "near", True),
        ([claim("us_status", "citizen", about="wife")], {"status": {"citizen"}}, "another", False),
        (
            [PASSED_STEP_1, claim("step_2_ck", "taken", "planned")],
            {"progress": {"both", "certified"}},
            "planned",
            False,
        ),
        (
            [claim("step_1", "failed", "failed")],
            {"progress": {"step_1", "both", "certified", "expired"}},
            "failed",
            False,
        ),
        ([claim("step_1", "failed", "failed", times=5)], {"attempts": {"under"}}, "misread", True),
        ([claim("status_in_training", "not_yet_in_school")], {"stage": {"graduate"}}, "misread", True),
        (
            [claim("graduation_year", 2016), claim("graduation_year", 2019, "not")],
            {"graduation_year": {2019}},
            "denied",
            True,
        ),
    ],
)
def test_a_false_answer_and_why(
    table: Table, claims: list[Claim], booked: dict[str, set[str | int]], cause: str, contradicts: bool
) -> None:
    booking = only_booking(judged(table, *claims, booked=booked))
    assert (booking.verdict, booking.cause, booking.contradicts) == ("false", cause, contradicts)


def test_what_is_unsure_is_a_column_of_its_own(table: Table) -> None:
    one = judged(table, claim("us_status", "citizen", unsure=True), booked={"status": {"citizen"}})
    assert only_booking(one).verdict == "unsure"
    assert not one.facts, "to leave it out is no fault"


def test_a_failed_exam_is_likely_not_passed_and_not_surely(table: Table) -> None:
    failed = claim("step_1", "failed", "failed", times=1)
    assert only_booking(judged(table, failed, booked={"progress": {"none", "step_2_ck"}})).verdict == "unsure"


def test_not_sure_is_no_false_answer(table: Table) -> None:
    assert not judged(table, PASSED_STEP_1, booked={"progress": set(table.every("progress"))}).bookings


def test_four_failures_of_one_exam_prevail_over_one_of_another(table: Table) -> None:
    failures = [claim("step_1", "failed", "failed", times=4), claim("step_2_ck", "failed", "failed", times=1)]
    assert only_booking(judged(table, *failures, booked={"attempts": {"under"}})).contradicts
    one = judged(table, *failures, booked={"attempts": {"limit"}})
    assert only_booking(one).verdict == "right"
    assert [fact.booked for fact in one.facts] == [True]


def test_answers_kept_for_a_relative_are_held_against_the_claims_about_them(table: Table) -> None:
    hers = claim("us_status", "citizen", about="wife")
    one = judged(table, hers, PASSED_STEP_1, booked={"status": {"citizen"}}, about="wife")
    assert only_booking(one).verdict == "right"
    assert [fact.booked for fact in one.facts] == [False], "what the writer tells of themselves is not booked"


def test_what_was_booked_before_is_no_news(table: Table) -> None:
    one = judged(table, PASSED_STEP_1, booked={}, before=(PASSED_STEP_1,))
    assert not one.bookings
    assert not one.facts


@pytest.mark.parametrize(
    ("booked", "outcome"),
    [
        ({2016}, "put right"),
        (None, "left wrong"),
        ({2019}, "left wrong"),
        ({2016, 2017}, "taken back"),
        ({2010}, "left wrong"),
    ],
)
def test_what_becomes_of_a_correction(table: Table, booked: set[str | int] | None, outcome: str) -> None:
    right = claim("graduation_year", 2016, corrects=True)
    answers = {} if booked is None else {"graduation_year": booked}
    one = judged(table, right, booked=answers, before=(claim("graduation_year", 2019),))
    assert [correction.outcome for correction in one.corrections] == [outcome]


def test_an_answer_taken_back_says_nothing_of_another_exam(table: Table) -> None:
    """ "Not Step 1" after "Step 1 passed" is no "Step 2 CK only"."""
    denied = claim("step_1", "passed", "not", corrects=True)
    one = judged(table, denied, booked={"progress": {"step_2_ck"}}, before=(PASSED_STEP_1,))
    assert only_booking(one).cause == "more"
    certified = claim("certificate", "certified")
    one = judged(table, claim("certificate", "certified", "not"), booked={"progress": {"both"}}, before=(certified,))
    assert only_booking(one).verdict == "right", "both exams stay passed"


# Hearing


@pytest.mark.parametrize(
    ("message", "answers"),
    [
        (Message("x", "i passed step 1 and i have a green card", "plans"), {"status": {"green_card"}}),
        (Message("x", "graduated", "short", asked="stage"), {"stage": {"graduate"}}),
        (Message("x", "2", "short", asked="step_3"), {"step_3": {"yes"}}),
        (Message("x", "thank you", "nothing"), {}),
        (Message("x", "thank you", "nothing", before=(claim("us_status", "citizen"),)), {"status": {"citizen"}}),
    ],
)
def test_a_message_goes_through_the_quiz(
    bot: Bot, table: Table, message: Message, answers: dict[str, set[str | int]]
) -> None:
    heard = hear(bot, table, message)
    assert {question: set(heard.after[question]) for question in answers} == answers
    assert bool(heard.after) == bool(answers)


# Counting and the report


@pytest.fixture()
def some(table: Table) -> list[Judged]:
    return [
        judged(table, PASSED_STEP_1, booked={"progress": {"step_1", "both", "certified", "expired"}}),
        judged(table, claim("us_status", "citizen", "wished"), booked={"status": {"citizen"}}),
    ]


def test_figures_count_by_kind_question_and_cause(some: list[Judged]) -> None:
    found = figures(some)
    assert {name: found["all"][name] for name in ("messages", "facts", "booked", "bookings", "right", "false")} == {
        "messages": 2,
        "facts": 1,
        "booked": 1,
        "bookings": 2,
        "right": 1,
        "false": 1,
    }
    assert found["clean"] == 1
    assert found["kinds"]["plans"] == found["all"]
    assert found["questions"]["status"]["false"] == 1
    assert found["causes"]["wished"] == {"false": 1, "contradict": 0, "ids": ["x1"]}


def test_the_report_has_no_word_of_the_set_kept_aside(table: Table, some: list[Judged]) -> None:
    days = {TOLD: "2026-11-30", APART: "2026-11-30"}
    apart = report({kept.DAYS: days, APART: {**figures(some), LOOKS: ["2026-11-30"]}})
    assert "Looked at once: 2026-11-30" in apart
    assert "- false, wished: x1" in apart
    assert "a made-up message" not in apart
    both = report({kept.DAYS: days, TOLD: {**figures(some), **details(table, some)}})
    assert '- x1 `status` = citizen: "a made-up message"' in both


def test_every_look_at_the_set_kept_aside_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made_up = tmp_path / "made_up.yml"
    made_up.write_text('- {id: x1, text: "i have a green card", kind: plans, claims: []}\n', encoding="utf-8")
    monkeypatch.setattr(kept, "FOLDER", tmp_path)
    monkeypatch.setattr(told, "_KEPT", Kept("told", report))
    monkeypatch.setattr(told, "APART_SET", made_up)
    monkeypatch.setattr("sys.argv", ["told", "--apart"])
    told.main()
    told.main()
    results = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    assert results[APART][LOOKS] == [date.today().isoformat()] * 2
    assert results[APART]["all"]["false"] == 1
    assert "green card" not in (tmp_path / "told.md").read_text(encoding="utf-8")
