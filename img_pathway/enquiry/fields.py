"""What people type into a field, in its plain form; kind to spaces and spelling, strict where mail would not arrive."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from img_pathway.enquiry.words import Field, Kind

_LONGEST = 120
_ADDRESS = re.compile(r"[^\s<>,;:()]+@[^\s<>,;:()]+")
_LEAD = re.compile(r"^(?:hi|hello)?[, ]*(?:my name is|i am|i'm|im|this is|it is|its|it's|name[:]?)\s+", re.IGNORECASE)


class Wrong(Exception):
    """An answer that cannot be right."""


def read(field: Field, text: str, specialties: Callable[[str], str | None]) -> str:
    """The answer in its plain form; raises Wrong. `specialties` names the specialty in a text."""
    words = " ".join(text.split())
    if not words or len(words) > _LONGEST:
        raise Wrong
    if field.kind == "specialty":
        return specialties(words) or words
    return _READERS[field.kind](words)


def _name(words: str) -> str:
    name = _LEAD.sub("", words).strip(" .,!")
    if sum(c.isalpha() for c in name) < 2 or "@" in name or any(c.isdigit() for c in name):
        raise Wrong
    return name


def _email(words: str) -> str:
    found = _ADDRESS.search(words)
    if not found:
        raise Wrong
    try:
        # Whether the domain takes mail is not asked: that would need the network, and make people wait.
        return validate_email(found[0].strip(".'\""), check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise Wrong from error


def _phone(words: str) -> str:
    digits = re.sub(r"^(?:\D*?)00", "+", words) if not words.startswith("+") else words
    try:
        number = phonenumbers.parse(digits)
    except phonenumbers.NumberParseException as error:
        raise Wrong from error
    if not phonenumbers.is_possible_number(number):
        raise Wrong
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _text(words: str) -> str:
    return words


_READERS: Mapping[Kind, Callable[[str], str]] = {"name": _name, "email": _email, "phone": _phone, "text": _text}
