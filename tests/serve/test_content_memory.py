"""Content is read once: a new day reads no file, an edit waits for a start or a release, a failure keeps the old."""

from __future__ import annotations

import shutil
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest

from img_pathway.content import ContentError, day
from img_pathway.dialogue.bot import Bot, bot_on, load_bot, read_content
from img_pathway.serve import content_memory
from img_pathway.serve.content_memory import bot_of, remembered
from img_pathway.serve.releases import Releases
from img_pathway.serve.settings import Settings
from tests.serving import ROOT, eventually

TODAY = date(2026, 11, 22)
# Days on which something might turn: year, season, leap day.
DAYS = [TODAY, *(date(*parts) for parts in ((2026, 12, 31), (2027, 1, 1), (2027, 3, 31), (2027, 4, 1), (2028, 2, 29)))]


@pytest.fixture()
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of content, and a process that has read nothing yet."""
    monkeypatch.setattr(content_memory, "_memory", {})
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path


def turn_to(monkeypatch: pytest.MonkeyPatch, to: date) -> None:
    monkeypatch.setattr(day, "today", lambda: to)


def said(bot: Bot) -> tuple[str, int]:
    return bot.say("menu"), bot.engine.quiz.match_year


@pytest.mark.parametrize("harm", ["broken", "gone", "edited"])
def test_a_day_turns_whatever_became_of_the_folder(folder: Path, harm: str, monkeypatch: pytest.MonkeyPatch) -> None:
    turn_to(monkeypatch, TODAY)
    before, season = said(bot_of(folder))
    phrases = folder / "data" / "phrases.yml"
    if harm == "broken":
        phrases.write_text("phrases:\n\tmenu: no\n")
    elif harm == "gone":
        shutil.rmtree(folder / "data")
    else:
        phrases.write_text(phrases.read_text().replace(before, "Not reviewed yet."))
    for to in DAYS:
        turn_to(monkeypatch, to)
        assert bot_of(folder).today == to
        assert said(bot_of(folder)) == (before, to.year + (to.month >= 4))
    assert season == 2027


@pytest.mark.parametrize("to", DAYS)
def test_the_bot_of_a_day_is_the_one_that_reading_would_make(to: date) -> None:
    made, read = bot_on(CONTENT, to), load_bot(ROOT / "data", to)
    assert made.engine.quiz == read.engine.quiz
    assert made.reader.story("i graduated two years ago") == read.reader.story("i graduated two years ago")


CONTENT = read_content(ROOT / "data")


def test_no_day_of_years_is_without_a_bot() -> None:
    for number in range(0, 4 * 366, 60):
        assert bot_on(CONTENT, TODAY + timedelta(number)).say("menu")


def test_what_is_broken_at_first_is_refused_and_read_again_when_it_is_mended(folder: Path) -> None:
    enquiry = folder / "data" / "enquiry.yml"
    good = enquiry.read_text()
    enquiry.write_text("begin: [")
    for _ in range(2):
        with pytest.raises(ContentError):
            remembered(folder)
    enquiry.write_text(good)
    assert remembered(folder).enquiry.begin


def test_a_broken_release_leaves_what_is_there(folder: Path, tmp_path: Path) -> None:
    before = bot_of(folder)
    release = tmp_path / "0002"
    shutil.copytree(folder / "data", release / "data")
    goals = release / "data" / "quiz" / "goals.yml"
    goals.write_text(goals.read_text().replace("outcomes: [", "outcomes: [no_such_outcome, ", 1))
    with pytest.raises(ContentError):
        remembered(release)
    assert bot_of(folder) is before


def test_a_release_is_read_when_it_goes_live(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("config.yml", "domain.yml", "requirements.lock"):
        shutil.copy(ROOT / name, folder)
    (folder / "model.tar.gz").touch()
    monkeypatch.setattr(content_memory, "_LOOK_SECONDS", 0.01)
    releases, over = Releases(Settings(folder)), threading.Event()
    remembered(folder)
    content_memory.read_ahead(releases, over.is_set)
    try:
        for broken in (False, True, False):
            name = releases.make(folder / "model.tar.gz", "Kim Lee", "", {}).name
            if broken:
                (releases.folder(name) / "data" / "phrases.yml").write_text("phrases:\n\tmenu: no\n")
            releases.go_live(name, "Kim Lee", "published")
            there = releases.folder(name)
            assert broken or eventually(lambda there=there: there in content_memory._memory)
    finally:
        over.set()
    assert len(content_memory._memory) == 3


def test_releases_come_and_go_and_the_folder_of_the_start_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = remembered(folder)
    read: list[str] = []
    monkeypatch.setattr(content_memory, "read_content", lambda data: read.append(data.parent.name) or CONTENT)
    for number in range(20):
        release = folder / f"{number:04}"
        release.mkdir()
        (release / "data").symlink_to(folder / "data")
        remembered(release)
        assert remembered(folder) is first
    assert read == [f"{number:04}" for number in range(20)]
    assert len(content_memory._memory) <= 4
