"""When a model has to be trained anew."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from img_pathway.serve.training import fingerprint
from tests.serving import eventually, is_locked

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "data", root / "data")
    for name in ("config.yml", "domain.yml", "requirements.lock", "img_pathway/nlu/intents.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    return root


@pytest.fixture(scope="module")
def before(project: Path) -> str:
    return fingerprint(project)


@contextmanager
def changed(path: Path, old: str, new: str) -> Iterator[None]:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    yield
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old"),
    [
        ("config.yml", "pipeline:"),
        ("domain.yml", "intents:"),
        ("requirements.lock", "=="),
        ("data/conversation/faq/match.yml", "- "),
        ("data/calibration.yml", "text: "),
        ("img_pathway/nlu/intents.py", "import"),
        # Common questions and their answers count as examples.
        ("data/knowledge/faq_match.yml", 'asks: "'),
        ("data/knowledge/faq_match.yml", 'short: "'),
    ],
)
def test_what_a_model_is_trained_from_asks_for_another_one(project: Path, before: str, file: str, old: str) -> None:
    with changed(project / file, old, f"{old} Well,"):
        assert fingerprint(project) != before


@pytest.mark.parametrize(
    ("file", "old"),
    [
        ("data/phrases.yml", 'menu: "'),
        ("data/quiz/questions.yml", 'asks: "'),
        ("data/knowledge/stages.yml", 'says: "'),
    ],
)
def test_what_is_read_at_run_time_needs_no_training(project: Path, before: str, file: str, old: str) -> None:
    with changed(project / file, old, f"{old} Well,"):
        assert fingerprint(project) == before


def test_a_common_question_that_is_moved_to_another_file_needs_no_training(project: Path, before: str) -> None:
    folder = project / "data" / "knowledge"
    (folder / "faq_match.yml").rename(folder / "zz_faq.yml")
    assert fingerprint(project) == before
    (folder / "zz_faq.yml").rename(folder / "faq_match.yml")


@pytest.mark.parametrize("command", ["train", "run"])
def test_a_training_ends_with_a_command_that_is_told_to_stop(tmp_path: Path, command: str) -> None:
    for name in ("data", "actions", "img_pathway", "config.yml", "domain.yml", "endpoints.yml", "requirements.lock"):
        (tmp_path / name).symlink_to(ROOT / name)
    lock = tmp_path / "lock"
    # In the place of Rasa, a training that does not end.
    (tmp_path / "rasa").mkdir()
    (tmp_path / "rasa" / "__init__.py").touch()
    (tmp_path / "rasa" / "__main__.py").write_text(
        "import fcntl, signal; file = open('lock', 'w'); fcntl.flock(file, fcntl.LOCK_EX); signal.pause()"
    )
    environment = {**os.environ, "IMG_PATHWAY_ROOT": str(tmp_path), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-m", "img_pathway.cli", command], env=environment) as told:
        assert eventually(lambda: is_locked(lock))
        told.terminate()
    assert told.returncode
    assert not is_locked(lock)
