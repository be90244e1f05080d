"""The small words of data/quiz/words.yml, ready to be found in a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pycountry
from pydantic import StrictStr

from img_pathway.content import ContentError, Record, load_document, nearest, read_records
from img_pathway.knowledge.mentions import Mention, Phrases
from img_pathway.knowledge.text import normalize
from img_pathway.reading.cues import Cues, load_cues
from img_pathway.reading.phrases import Finder
from img_pathway.reading.schooling import Schooling

_US_AND_CANADA = {"US", "CA", "UM", "PR", "GU", "VI", "AS", "MP"}
COMMANDS = ("back", "restart", "stop", "answers", "why", "change", "result")
# Names of countries that are also a US state, a part of one, a word or a common first name.
_AMBIGUOUS = {"georgia", "jordan", "chad", "jersey", "reunion"}


class WordLists(Record):
    """Word lists by what they show."""

    negators: tuple[StrictStr, ...]
    question_starts: tuple[StrictStr, ...]
    first_person: tuple[StrictStr, ...]
    not_sure: tuple[StrictStr, ...]
    graduation: tuple[StrictStr, ...]
    school: tuple[StrictStr, ...]
    school_parts: tuple[StrictStr, ...]
    finishing: tuple[StrictStr, ...]
    training: tuple[StrictStr, ...]
    aims: tuple[StrictStr, ...]
    yes_or_no: tuple[StrictStr, ...]
    numbers: tuple[StrictStr, ...]
    fillers: tuple[StrictStr, ...]


class WordsFile(Record):
    """data/quiz/words.yml."""

    words: WordLists
    commands: dict[StrictStr, tuple[StrictStr, ...]]


class PlacesFile(Record):
    """data/places.yml."""

    places: dict[StrictStr, tuple[StrictStr, ...]]
    short_names: tuple[StrictStr, ...]
    schools: dict[StrictStr, tuple[StrictStr, ...]]


@dataclass(frozen=True)
class Words:
    """Finders and sets over normalized words."""

    negators: Phrases
    places: Phrases
    """Countries by their names, nationalities and cities; the id is the ISO 3166 code."""
    aims: Phrases
    question_starts: Phrases
    first_person: frozenset[str]
    not_sure: frozenset[str]
    yes_or_no: frozenset[str]
    numbers: frozenset[str]
    fillers: frozenset[str]
    commands: dict[str, str]
    """Command by its normalized wording."""
    cues: Cues
    schooling: Schooling

    def countries(self, words: list[str]) -> list[Mention]:
        """Countries that words name; New Mexico and New England are none, New Zealand is a name of its own."""
        return [m for m in self.places.find(words) if not m.start or words[m.start - 1] != "new"]


def load_words(path: Path) -> Words:
    """Read the word lists of the quiz, and data/places.yml beside its folder; raises ContentError."""
    document = load_document(path, path.parent.parent.parent)
    file = read_records(document, WordsFile)
    unknown = [
        document.problem(("commands", name), f'unknown command "{name}".{nearest(name, COMMANDS)}')
        for name in file.commands
        if name not in COMMANDS
    ]
    if unknown:
        raise ContentError(unknown)
    lists = file.words

    def one(phrases: tuple[str, ...]) -> Phrases:
        return Phrases((phrase, phrase) for phrase in phrases)

    def finder(phrases: tuple[str, ...]) -> Finder:
        return Finder((phrase, phrase) for phrase in phrases)

    file_of_places = _places(path.parent.parent / "places.yml")
    schools = [(word, code) for code, words in file_of_places.schools.items() for word in words]
    cities = [(word, code) for code, words in file_of_places.places.items() for word in words]
    places = [*_countries(), *schools, *cities]
    schooling = Schooling(
        graduation=finder(lists.graduation),
        school=finder(lists.school),
        places=Finder(places),
        countries=Finder([*_countries(), *((name, "") for name in file_of_places.short_names)]),
        school_parts=finder(lists.school_parts),
        finishing=finder(lists.finishing),
        training=finder(lists.training),
        schools=Finder(schools),
        silent=frozenset(map(normalize, lists.fillers)),
    )

    return Words(
        negators=one(lists.negators),
        places=Phrases(places),
        aims=one(lists.aims),
        question_starts=one(lists.question_starts),
        first_person=frozenset(map(normalize, lists.first_person)),
        yes_or_no=frozenset(map(normalize, lists.yes_or_no)),
        numbers=frozenset(map(normalize, lists.numbers)),
        fillers=frozenset(map(normalize, lists.fillers)),
        not_sure=frozenset(normalize(phrase) or phrase for phrase in lists.not_sure),
        commands={normalize(phrase): name for name, phrases in file.commands.items() for phrase in phrases},
        cues=load_cues(path.parent.parent / "reading" / "cues.yml"),
        schooling=schooling,
    )


def _places(path: Path) -> PlacesFile:
    return read_records(load_document(path, path.parent.parent), PlacesFile)


def _countries() -> Iterator[tuple[str, str]]:
    """Official and common names with their codes, without the US and Canada: schools there are not foreign."""
    for country in pycountry.countries:
        for name in (country.name, getattr(country, "common_name", country.name)):
            if country.alpha_2 not in _US_AND_CANADA and normalize(name) not in _AMBIGUOUS:
                yield name, country.alpha_2
