"""What commands write for staff is in no shared folder and for its owner alone; so is what a running part writes."""

from __future__ import annotations

import os
import re
import shlex
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from img_pathway import cli
from img_pathway.commands import running
from img_pathway.commands.shared import export_file
from img_pathway.serve import supervisor
from img_pathway.serve.settings import Settings, installation
from tests.serving import ROOT
from tests.staff.events import Events

WRITES = re.compile(r"^\.venv/bin/img-pathway ((\w+).* --(?:html|csv|to|svg|mermaid) (\S+))$", re.MULTILINE)
# A comparison needs two models; it writes its page by the same function.
LINES = sorted(
    {match for match in WRITES.findall((ROOT / "docs" / "staff.md").read_text("utf-8")) if match[1] != "compare"}
)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture()
def usual_umask() -> Iterator[None]:
    """That of most machines, under which others may read new files."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture()
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, usual_umask: None) -> Path:
    """An installation with the project's content and a database of its own."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    (tmp_path / "endpoints.yml").write_text((ROOT / "endpoints.yml").read_text("utf-8").replace("conversations", "bot"))
    monkeypatch.setenv("IMG_PATHWAY_ROOT", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_page_for_staff_has_a_line_of_each_command_that_writes() -> None:
    assert {line[1] for line in LINES} == {"enquiries", "graph", "report", "story"}


@pytest.mark.parametrize(("line", "name"), [(line, name) for line, _, name in LINES])
def test_a_name_alone_is_a_file_that_git_and_others_do_not_see(
    line: str, name: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Events(root).talk("web-1").misses("can my aunt pay for it")
    words = [re.sub("^web-.*", "web-1", word) for word in shlex.split(line)]
    assert cli.main(words) == 0
    written = root / ".state" / "out" / name
    assert (mode(written), mode(written.parent)) == (0o600, 0o700)
    assert str(written) in capsys.readouterr().out
    assert not (root / name).exists()


@pytest.mark.parametrize("name", ["./table.csv", "kept/table.csv", "{root}/table.csv"])
def test_a_path_is_taken_as_it_is_and_closed_to_others_as_well(name: str, root: Path) -> None:
    (root / "kept").mkdir()
    written = Path(name.format(root=root))
    written.write_text("older")
    assert cli.main(["enquiries", "--csv", name.format(root=root)]) == 0
    assert mode(written) == 0o600
    assert "older" not in written.read_text("utf-8-sig")
    assert not (root / ".state" / "out").exists()


def test_a_terminal_or_a_pipe_keeps_its_mode(root: Path) -> None:
    with export_file(installation(), "/dev/null") as file:
        file.write("text")
    assert mode(Path("/dev/null")) == 0o666


@pytest.mark.parametrize("command", ["run", "outbox"])
def test_what_a_running_part_writes_is_for_its_user_alone(
    command: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "execve", lambda *arguments: 0)
    monkeypatch.setattr(supervisor.Supervisor, "watch", lambda self: None)
    monkeypatch.setattr(supervisor, "bot_parts", lambda settings, model: [])
    monkeypatch.setattr(running, "_chosen", _as_released)
    monkeypatch.setattr("img_pathway.enquiry.outbox.keep_delivering", lambda *arguments: None)
    monkeypatch.setattr("img_pathway.watching.logs.configure", lambda *arguments: None)
    monkeypatch.setattr("signal.signal", lambda *arguments: None)
    cli.main(command.split())
    assert mode(root / "bot.db") == 0o600


def _as_released(settings: Settings, *, draft: bool) -> tuple[Settings, Path]:
    return replace(settings, home=settings.root), settings.root / "model.tar.gz"
