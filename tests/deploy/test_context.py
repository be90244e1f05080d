"""What Docker is sent and what git takes: all that the image needs, and nothing that is secret or of a person."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from img_pathway.channels.site import Site
from img_pathway.dialogue.bot import load_bot
from img_pathway.serve.training import content_hash, fingerprint
from tests.serving import ROOT

# Passwords, keys, and what people left, under the names that docs and habit give them.
SECRET = (
    ".env", "deploy/.env", "deploy/.env.old", "deploy/keys.env", "keys.env", "deploy/systemd/environment",
    "deploy/privkey.pem", "bot.key", ".state/secret", ".state/inbox/telegram", ".state/log/rasa.log",
    ".state/out/enquiries.csv", "enquiries.csv", "deploy/enquiries.csv", "data/enquiries.csv", "docs/table.csv",
    "bot.dump", "deploy/bot.dump", "data/bot.dump", "bot.sql", "bot.sql.gz", "bot.db", "img_pathway/bot.db",
    "conversations.db", "conversations.db-wal", "conversations.db-journal", "story.yml", "story-2.yml", "report.html",
    "compare.html", "match.svg", "quiz.mmd", "actions/.env", "data/.env", "img_pathway/keys.env",
)  # fmt: skip
# Not secret, and of no use in the image.
NEEDLESS = (
    ".git/config",
    "tests/conftest.py",
    "widget/node_modules/x/index.js",
    "actions/__pycache__/x.cpython-310.pyc",
)


class Ignored:
    """The rules of a .dockerignore as Docker reads them: the last that matches a path or a folder above it decides."""

    def __init__(self, text: str) -> None:
        lines = [line.strip() for line in text.splitlines()]
        patterns = [line for line in lines if line and not line.startswith("#")]
        self._rules = [
            (os.path.normpath(pattern.lstrip("!").strip("/")), pattern.startswith("!")) for pattern in patterns
        ]

    def __call__(self, path: str) -> bool:
        parts = path.split("/")
        above = ["/".join(parts[: n + 1]) for n in range(len(parts))]
        is_ignored = False
        for pattern, is_exception in self._rules:
            if is_exception == is_ignored and any(_regex(pattern).fullmatch(each) for each in above):
                is_ignored = not is_exception
        return is_ignored

    def is_skipped(self, folder: str) -> bool:
        """Whether Docker does not even look into a folder: no exception names anything in it by its beginning."""
        return self(folder) and not any(f"{rule}/".startswith(f"{folder}/") for rule, is_ in self._rules if is_)


def _regex(pattern: str) -> re.Pattern[str]:
    found, rest = "", pattern
    while rest:
        if rest.startswith("**"):
            rest = rest[2:].removeprefix("/")
            found += "(.*/)?" if rest else ".*"
            continue
        found += {"*": "[^/]*", "?": "[^/]"}.get(rest[0], re.escape(rest[0]))
        rest = rest[1:]
    return re.compile(found)


def context(root: Path) -> Iterator[str]:
    """All files that Docker is sent from a folder, as `docker build` walks it."""
    ignored = Ignored((root / ".dockerignore").read_text(encoding="utf-8"))
    for folder, folders, files in os.walk(root):
        above = Path(folder).relative_to(root)
        folders[:] = [name for name in folders if not ignored.is_skipped(str(above / name))]
        yield from (path for name in files if not ignored(path := str(above / name)))


def tracked() -> set[str]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return {path for path in done.stdout.split("\0") if (ROOT / path).is_file()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which somebody has left files that are nobody else's business."""
    folder = tmp_path_factory.mktemp("project")
    for path in tracked():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, folder / path)
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    for path in (*SECRET, *NEEDLESS):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        if path not in tracked():
            (folder / path).write_text("marker", encoding="utf-8")
    return folder


def test_the_rules_are_read_as_docker_reads_them() -> None:
    ignored = Ignored("*\n!a\n**/x\na/**/*.*\n!a/**/*.py\n# c\n!/b/c.d/\n")
    kept = ("a", "a/b", "a/b.py", "a/b/c/d.py", "a/b/file", "b/c.d", "b/c.d/e")
    gone = ("x", "b", "b/c", "c", "a/x", "a/b/x", "a/b/x/y", "a/b.txt", "a/b/c/.env", "a/b/c.txt", "ab", "ab/c.py")
    assert [path for path in kept if ignored(path)] == []
    assert [path for path in gone if not ignored(path)] == []
    assert (ignored.is_skipped("b"), ignored.is_skipped("c"), ignored.is_skipped("a/b")) == (False, True, False)
    assert not Ignored("secret*\n!secret.md")("secret.md")
    assert Ignored("!secret.md\nsecret*")("secret.md")


def test_no_secret_is_sent_to_docker(folder: Path) -> None:
    sent = set(context(folder))
    assert sent & {*SECRET, *NEEDLESS} == set()
    assert sent <= tracked()


def test_no_secret_is_taken_by_git(folder: Path) -> None:
    given = "\0".join(SECRET)
    asked = ["git", "check-ignore", "--no-index", "-z", "--stdin"]
    done = subprocess.run(asked, cwd=folder, input=given, capture_output=True, text=True, check=False)
    assert sorted(set(SECRET) - set(done.stdout.split("\0"))) == []
    given = "\0".join(tracked())
    done = subprocess.run(asked, cwd=folder, input=given, capture_output=True, text=True, check=False)
    assert [path for path in done.stdout.split("\0") if path] == []


@pytest.fixture(scope="module")
def image(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the bot in the image."""
    image = tmp_path_factory.mktemp("image")
    for path in context(folder):
        (image / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(folder / path, image / path)
    return image


def test_what_the_dockerfile_copies_is_sent(image: Path) -> None:
    lines = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [source for line in lines if line.startswith("COPY ") for source in line.split()[1:-1]]
    assert copied
    assert [source for source in copied if not (image / source).exists()] == []


def test_the_image_holds_a_whole_bot(image: Path) -> None:
    for name in re.findall(r'(?:readme = |file = )"(.*?)"', (image / "pyproject.toml").read_text(encoding="utf-8")):
        assert (image / name).is_file()
    assert (fingerprint(image), content_hash(image)) == (fingerprint(ROOT), content_hash(ROOT))
    organization = load_bot(image / "data", date.today()).organization
    assert Site(image / "widget", "'self'", 180).find("/demo/", organization)
    checked = [sys.executable, "-m", "img_pathway.cli", "check"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("IMG_PATHWAY_")}
    done = subprocess.run(checked, cwd=image, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
