"""People who talk to a bot without a break and send again what was refused, and the check that all of it is whole."""

from __future__ import annotations

import re
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from img_pathway.serve.supervisor import Part, Supervisor, answers
from tests.channels.browserless import Visitor
from tests.serving import eventually, well

# Nobody waits longer for an answer or an honest refusal.
LONGEST_SECONDS = 10
# A question, a quiz with a question in the middle of it, and what the bot then takes the answers to be. The name is
# made up; no log may hold it.
SECRET_NAME = "Quillonia Zyxwander"
TALK = (
    f"my name is {SECRET_NAME}, what is a residency?",
    *("check my eligibility", "goal:certification", "stage:graduate", "school_place:elsewhere"),
    *("how long is a residency?", "progress:both", "exam_gap:yes", "skills:nothing", "full_license:no", "2021"),
    *("oet:not_sure", "my answers"),
)
Replies = list[dict[str, Any]]


@dataclass
class Try:
    """One request for an answer: its status (0 where there was no response), what it took, when to come again."""

    status: int
    seconds: float
    retry_after: int
    at: float


@dataclass
class Sent:
    """A message as its client knows it."""

    id: str
    text: str
    tries: list[Try] = field(default_factory=list)
    replies: Replies | None = None


@dataclass
class Talked:
    """One conversation as its client knows it."""

    visitor: Visitor
    sent: list[Sent] = field(default_factory=list)


class Crowd:
    """People who each go through a talk again and again, every time in a new conversation."""

    def __init__(self, running: Supervisor, people: int = 2, talk: Sequence[str] = TALK, pause: float = 0.5) -> None:
        self.talks: list[Talked] = []
        self._running, self._talk, self._pause = running, talk, pause
        self._done = threading.Event()
        self._people = ThreadPoolExecutor(people)
        self._working = [self._people.submit(self._go_on) for _ in range(people)]

    def __enter__(self) -> Crowd:
        return self

    def __exit__(self, *error: object) -> None:
        self._done.set()
        self._people.shutdown()
        for person in self._working:
            person.result()

    @property
    def tries(self) -> list[Try]:
        return [one for talked in list(self.talks) for sent in list(talked.sent) for one in list(sent.tries)]

    def answered(self, since: float = 0) -> int:
        """How many answers came to requests that were made since a moment."""
        return sum(one.status == 200 and one.at >= since for one in self.tries)

    def refused(self, since: float = 0) -> int:
        return sum(one.status != 200 and one.at >= since for one in self.tries)

    def all_are_answered(self, since: float) -> bool:
        """Whether so many answers came since a moment that everybody had one, and none of the last was a refusal."""
        last = self.tries[-len(self._working) :]
        return self.answered(since) >= 2 * len(self._working) and all(one.status == 200 for one in last)

    def _go_on(self) -> None:
        while not self._done.is_set():
            try:
                talked = Talked(Visitor.of(self._running))
            except (AssertionError, httpx.TransportError):
                # Without a conversation there is nothing yet that could be lost.
                self._done.wait(self._pause)
                continue
            self.talks.append(talked)
            for text in self._talk:
                if self._done.is_set():
                    return
                talked.sent.append(Sent(uuid.uuid4().hex, text))
                self._send(talked.visitor, talked.sent[-1])
                self._done.wait(self._pause)

    def _send(self, visitor: Visitor, sent: Sent) -> None:
        while sent.replies is None and not self._done.is_set():
            sent.tries.append(tried := _try(visitor, sent))
            if tried.status != 200:
                self._done.wait(min(tried.retry_after, 1))


def _try(visitor: Visitor, sent: Sent) -> Try:
    began = time.monotonic()
    try:
        answer = visitor.says(sent.text, sent.id)
    except httpx.TransportError:
        return Try(0, time.monotonic() - began, 1, began)
    if answer.status_code == 200:
        sent.replies = answer.json()["replies"]
    return Try(answer.status_code, time.monotonic() - began, int(answer.headers.get("retry-after", 0)), began)


def undisturbed(running: Supervisor, talk: Sequence[str] = TALK) -> list[Replies]:
    """What the bot says in a talk when nothing is wrong."""
    visitor = Visitor.of(running)
    return [visitor.hears(text)["replies"] for text in talk]


def whole(crowd: Crowd, expected: Sequence[Replies], longest: float = LONGEST_SECONDS) -> None:
    """Nothing was lost, answered twice, decided from other answers than were given, or left without a word."""
    assert crowd.answered()
    for talked in crowd.talks:
        taken = [sent for sent in talked.sent if sent.replies is not None]
        kept = talked.visitor.history()
        # The last message may have been taken by a bot that could not say so any more.
        last = [talked.sent[-1]] if len(kept) > len(taken) else []
        assert [exchange["id"] for exchange in kept] == [sent.id for sent in (*taken, *last)]
        assert [exchange["replies"] for exchange in kept[: len(taken)]] == [sent.replies for sent in taken]
        assert [exchange["replies"] for exchange in kept] == expected[: len(kept)]
    for tried in crowd.tries:
        assert tried.seconds < longest, tried
        assert tried.status == 200 or (tried.status == 503 and tried.retry_after > 0), tried


@dataclass
class Logs:
    """What logs say from now on."""

    paths: Sequence[Path]

    def __post_init__(self) -> None:
        self._begun = {path: path.stat().st_size for path in self.paths}

    @property
    def text(self) -> str:
        said = (path.read_bytes()[begun:] for path, begun in self._begun.items())
        return b"".join(said).decode("utf-8", "replace")


class Subject:
    """A bot that is broken on purpose: where people reach it, what runs behind, and what it says while it is well."""

    people = 4

    def __init__(self, front: Supervisor, workers: Sequence[Supervisor]) -> None:
        self.front, self.workers = front, workers
        self.expected = undisturbed(front)

    @property
    def parts(self) -> list[Part]:
        return [part for worker in self.workers for part in worker.parts]

    def is_well(self) -> bool:
        # A part that is being started again may not be missed by anybody.
        return well(self.front) and all(part.health and answers(part.health) for part in self.parts)

    @contextmanager
    def under_load(
        self, *, within: float, says: str = "", refuses: bool = True, longest: float = LONGEST_SECONDS
    ) -> Iterator[Crowd]:
        """People talk while a block breaks something and mends what has to be mended; afterwards all must be whole.

        Everybody is answered again `within` so many seconds, without a hand, and the log `says` what happened. Nobody
        waits for longer than `longest`.
        """
        assert eventually(self.is_well)
        logs = Logs([part.log for part in self.parts])
        with Crowd(self.front, self.people) as crowd:
            until_answered(crowd, 2 * self.people)
            yield crowd
            mended = time.monotonic()
            assert eventually(lambda: crowd.all_are_answered(mended))
            assert time.monotonic() - mended < within
        assert eventually(self.is_well)
        whole(crowd, self.expected, longest)
        assert refuses or not crowd.refused()
        assert re.search(says, logs.text), logs.text[-4000:]
        assert SECRET_NAME not in logs.text


def until_refused(crowd: Crowd, times: int = 3) -> None:
    now = time.monotonic()
    assert eventually(lambda: crowd.refused(now) >= times)


def until_answered(crowd: Crowd, times: int = 12) -> None:
    now = time.monotonic()
    assert eventually(lambda: crowd.answered(now) >= times)
