"""The cases that staff wrote hold, and what they may write is read strictly."""

from __future__ import annotations

from pathlib import Path

import pytest

from img_pathway.content import ContentError
from img_pathway.quiz.cases import StaffCase, failures, load_cases
from tests.quiz.content import ROOT, engine

CASES = load_cases(ROOT / "data" / "quiz", engine().quiz)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case: StaffCase) -> None:
    assert not (found := failures(engine(), [case])), "\n".join(map(str, found))


def test_every_outcome_has_cases_for_more_than_one_verdict() -> None:
    """An outcome that staff never wrote a case for is an outcome that nobody checked."""
    said = {name: set() for name in engine().quiz.outcomes}
    for case in CASES:
        for outcome, expected in case.expect.items():
            said[outcome].add((expected.verdict, expected.label))
    assert not (missing := [name for name, verdicts in said.items() if len(verdicts) < 2]), missing


def written(tmp_path: Path, text: str) -> Path:
    """A folder data/quiz with one file of cases."""
    folder = tmp_path / "data" / "quiz"
    folder.mkdir(parents=True)
    (folder / "cases_test.yml").write_text(text, encoding="utf-8")
    return folder


GOOD = """
cases:
  - name: "A graduate may watch"
    answers: {stage: graduate, school_place: elsewhere, status: visa, entry_ban: not_listed}
    expect:
      observership: {verdict: "yes", because: [graduated], missing: []}
"""


def test_good_cases_are_read_and_hold(tmp_path: Path) -> None:
    (case,) = load_cases(written(tmp_path, GOOD), engine().quiz)
    assert (case.name, case.file, case.line) == ("A graduate may watch", "data/quiz/cases_test.yml", 3)
    assert failures(engine(), [case]) == []


def test_years_count_from_the_match_year(tmp_path: Path) -> None:
    text = GOOD.replace("stage: graduate", "stage: graduate, graduation_year: {match_year: -2}")
    (case,) = load_cases(written(tmp_path, text), engine().quiz)
    assert case.answers["graduation_year"] == engine().quiz.match_year - 2


def test_a_list_is_what_a_story_left_possible(tmp_path: Path) -> None:
    text = GOOD.replace("stage: graduate", "stage: [clinical, graduate]").replace('"yes"', "depends")
    (case,) = load_cases(written(tmp_path, text.replace(", because: [graduated], missing: []", "")), engine().quiz)
    assert case.answers["stage"] == ("clinical", "graduate")
    assert failures(engine(), [case]) == []


@pytest.mark.parametrize(
    ("right", "wrong", "line", "said"),
    [
        ("stage:", "stagee:", 4, 'unknown question "stagee". Did you mean "stage"?'),
        ("graduate,", "graduated,", 4, '"graduated" is no answer to stage. Did you mean "graduate"?'),
        ("stage: graduate", "graduation_year: soon", 4, "graduation_year needs a year"),
        ("stage: graduate", "graduation_year: {match_year: two}", 4, "graduation_year needs a year"),
        ("stage: graduate", "stage: []", 4, "stage has no answer"),
        ("stage: graduate", "stage: {match_year: -2}", 4, "is no answer to stage"),
        ("observership:", "observershipp:", 6, 'unknown outcome "observershipp". Did you mean "observership"?'),
        ("[graduated]", "[gradated]", 6, 'unknown criterion "gradated". Did you mean "graduated"?'),
        ("missing: []", "missing: [gradated]", 6, 'unknown criterion "gradated". Did you mean "graduated"?'),
        ("missing: []", 'label: "Open"', 6, 'observership has no label "Open"'),
        ('"yes"', "yess", 6, '"verdict" is "yess". Did you mean "yes"?'),
        ("because:", "becaus:", 6, '"becaus" is not a key that belongs here. Did you mean "because"?'),
        ("    expect:", "    expects:", 5, '"expects" is not a key that belongs here. Did you mean "expect"?'),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, right: str, wrong: str, line: int, said: str) -> None:
    assert right in GOOD
    with pytest.raises(ContentError) as raised:
        load_cases(written(tmp_path, GOOD.replace(right, wrong, 1)), engine().quiz)
    assert any(p.line == line and said in p.message for p in raised.value.problems), raised.value


def test_a_name_stands_once(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="stands here twice"):
        load_cases(written(tmp_path, GOOD + GOOD.partition("cases:\n")[2]), engine().quiz)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('"yes"', '"no"', 'observership is "yes", not "no".'),
        ("stage: graduate", "stage: not_sure", 'observership is "depends", not "yes".'),
        ("[graduated]", "[us_citizen]", '"us_citizen" is no reason for observership; its reasons: graduated.'),
        ("missing: []", "missing: [graduated]", "missing for observership: [], not [graduated]."),
    ],
)
def test_a_case_that_does_not_hold_says_what_is_decided(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    cases = load_cases(written(tmp_path, GOOD.replace(right, wrong, 1)), engine().quiz)
    problems = failures(engine(), cases)
    assert any(said in problem.message for problem in problems), problems
    assert {problem.line for problem in problems} == {3}
