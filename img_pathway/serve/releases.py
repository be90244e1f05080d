"""Published releases: content with the model that was trained for it, and a journal of which is live."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from img_pathway.content.home import home
from img_pathway.serve.settings import Settings, default_root
from img_pathway.serve.training import content_hash

MODEL = "model.tar.gz"
_RECORD = "release.json"
_CONTENT = ("data", "config.yml", "domain.yml")
# Enough to go back a few steps; each is as large as its model.
_KEPT = 6


class NoRelease(Exception):
    """There is no such release; the message says which there are."""


@dataclass(frozen=True)
class Release:
    """What was published once."""

    name: str
    """Its number with leading zeros, and the name of its folder."""
    at: str
    by: str
    note: str
    commit: str | None
    """The commit that the folder stood on; with "+" where files differed from it."""
    content: str
    """A hash of all content."""
    model: str
    """The name under which the model was trained."""
    figures: dict[str, Any]
    """How the held-out utterances were understood."""


@dataclass(frozen=True)
class Change:
    """A line of the journal: since when a release is live."""

    at: str
    by: str
    did: Literal["published", "rolled back"]
    release: str


class Releases:
    """The releases of one installation, in models/releases."""

    def __init__(self, settings: Settings) -> None:
        """Take the installation."""
        self._root, self._folder = settings.root, settings.releases
        self._journal = self._folder / "journal.jsonl"

    def folder(self, name: str) -> Path:
        """Where a release is: its content, as in the project's folder, and its model; raises NoRelease."""
        folder = self._folder / name
        if not (name.isdigit() and (folder / _RECORD).exists()):
            there = ", ".join(release.name for release in self.all()) or "none yet"
            raise NoRelease(f"There is no release {name}. There are: {there}.")
        return folder

    def all(self) -> list[Release]:
        """All that are kept, the oldest first."""
        records = sorted(self._folder.glob(f"*/{_RECORD}"))
        return [Release(**json.loads(path.read_text(encoding="utf-8"))) for path in records]

    def changes(self) -> list[Change]:
        """The journal, the oldest line first."""
        if not self._journal.exists():
            return []
        return [Change(**json.loads(line)) for line in self._journal.read_text(encoding="utf-8").splitlines()]

    def live(self) -> str | None:
        """The release that people talk to; None where nothing was published."""
        changes = self.changes()
        return changes[-1].release if changes else None

    def before(self) -> str:
        """The release that was live before the present one and is kept; raises NoRelease."""
        live, kept = self.live(), {release.name for release in self.all()}
        earlier = [change.release for change in self.changes() if change.release in kept and change.release != live]
        if not earlier:
            raise NoRelease("There is no earlier release to go back to.")
        return earlier[-1]

    def make(self, model: Path, by: str, note: str, figures: dict[str, Any]) -> Release:
        """Put the present content and its model aside as a new release, which is not live yet."""
        self._folder.mkdir(parents=True, exist_ok=True)
        last = max((int(release.name) for release in self.all()), default=0)
        release = Release(
            f"{last + 1:04}", _now(), by, note, _commit(self._root), content_hash(self._root), model.name, figures
        )
        making = self._folder / f"{release.name}.new"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir()
        for name in _CONTENT:
            _copy(self._root / name, making / name)
        _link(model, making / MODEL)
        (making / _RECORD).write_text(json.dumps(asdict(release), indent=1), encoding="utf-8")
        # Whole or not there: nobody may find half a release.
        making.rename(self._folder / release.name)
        return release

    def go_live(self, name: str, by: str, did: Literal["published", "rolled back"]) -> Change:
        """Note in the journal, which running bots follow, that a release is live; raises NoRelease."""
        self.folder(name)
        change = Change(_now(), by, did, name)
        with self._journal.open("a", encoding="utf-8") as journal:
            journal.write(json.dumps(asdict(change)) + "\n")
            journal.flush()
            os.fsync(journal.fileno())
        self._remove_old()
        return change

    def _remove_old(self) -> None:
        live = self.live()
        for release in self.all()[:-_KEPT]:
            if release.name != live:
                shutil.rmtree(self._folder / release.name)


def live_release() -> str | None:
    """The release that this process answers with; None where it is the project's own folder."""
    return _name_of(home(), default_root())


@lru_cache(maxsize=16)
def _name_of(home: Path, root: Path) -> str | None:
    return home.name if home.parent == Settings(root).releases else None


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)


def _link(source: Path, target: Path) -> None:
    """A second name of the same file; a copy where folders are on different disks."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _commit(root: Path) -> str | None:
    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    try:
        changed = git("status", "--porcelain", "--untracked-files=no")
        return git("rev-parse", "--short", "HEAD") + ("+" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return None
