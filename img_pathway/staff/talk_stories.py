"""Test stories: talks that must go as they are written, in the words of people."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import StrictStr

from img_pathway.channels.talks import Turn
from img_pathway.content import Record, load_document, read_records

FOLDER = Path("tests") / "stories"
_NONE = "nothing"


class Step(Record):
    """A line of a story: what a person says with the intent and the answer it has, or what the bot does."""

    user: str | None = None
    intent: str | None = None
    action: str | None = None
    active_loop: str | None = None
    basis: tuple[StrictStr, ...] = ()
    """Ids of what has to be in the answer to the message."""


class StoryRecord(Record):
    """A whole talk."""

    story: str
    steps: tuple[Step, ...]


class StoryFile(Record):
    """A file of test stories, in Rasa's form."""

    version: str
    stories: tuple[StoryRecord, ...]


@dataclass(frozen=True)
class Told:
    """A message of a story, with the intent and the doings that are right."""

    said: str
    intent: str | None
    does: tuple[tuple[str, str | None], ...]
    basis: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    """A story ready to be tried."""

    name: str
    turns: tuple[Told, ...]


def read_stories(root: Path) -> list[Story]:
    """All test stories of a project; raises ContentError."""
    files = sorted((root / FOLDER).glob("*.yml"))
    records = [one for path in files for one in read_records(load_document(path, root), StoryFile).stories]
    return [Story(record.story, tuple(_turns(record.steps))) for record in records]


def _turns(steps: Sequence[Step]) -> Iterator[Told]:
    starts = [i for i, step in enumerate(steps) if step.user is not None]
    for start, end in zip(starts, [*starts[1:], len(steps)], strict=True):
        said, *done = steps[start:end]
        # In a story, `active_loop: null` says that a form has ended.
        does = tuple(("action", s.action) if s.action else ("active_loop", s.active_loop) for s in done)
        yield Told(str(said.user), said.intent, does, said.basis)


async def try_story(story: Story, hear: Callable[[str], Awaitable[Turn]]) -> str | None:
    """Talk as in a story; the sentence that says where it went otherwise, or None."""
    for number, told in enumerate(story.turns, 1):
        turn = await hear(told.said)
        place = f'"{story.name}", turn {number} ("{told.said}")'
        if told.intent and told.intent not in (turn.intent, turn.label):
            return f"{place}: understood as {turn.label or _NONE}, not {told.intent}."
        if tuple(turn.steps) != told.does:
            return f"{place}: the bot does {_listed(turn.steps)}, not {_listed(told.does)}."
        missing = [id_ for id_ in told.basis if id_ not in turn.basis]
        if missing:
            return f"{place}: the answer rests on {', '.join(turn.basis) or _NONE}, not on {', '.join(missing)}."
    return None


def _listed(steps: Sequence[tuple[str, str | None]]) -> str:
    return ", ".join(str(name) if key == "action" else f"{key} {name}" for key, name in steps) or _NONE
