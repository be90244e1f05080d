"""What is asked of a person who wants a rotation, from data/enquiry.yml."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import StrictBool, StrictStr

from img_pathway.content import ContentError, Record, Text, load_document, nearest, read_records

Kind = Literal["name", "email", "phone", "specialty", "text", "choice"]
# Without these an enquiry cannot be answered, or must not be sent.
NEEDED = ("name", "email", "consent")
FIELDS = ("name", "email", "phone", "specialty", "months", "city", "profile", "consent")
_BRACES = re.compile(r"\{(\w+)\}")
_FILLED_IN = ("organization", "privacy_link", "number", "email", "contact")


class Field(Record):
    """One question; `wrong` is said to an answer that cannot be right."""

    id: StrictStr
    label: StrictStr
    kind: Kind
    asks: Text
    why: Text
    optional: StrictBool = False
    wrong: Text


class EnquiryWords(Record):
    """data/enquiry.yml."""

    begin: Text
    questions: tuple[Field, ...]
    yes: StrictStr
    no: StrictStr
    skip: StrictStr
    back: StrictStr
    summary: Text
    from_quiz: Text
    sent: Text
    not_sent: Text
    stopped: Text
    nothing_back: Text
    continue_quiz: StrictStr


def load_enquiry_words(path: Path) -> EnquiryWords:
    """Read the questions; raises ContentError."""
    document = load_document(path, path.parent.parent)
    words = read_records(document, EnquiryWords)
    ids = [field.id for field in words.questions]
    problems = [
        document.problem(("questions", i, "id"), f'unknown question "{id_}".{nearest(id_, FIELDS)}')
        for i, id_ in enumerate(ids)
        if id_ not in FIELDS
    ]
    problems += [
        document.problem(("questions",), f'the question "{id_}" is missing; an enquiry needs it.')
        for id_ in NEEDED
        if id_ not in ids
    ]
    if ids[-1] != "consent":
        message = 'the question "consent" must come last; nothing is sent before it.'
        problems.append(document.problem(("questions",), message))
    for key, text in words.dict(exclude={"questions"}).items():
        for name in _BRACES.findall(text):
            if name not in _FILLED_IN:
                problems.append(document.problem((key,), f'"{{{name}}}" cannot be filled in. Use {_FILLED_IN}.'))
    if problems:
        raise ContentError(problems)
    return words
