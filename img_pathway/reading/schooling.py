"""The year of a degree and the country of a school, where a message names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from img_pathway.reading.phrases import Finder, Found
from img_pathway.reading.pieces import Sentence

_YEAR = re.compile(r"(?:19[5-9]|20[0-4])[0-9]\Z")
_SHORT_YEAR = re.compile(r"[0-9]{2}\Z")
_THIS_CENTURY = 50
_AGO = ("ago", "back", "before")
# A year this close to a word of graduation is the year of the degree.
_REACH = 8
# What may stand between "Indian" and what is told with it: a nationality, and no school.
_OF_PEOPLE = {
    "md",
    "citizen",
    "citizens",
    "passport",
    "national",
    "nationality",
    "guy",
    "woman",
    "man",
    "doctor",
    "graduate",
    "img",
}


@dataclass(frozen=True)
class Schooling:
    """Words of graduation, of schools and of places."""

    graduation: Finder
    school: Finder
    places: Finder
    """Countries, nationalities, cities and schools; the id is the ISO 3166 code."""
    countries: Finder
    """Names of countries alone: beside a year they tell where a person is from, and not of a school."""
    school_parts: Finder
    """Words that names of schools have: "Kabul Medical University 2014"."""
    finishing: Finder
    """Words of an end ("finished in") that may be that of a degree."""
    training: Finder
    """Words of training behind the degree: what ends there is no school."""
    schools: Finder
    """Names of schools, which need no other word beside them."""
    silent: frozenset[str]
    """Words beside a place and a year that tell nothing of their own."""


@dataclass(frozen=True)
class Degree:
    """A year of graduation told at a word of a sentence; `denied` for "not 2019"."""

    at: int
    year: int
    denied: bool = False


def degree_years(sentence: Sentence, words: Schooling, this_year: int, *, negators: frozenset[int]) -> list[Degree]:
    """Return each year that stands by a word of graduation, or with a place and nothing else."""
    texts = sentence.texts
    found: list[Degree] = []
    place_before, middle = -9, False
    for n, (start, end) in enumerate(sentence.pieces()):
        piece = texts[start:end]
        years = list(_years(piece, this_year))
        grads = _grads(piece, words)
        for at, year in years:
            near = [g for g in grads if _is_nearest(at, g, [i for i, _ in years])]
            alone = len(piece) == 1 and (n - place_before == 1 or (n - place_before == 2 and middle))
            if near or alone or _is_place_and_year(piece, at, words):
                found.append(Degree(start + at, year, start + at - 1 in negators))
        if grads and not years:
            found += _behind(texts, start + grads[-1].end, end)
        if _ends_with_a_place(piece, words):
            place_before = n
        # One short piece may stand between a place and its year: "Ireland RCSI, Kuwaiti, 2025".
        middle = len(piece) <= 2 and not any(character.isdigit() for word in piece for character in word)
    return found


def _ends_with_a_place(piece: Sequence[str], words: Schooling) -> bool:
    places = words.places.find(list(piece))
    return any(m.end >= len(piece) - 1 and not _OF_PEOPLE & set(piece[m.end : m.end + 1]) for m in places)


def _grads(piece: Sequence[str], words: Schooling) -> list[Found]:
    """Words of graduation in a piece; "finished in …" is one where a place is named and no other training."""
    found = words.graduation.find(list(piece))
    if words.places.find(list(piece)) and not words.training.find(list(piece)):
        found += words.finishing.find(list(piece))
    return found


def _is_nearest(at: int, grad: Found, years: Sequence[int]) -> bool:
    """Whether a year is the first behind a word of graduation, or stands right before it."""
    if at < grad.start:
        return at >= grad.start - 2
    return at <= grad.end + _REACH and not any(grad.end <= i < at for i in years)


def _behind(texts: Sequence[str], after: int, end: int) -> list[Degree]:
    """A year that opens the piece behind a word of graduation, or two figures right behind it: "YOG 21"."""
    if (
        after < end
        and _SHORT_YEAR.match(texts[after])
        and texts[after + 1 : after + 2] not in (["years"], ["yrs"], ["months"])
    ):
        year = int(texts[after])
        return [Degree(after, year + (2000 if year < _THIS_CENTURY else 1900))]
    if after == end < len(texts) and _YEAR.match(texts[end]):
        return [Degree(end, int(texts[end]))]
    return []


def _years(piece: Sequence[str], this_year: int) -> Iterator[tuple[int, int]]:
    # Of "2009 to 2015" the end counts.
    named = [(i, int(w)) for i, w in enumerate(piece) if _YEAR.match(w) and list(piece[i + 1 : i + 2]) not in (["to"], ["till"])]
    yield from named
    for i, word in enumerate([] if named else piece):
        if word.isdigit() and len(word) < 3 and list(piece[i + 1 : i + 2]) in (["years"], ["year"], ["yrs"]):
            if piece[i + 2 : i + 3] and piece[i + 2] in _AGO:
                yield i, this_year - int(word)


def _is_place_and_year(piece: Sequence[str], at: int, words: Schooling) -> bool:
    """Whether a piece is a place or a school with a year and nothing else: "me 2019 Pakistan", "Yonsei 2019"."""
    places = words.places.find(list(piece))
    schools = [*words.school.find(list(piece)), *words.school_parts.find(list(piece))]
    inside = {i for m in (*places, *schools) for i in range(m.start, m.end)}
    return bool(places) and all(i in inside or i == at or word in words.silent for i, word in enumerate(piece))


def school_countries(sentence: Sentence, words: Schooling) -> Iterator[tuple[int, str]]:
    """Yield the word and the country of each school abroad that is named."""
    texts = sentence.texts
    for start, end in sentence.pieces():
        piece = texts[start:end]
        schools, grads = words.school.find(piece), _grads(piece, words)
        countries = {m.start for m in words.countries.find(piece)}
        years = [i for i, word in enumerate(piece) if _YEAR.match(word)]
        for place in words.places.find(piece):
            if piece[place.start - 1 : place.start] == ["new"] or _OF_PEOPLE & set(piece[place.end : place.end + 1]):
                continue
            named = place.start not in countries and any(_is_place_and_year(piece, at, words) for at in years)
            is_school = any(m.start == place.start for m in words.schools.find(piece))
            if named or is_school or _is_of_a_school(piece, place, schools, grads, is_country=place.start in countries):
                yield start + place.start, place.id


def _is_of_a_school(
    piece: Sequence[str], place: Found, schools: Sequence[Found], grads: Sequence[Found], *, is_country: bool
) -> bool:
    """Whether words of a school or of graduation go with a place: "graduated in Cairo", "a degree from Cairo"."""
    before = piece[: place.start]
    others = [m for m in (*schools, *grads) if m.end <= place.start or m.start >= place.end]
    if before[-1:] == ["from"]:
        # "I am from Egypt", "doctor from Cuba" and "graduated 2014 from Albania" tell where somebody is from.
        return any(m.end in (place.start - 1, place.start) for m in others)
    # "YOG 2020 Morocco" may be where somebody lives.
    return bool(others) and (not is_country or before[-1:] == ["in"] or any(m in schools for m in others))
