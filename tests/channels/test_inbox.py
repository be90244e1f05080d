"""What is acknowledged outlives the process that was to answer it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from img_pathway.channels import inbox as inbox_module
from img_pathway.channels.inbox import Inbox, Left

DYING = """
import os, sys
from pathlib import Path
from img_pathway.channels.inbox import Inbox
inbox = Inbox(Path(sys.argv[1]), "telegram")
for name in ("a", "b", "c"):
    inbox.take(name, {"text": f"says {name}"})
inbox.done("a")
inbox.sent("b", 2)
os.kill(os.getpid(), 9)
"""


def left(folder: Path, platform: str = "telegram") -> list[Left]:
    return list(Inbox(folder, platform).left())


def test_what_a_killed_process_did_not_answer_is_taken_over_once(tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", DYING, str(tmp_path)], check=False)
    assert killed.returncode == -9
    assert left(tmp_path, "whatsapp") == []
    heir = Inbox(tmp_path, "telegram")
    assert list(heir.left()) == [Left("b", {"text": "says b"}, 2), Left("c", {"text": "says c"}, 0)]
    assert left(tmp_path) == []
    heir.done("b")
    heir.close()
    assert left(tmp_path) == [Left("c", {"text": "says c"}, 0)]


def test_what_a_living_process_works_on_is_its_own(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path, "telegram")
    inbox.take("a", {})
    assert left(tmp_path) == []
    assert list(inbox.left()) == []


def test_nothing_stays_of_what_is_answered(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path, "telegram")
    inbox.take("a", {"text": "a secret of mine"})
    (file,) = tmp_path.iterdir()
    assert oct(file.stat().st_mode)[-3:] == "600"
    inbox.sent("a", 1)
    inbox.done("a")
    assert file.read_bytes() == b""
    inbox.close()
    assert list(tmp_path.iterdir()) == []


def test_a_file_under_work_all_day_stays_small_and_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_module, "_MOST_BYTES", 2000)
    inbox = Inbox(tmp_path, "telegram")
    inbox.take("long", {"text": "works on"})
    inbox.sent("long", 1)
    for number in range(200):
        inbox.take(str(number), {"text": "soon answered"})
        inbox.done(str(number))
    (file,) = tmp_path.iterdir()
    assert file.stat().st_size <= 2200
    inbox.close()
    assert left(tmp_path) == [Left("long", {"text": "works on"}, 1)]


def test_more_than_fits_is_kept_whole_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_module, "_MOST_BYTES", 500)
    inbox = Inbox(tmp_path, "telegram")
    for number in range(50):
        inbox.take(str(number), {"text": "waits"})
    inbox.close()
    assert [found.name for found in left(tmp_path)] == [str(number) for number in range(50)]


def test_the_line_over_which_a_process_died_is_left_out(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path, "telegram")
    inbox.take("a", {})
    inbox.close()
    (file,) = tmp_path.iterdir()
    with file.open("ab") as half:
        half.write(b'{"name": "b", "mess')
    assert [found.name for found in left(tmp_path)] == ["a"]


def test_what_is_too_old_for_an_answer_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = Inbox(tmp_path, "telegram")
    inbox.take("a", {})
    inbox.close()
    monkeypatch.setattr(inbox_module, "_OLDEST_SECONDS", -1)
    assert left(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_a_message_over_which_servers_die_is_given_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    inbox, tries = Inbox(tmp_path, "telegram"), 1
    inbox.take("a", {"text": "a secret of mine"})
    inbox.close()
    for _ in range(9):
        heir = Inbox(tmp_path, "telegram")
        tries += len(list(heir.left()))
        heir.close()
    assert tries == inbox_module._MOST_TRIES
    assert f"over which {tries} servers ended is not answered" in caplog.text
    assert "secret" not in caplog.text
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(file: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(inbox_module.os, "write", full)
    inbox = Inbox(tmp_path, "telegram")
    inbox.take("a", {"text": "a secret of mine"})
    inbox.done("a")
    assert "No space left" in caplog.text
    assert "secret" not in caplog.text
