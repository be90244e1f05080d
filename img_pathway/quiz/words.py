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
    not_sure_alone: tuple[StrictStr, ...]
    beside_not_sure: tuple[StrictStr, ...]
    graduation: tuple[StrictStr, ...]
    school: tuple[StrictStr, ...]
    school_parts: tuple[StrictStr, ...]
    not_studies: tuple[StrictStr, ...]
    beside_schools: tuple[StrictStr, ...]
    not_of_schools: tuple[StrictStr, ...]
    finishing: tuple[StrictStr, ...]
    starting: tuple[StrictStr, ...]
    training: tuple[StrictStr, ...]
    aims: tuple[StrictStr, ...]
    yes_or_no: tuple[StrictStr, ...]
    plain: dict[StrictStr, tuple[StrictStr, ...]]
    leads: tuple[StrictStr, ...]
    goes_on: tuple[StrictStr, ...]
    breaks: tuple[StrictStr, ...]
    numbers: tuple[StrictStr, ...]
    fillers: tuple[StrictStr, ...]


class WordsFile(Record):
    """data/quiz/words.yml."""

    words: WordLists
    commands: dict[StrictStr, tuple[StrictStr, ...]]


class PlacesFile(Record):
    """data/places.yml."""

    at_home: tuple[StrictStr, ...]
    places: dict[StrictStr, tuple[StrictStr, ...]]
    short_names: tuple[StrictStr, ...]
    schools: dict[StrictStr, tuple[StrictStr, ...]]
    cities: dict[StrictStr, tuple[StrictStr, ...]]


@dataclass(frozen=True)
class Words:
    """Finders and sets over normalized words."""

    negators: Phrases
    places: Phrases
    """Countries by their names, nationalities and cities; the id is the ISO 3166 code."""
    doubtful: Phrases
    """Countries whose names mean something else as well, for where a country is asked for."""
    at_home: Phrases
    """The US and Canada, by their names, states and larger cities."""
    aims: Phrases
    question_starts: Phrases
    first_person: frozenset[str]
    not_sure: frozenset[str]
    """Messages that say "not sure" and nothing else."""
    unsure: Phrases
    """Words that say so among others."""
    beside_not_sure: frozenset[str]
    beside_schools: frozenset[str]
    """Words beside a place that leave it the place of a school …"""
    not_of_schools: frozenset[str]
    """… and those that make it something else."""
    yes_or_no: frozenset[str]
    plain: dict[str, str]
    """A yes or no that may open a message which goes on, and the plainest word for it."""
    leads: frozenset[str]
    """Words before it."""
    goes_on: frozenset[str]
    """Words behind a "no" with which a sentence goes on."""
    breaks: frozenset[str]
    """Words behind a yes or no by which it is no plain one."""
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

    places = _places(path.parent.parent / "places.yml")
    return Words(
        negators=_phrases(lists.negators),
        places=Phrases(_named(places)),
        doubtful=Phrases((c.name, c.alpha_2) for c in pycountry.countries if normalize(c.name) in _AMBIGUOUS),
        at_home=_phrases((*_at_home(), *places.at_home)),
        aims=_phrases(lists.aims),
        question_starts=_phrases(lists.question_starts),
        first_person=_folded(lists.first_person),
        yes_or_no=_folded(lists.yes_or_no),
        plain={normalize(word): plainest for plainest, words in lists.plain.items() for word in words},
        leads=_folded(lists.leads),
        goes_on=_folded(lists.goes_on, lists.fillers, lists.first_person, lists.negators),
        breaks=_folded(lists.breaks),
        numbers=_folded(lists.numbers),
        fillers=_folded(lists.fillers),
        not_sure=_folded(lists.not_sure, lists.not_sure_alone),
        unsure=_phrases(lists.not_sure),
        beside_not_sure=_folded(lists.beside_not_sure),
        beside_schools=_folded(lists.beside_schools, lists.school_parts),
        not_of_schools=_folded(lists.not_of_schools),
        commands={normalize(phrase): name for name, phrases in file.commands.items() for phrase in phrases},
        cues=load_cues(path.parent.parent / "reading" / "cues.yml"),
        schooling=_schooling(lists, places),
    )


def _schooling(lists: WordLists, places: PlacesFile) -> Schooling:
    return Schooling(
        graduation=_finder(lists.graduation),
        school=_finder(lists.school),
        places=Finder(_named(places)),
        countries=Finder([*_countries(), *((name, "") for name in places.short_names)]),
        school_parts=_finder(lists.school_parts),
        finishing=_finder(lists.finishing),
        starting=_finder(lists.starting),
        training=_finder(lists.training),
        not_studies=_finder(lists.not_studies),
        schools=Finder((word, code) for code, words in places.schools.items() for word in words),
        silent=_folded(lists.fillers),
    )


def _phrases(phrases: tuple[str, ...]) -> Phrases:
    return Phrases((phrase, phrase) for phrase in phrases)


def _finder(phrases: tuple[str, ...]) -> Finder:
    return Finder((phrase, phrase) for phrase in phrases)


def _folded(*lists: tuple[str, ...]) -> frozenset[str]:
    """The words of lists as they are in a normalized text; "?" stays as it is."""
    return frozenset(normalize(word) or word for words in lists for word in words)


def _named(places: PlacesFile) -> list[tuple[str, str]]:
    """Everything by which a place abroad is named, with its code."""
    # What is written by hand goes before the list of cities.
    listed = (*places.cities.items(), *places.schools.items(), *places.places.items())
    return [*_countries(), *((word, code) for code, words in listed for word in words)]


def _places(path: Path) -> PlacesFile:
    return read_records(load_document(path, path.parent.parent), PlacesFile)


def _at_home() -> Iterator[str]:
    """States and provinces of the US and Canada; Georgia too, where a country may be meant."""
    for code in ("US", "CA"):
        for part in pycountry.subdivisions.get(country_code=code):
            yield part.name


def _countries() -> Iterator[tuple[str, str]]:
    """Official and common names with their codes, without the US and Canada: schools there are not foreign."""
    for country in pycountry.countries:
        for name in (country.name, getattr(country, "common_name", country.name)):
            if country.alpha_2 not in _US_AND_CANADA and normalize(name) not in _AMBIGUOUS:
                yield name, country.alpha_2
