"""The machine below a single bot fails while people talk: its disk is full, its clock jumps."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from img_pathway.serve.supervisor import launched
from tests.load import Subject, until_answered, until_refused
from tests.serving import HTTP, eventually, running_bot

pytestmark = [pytest.mark.server, pytest.mark.services, pytest.mark.faults]


class Machine(Subject):
    """A bot on a disk of 16 MB, with a clock that can be set."""

    people = 2

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.disk, self.clock = folder / "disk", folder / "clock"
        self.disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(self.disk)], check=True)
        # Lazily: the bot that used it is stopped after this.
        stack.callback(subprocess.run, ["umount", "--lazy", str(self.disk)], check=True)
        self.set_clock("+0")
        with pytest.MonkeyPatch.context() as environment:
            for name, value in self._faked().items():
                environment.setenv(name, value)
            # A clock that is set is loaded before the program, so that no forked process would have it.
            bot = running_bot(folder, database=str(self.disk / "conversations.db"), launch=launched)
            running = stack.enter_context(bot)
        super().__init__(running, [running])

    def set_clock(self, offset: str) -> None:
        self.clock.write_text(f"{offset}\n", encoding="ascii")

    def promised(self) -> datetime:
        """Until when a conversation that begins now may last."""
        begun = HTTP.post(f"{self.front.settings.address}/chat/sessions", json={}, timeout=10).json()
        return datetime.fromisoformat(begun["expires_at"])

    def _faked(self) -> dict[str, str]:
        # Waiting goes by another clock, which no clock on the wall sets.
        return {
            "LD_PRELOAD": str(next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))),
            "FAKETIME_TIMESTAMP_FILE": str(self.clock),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_FORCE_MONOTONIC_FIX": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    if os.geteuid() != 0:
        pytest.skip("only root can make a small disk")
    with ExitStack() as stack:
        yield Machine(tmp_path_factory.mktemp("machine"), stack)


def test_the_disk_is_full(machine: Machine) -> None:
    filler = machine.disk / "filler"
    with machine.under_load(within=10, says="database or disk is full") as crowd:
        try:
            with pytest.raises(OSError, match="No space"), filler.open("wb", buffering=0) as file:
                while True:
                    file.write(b"x" * 4096)
            until_refused(crowd)
        finally:
            filler.unlink()


def test_the_clock_jumps(machine: Machine) -> None:
    with machine.under_load(within=10, refuses=False) as crowd:
        for offset in ("-2h", "+3h", "+0"):
            before = machine.promised()
            machine.set_clock(offset)
            assert eventually(lambda b=before: abs(machine.promised() - b) > timedelta(hours=1))
            until_answered(crowd, 8)
