"""The check of content: whole content passes; each way of breaking it is told with its place and the right form."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from img_pathway.staff import rasa_reading
from img_pathway.staff.check import check, notices
from img_pathway.staff.rasa_reading import ask_rasa
from tests.staff.breaks import BREAKS, DOMAIN, EXTRA_TALK, ORGANIZATION, TALK, TYPICAL, Break, K, Q
from tests.staff.extra_content import EXAMPLES, KNOWLEDGE, QUIZ
from tests.staff.thinned import thin_examples

ROOT = Path(__file__).parent.parent.parent
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    for folder in ("data", "actions"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / DOMAIN, root / DOMAIN)
    thin_examples(root)
    (root / K).write_text(KNOWLEDGE)
    (root / Q).write_text(QUIZ)
    (root / EXTRA_TALK).write_text(EXAMPLES)
    return root


@pytest.fixture
def broken(tree):
    """Breaks files and gives the line of the change; puts them back in the end."""
    kept: dict[Path, bytes | None] = {}

    def break_it(case: Break) -> int:
        path = tree / case.file
        kept[path] = path.read_bytes() if path.exists() else None
        text = path.read_text() if path.exists() else ""
        match = re.search(case.old, text)
        assert match, f"nothing to break: {case.file} does not hold {case.old}"
        path.parent.mkdir(exist_ok=True)
        new = text[: match.start()] + case.new + text[match.end() :]
        path.write_bytes(new.encode("utf-8", "surrogateescape"))
        leading = len(case.new) - len(case.new.lstrip("\n"))
        return text[: match.start()].count("\n") + leading + 1

    yield break_it
    for path, content in kept.items():
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content)


def written(tree: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in tree.rglob("*")}


def line_of(path: Path, marker: str) -> int:
    text = path.read_text(errors="replace")
    return text[: text.index(marker)].count("\n") + 1


def test_the_content_has_no_problem():
    assert check(ROOT, TODAY) == []


def test_the_extra_content_has_no_problem(tree):
    assert check(tree, TODAY) == []


@pytest.mark.parametrize("name", [*BREAKS, *TYPICAL])
def test_what_is_broken_is_told_and_nothing_is_damaged(tree, broken, name):
    case = {**BREAKS, **TYPICAL}[name]
    changed = broken(case)
    before = written(tree)
    problems = check(tree, TODAY)
    assert written(tree) == before
    file = case.told_in or case.file
    told = [p for p in problems if p.file == file and all(word in p.message for word in case.words)]
    assert told, "not told; instead:\n" + "\n".join(map(str, problems))
    line = changed if case.at is None else line_of(tree / file, case.at)
    assert line in [p.line for p in told], f"told in another line than {line}: {told[0]}"


def test_typical_mistakes_are_thirty_or_more():
    assert len(TYPICAL) >= 30
    assert not set(TYPICAL) & set(BREAKS)


def test_problems_of_different_files_are_told_together_and_in_order(tree, broken):
    for name in ("missing key", "unknown criterion", "phrase unused", "unknown response", "kind of rotation"):
        broken(BREAKS[name])
    problems = check(tree, TODAY)
    assert problems == sorted(problems)
    assert {p.file for p in problems} == {
        K, Q, "data/phrases.yml", "data/conversation/small_talk/rules.yml", ORGANIZATION,
    }  # fmt: skip


def test_names_in_a_file_that_cannot_be_read_are_not_called_unknown(tree, broken):
    broken(BREAKS["tab"])
    assert [p.file for p in check(tree, TODAY)] == [K]
    broken(BREAKS["duplicate key in the domain"])
    assert [p.file for p in check(tree, TODAY)] == [K, DOMAIN]


def test_example_organization_is_a_notice_and_no_problem():
    organization = (ROOT / ORGANIZATION).read_text()
    files = [notice.file for notice in notices(ROOT, TODAY)]
    assert ("example: true" in organization) == (files == [ORGANIZATION])


def test_a_season_without_a_file_is_a_notice():
    (missing,) = (notice for notice in notices(ROOT, date(2027, 4, 1)) if "season" in notice.file)
    assert missing.file == "data/season/2028.yml"
    assert not [notice for notice in notices(ROOT, date(2027, 3, 31)) if "season" in notice.file]


def test_rasa_finds_its_training_data_in_the_conversation_folder_only():
    from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
    from rasa.shared.data import get_data_files, is_nlu_file

    data = str(ROOT / "data")
    files = {*get_data_files(data, is_nlu_file), *get_data_files(data, YAMLStoryReader.is_stories_file)}
    assert files
    assert {Path(file).relative_to(ROOT / "data").parts[0] for file in files} == {"conversation"}


class Rasa:
    """In the place of a process with Rasa: what it finds or fails of, and how often it was started."""

    def __init__(self, found: str | None, printed: str = "", status: int | None = 0) -> None:
        self.found, self.printed, self.status, self.started = found, printed, status, 0

    def __call__(self, command: list[str], folder: Path, environment: dict[str, str], log: Path) -> Rasa:
        self.started += 1
        log.write_text(self.printed)
        if self.found is not None:
            Path(command[-1]).write_text(self.found)
        return self

    def wait(self, timeout: float | None = None) -> int | None:
        if self.status is None and timeout:
            raise subprocess.TimeoutExpired("rasa", timeout)
        return self.status

    def kill(self) -> None:
        pass


def asked(monkeypatch: pytest.MonkeyPatch, root: Path, rasa: Rasa) -> list[str]:
    monkeypatch.setattr(rasa_reading, "Forked", rasa)
    return [problem.message for problem in ask_rasa(root)]


def test_what_rasa_says_is_a_problem(monkeypatch, tmp_path):
    assert asked(monkeypatch, tmp_path, Rasa('["The form is missing."]')) == ["Rasa says: The form is missing."]


def test_rasa_that_gives_up_or_takes_too_long_is_a_problem_and_is_asked_again(monkeypatch, tmp_path):
    for rasa, said in (
        (Rasa(None, "Traceback\nYamlException: no\n", 1), "Rasa cannot read the training data: YamlException: no"),
        (Rasa(None, status=-9), "Rasa cannot read the training data: no message"),
        (Rasa(None, status=None), "Rasa did not finish reading the training data within 180 s."),
    ):
        assert asked(monkeypatch, tmp_path, rasa) == [said]
    assert asked(monkeypatch, tmp_path, Rasa("[]")) == []


def test_rasa_is_asked_again_only_where_something_has_changed(monkeypatch, tmp_path):
    rasa = Rasa('["The form is missing."]')
    said = asked(monkeypatch, tmp_path, rasa)
    assert asked(monkeypatch, tmp_path, rasa) == said
    assert rasa.started == 1
    changes = (DOMAIN, f"{TALK}/rules.yml", "img_pathway/staff/rasa_reading.py", "requirements.lock")
    for number, name in enumerate(changes, 2):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("changed")
        assert asked(monkeypatch, tmp_path, rasa) == said
        assert rasa.started == number, name
