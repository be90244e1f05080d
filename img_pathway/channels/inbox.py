"""Messages of a platform that were acknowledged and are not answered yet, in a file that outlives the process.

A file is locked as long as its process lives. Once it is not, any process of the machine answers what it left.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LOG = logging.getLogger(__name__)
# Platforms take no answers to what is older.
_OLDEST_SECONDS = 86_400
_MOST_BYTES = 1_000_000
# A message that brings servers down must not bring down all that come after them.
_MOST_TRIES = 4


@dataclass(frozen=True)
class Left:
    """A message that somebody else was to answer."""

    name: str
    message: dict[str, Any]
    sent: int
    """How many messages of its answer were sent."""


class Inbox:
    """What one process has acknowledged, and what others have left. A full disk makes it forget, and nothing worse."""

    def __init__(self, folder: Path, platform: str) -> None:
        """Keep it in a folder that processes with the same database share."""
        self._folder, self._platform = folder, platform
        self._pending: dict[str, dict[str, Any]] = {}
        self._file: int | None = None
        self._path = folder

    def take(self, name: str, message: Mapping[str, Any]) -> None:
        """Remember a message before it is acknowledged."""
        self._remember({"name": name, "message": message, "sent": 0, "tries": 1, "at": time.time()})

    def sent(self, name: str, number: int) -> None:
        """Remember how many messages of an answer were sent."""
        if name in self._pending:
            self._pending[name]["sent"] = number
            self._write({"name": name, "sent": number})

    def done(self, name: str) -> None:
        """Forget a message: it is answered, or never will be."""
        self._pending.pop(name, None)
        if self._pending:
            self._write({"name": name})
        else:
            self._clear()

    def left(self) -> Iterator[Left]:
        """Messages of processes that are gone; from now on they are this one's."""
        for path in sorted(self._folder.glob(f"{self._platform}-*.jsonl")):
            file = _locked(path)
            if file is None:
                continue
            try:
                for name, found in _read(path).items():
                    if name not in self._pending and _is_worth_a_try(found):
                        self._remember({**found, "tries": found["tries"] + 1})
                        yield Left(name, found["message"], found["sent"])
                path.unlink(missing_ok=True)
            finally:
                os.close(file)

    def close(self) -> None:
        """Leave what is not answered to others."""
        if self._file is None:
            return
        if not self._pending:
            self._path.unlink(missing_ok=True)
        os.close(self._file)
        self._file = None

    def _remember(self, line: dict[str, Any]) -> None:
        self._pending[line["name"]] = line
        self._write(line)

    def _write(self, line: Mapping[str, Any]) -> None:
        try:
            if self._file is None:
                self._begin()
            assert self._file is not None
            os.write(self._file, json.dumps(line).encode() + b"\n")
            if os.fstat(self._file).st_size > _MOST_BYTES:
                self._shorten()
        except OSError as error:
            _LOG.warning("What is acknowledged is not kept until it is answered: %s", error.strerror)

    def _begin(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Under a name that nobody looks for, until it is locked.
        path = self._folder / f"{self._platform}-{uuid.uuid4().hex}"
        self._file = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX)
        self._path = path.rename(path.with_suffix(".jsonl"))

    def _clear(self) -> None:
        if self._file is not None:
            os.ftruncate(self._file, 0)

    def _shorten(self) -> None:
        """Go on in a new file with what is pending, if that is little."""
        if sum(len(json.dumps(line)) for line in self._pending.values()) > _MOST_BYTES / 2:
            return
        old, path = self._file, self._path
        self._begin()
        for line in self._pending.values():
            self._write(line)
        path.unlink(missing_ok=True)
        if old is not None:
            os.close(old)


def _locked(path: Path) -> int | None:
    """A file of a process that is gone, locked; None while the process lives, or where another one has taken it."""
    try:
        file = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(file), path.stat()):
            return file
    except OSError:
        pass
    os.close(file)
    return None


def _is_worth_a_try(found: Mapping[str, Any]) -> bool:
    if found["tries"] >= _MOST_TRIES:
        _LOG.error("A message over which %d servers ended is not answered.", found["tries"])
        return False
    return bool(found["at"] > time.time() - _OLDEST_SECONDS)


def _read(path: Path) -> dict[str, dict[str, Any]]:
    """The messages of a file that are not done, in the order in which they came."""
    found: dict[str, dict[str, Any]] = {}
    for text in path.read_text(encoding="utf-8").splitlines():
        try:
            line = json.loads(text)
        except ValueError:
            # The process died over it, before it acknowledged the message.
            continue
        if "message" in line:
            found[line["name"]] = line
        elif "sent" in line:
            found[line["name"]]["sent"] = line["sent"]
        else:
            found.pop(line["name"], None)
    return found
