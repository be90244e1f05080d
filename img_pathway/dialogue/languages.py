"""What is said to people who write in another language than English."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import StrictStr

from img_pathway.content import ContentError, Record, Text, load_document, read_records
from img_pathway.dialogue.labels import DANGERS
from img_pathway.dialogue.organization import Organization

_BRACES = re.compile(r"\{(\w+)\}")
_FILLED_IN = ("name", "page", "email")


class Language(Record):
    """Sentences in one language; braces are filled in from data/organization.yml."""

    name: StrictStr
    says: Text
    """Help is in English, with the link and the contact."""
    emergency: Text
    crisis: Text
    words: tuple[StrictStr, ...] = ()
    """Frequent words as people write them in Latin letters, for languages with a script of their own."""
    letters: StrictStr = ""
    """Letters without one of which a text is in another language of the same script."""


class LanguagesFile(Record):
    """data/languages.yml."""

    english: tuple[StrictStr, ...]
    """Words that hardly stand in a message in another language."""
    languages: dict[StrictStr, Language]
    """By ISO 639-1 code."""


def load_languages(path: Path) -> LanguagesFile:
    """What there is to say in which language; raises ContentError."""
    document = load_document(path, path.parent.parent)
    file = read_records(document, LanguagesFile)
    problems = [
        document.problem(("languages", code, "says"), f'"{{{name}}}" cannot be filled in. Use {_FILLED_IN}.')
        for code, language in file.languages.items()
        for name in _BRACES.findall(language.says)
        if name not in _FILLED_IN
    ]
    if problems:
        raise ContentError(problems)
    return file


def said_in(language: Language, intent: str, organization: Organization) -> str:
    """The sentence for a message of an intent: help in danger, else where help is to be had in English."""
    if intent in DANGERS:
        return str(getattr(language, intent))
    contact = organization.contact
    return language.says.format(name=organization.name, page=contact.page, email=contact.email)
