"""Utterances with the labels whose answer is right: to calibrate trust, and to measure understanding."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import StrictStr

from img_pathway.content import Record, load_document, read_records


class Utterance(Record):
    """What somebody said, and every label whose answer would be right."""

    text: StrictStr
    topic: StrictStr
    expect: tuple[StrictStr, ...] = ()
    ok: tuple[StrictStr, ...] = ()
    """Labels whose answer would do, though another is better."""
    need: Literal["answer", "missing", "clarify", "profile", "multi"] = "answer"
    """What is due where it is no single answer: nothing has one, more has to be known, or several things are asked."""
    parts: tuple[tuple[StrictStr, ...], ...] = ()
    about: StrictStr | None = None
    entities: tuple[StrictStr, ...] = ()


class UtteranceFile(Record):
    """A file of utterances with labels."""

    utterances: tuple[Utterance, ...]


def read_utterances(path: Path) -> tuple[Utterance, ...]:
    """The utterances of a file; raises ContentError."""
    return read_records(load_document(path), UtteranceFile).utterances
