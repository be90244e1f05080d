"""Releases: content and model put aside whole, a journal of what is live, a few steps to go back."""

from __future__ import annotations

from pathlib import Path

import pytest

from img_pathway.serve.releases import MODEL, NoRelease, Release, Releases
from img_pathway.serve.settings import Settings
from img_pathway.serve.training import content_hash

FACT = "data/knowledge/facts.yml"


@pytest.fixture()
def root(tmp_path: Path) -> Path:
    (tmp_path / "data" / "knowledge").mkdir(parents=True)
    for name, text in (("config.yml", "pipeline:"), ("domain.yml", "intents:"), (FACT, "first"), ("m.tar.gz", "model")):
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture()
def releases(root: Path) -> Releases:
    return Releases(Settings(root))


def published(releases: Releases, root: Path, content: str) -> Release:
    (root / FACT).write_text(content)
    release = releases.make(root / "m.tar.gz", "Kim", f"now {content}", {"right": 0.8})
    releases.go_live(release.name, "Kim", "published")
    return release


def test_at_first_nothing_is_live(releases: Releases) -> None:
    assert (releases.live(), releases.all(), releases.changes()) == (None, [], [])
    with pytest.raises(NoRelease, match="no earlier release"):
        releases.before()


def test_a_release_keeps_its_content_and_model_whatever_becomes_of_the_folder(releases: Releases, root: Path) -> None:
    release = published(releases, root, "first")
    held = content_hash(root)
    (root / FACT).write_text("second")
    (root / "m.tar.gz").unlink()
    folder = releases.folder(release.name)
    assert (folder / FACT).read_text() == "first"
    assert (folder / MODEL).read_text() == "model"
    assert content_hash(folder) == release.content == held != content_hash(root)


def test_the_way_back_and_forth_is_in_the_journal(releases: Releases, root: Path) -> None:
    first, second = (published(releases, root, text).name for text in ("first", "second"))
    assert releases.live() == second
    assert releases.before() == first
    releases.go_live(first, "Ann", "rolled back")
    assert releases.live() == first
    assert releases.before() == second
    assert [(c.release, c.did, c.by) for c in releases.changes()] == [
        (first, "published", "Kim"),
        (second, "published", "Kim"),
        (first, "rolled back", "Ann"),
    ]


def test_what_is_not_there_cannot_go_live(releases: Releases, root: Path) -> None:
    published(releases, root, "first")
    for name in ("0009", "../data", ""):
        with pytest.raises(NoRelease, match="There are: 0001"):
            releases.go_live(name, "Kim", "rolled back")
    assert releases.live() == "0001"


def test_old_ones_go_but_never_the_one_that_is_live(releases: Releases, root: Path) -> None:
    for number in range(7):
        published(releases, root, str(number))
    releases.go_live("0002", "Kim", "rolled back")
    for _ in range(3):
        releases.make(root / "m.tar.gz", "Kim", "", {"right": 0.8})
    releases.go_live("0002", "Kim", "rolled back")
    assert [release.name for release in releases.all()] == ["0002", *(f"{n:04}" for n in range(5, 11))]


def test_half_a_release_is_none(releases: Releases, root: Path) -> None:
    published(releases, root, "first")
    with pytest.raises(FileNotFoundError):
        releases.make(root / "gone.tar.gz", "Kim", "", {})
    assert [release.name for release in releases.all()] == ["0001"]
    assert published(releases, root, "second").name == "0002"
