"""The organization that runs the bot, and the rotations it offers."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import AnyHttpUrl, StrictBool, StrictInt, StrictStr

from img_pathway.content import ContentError, Record, load_document, nearest, read_records
from img_pathway.knowledge import Knowledge


class Contact(Record):
    """How to reach a person."""

    email: StrictStr
    phone: StrictStr
    page: AnyHttpUrl
    hours: StrictStr


class Rotation(Record):
    """A clinical rotation on offer; `kind` is the outcome that opens it."""

    id: StrictStr
    kind: Literal["clerkship", "externship", "observership"]
    name: StrictStr
    specialty: StrictStr
    city: StrictStr
    weeks: StrictInt


class Organization(Record):
    """data/organization.yml."""

    example: StrictBool
    name: StrictStr
    bot_name: StrictStr
    contact: Contact
    apply_link: AnyHttpUrl
    privacy_link: AnyHttpUrl
    rotations: tuple[Rotation, ...] = ()


def load_organization(path: Path, knowledge: Knowledge) -> Organization:
    """Read the organization; raises ContentError."""
    document = load_document(path, path.parent.parent)
    organization = read_records(document, Organization)
    problems = [
        document.problem(
            ("rotations", i, "specialty"),
            f'unknown specialty "{rotation.specialty}".{nearest(rotation.specialty, knowledge.topics)}',
        )
        for i, rotation in enumerate(organization.rotations)
        if rotation.specialty not in knowledge.topics
    ]
    if problems:
        raise ContentError(problems)
    return organization
