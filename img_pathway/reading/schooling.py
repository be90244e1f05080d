"""The year of a degree and the place of a school, where a message names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from img_pathway.reading.phrases import Finder, Found
from img_pathway.reading.pieces import Sentence

_YEAR = re.compile(r"(?:19[5-9]|20[0-4])[0-9]\Z")
_SHORT_YEAR = re.compile(r"[0-9]{2}\Z")
_THIS_CENTURY = 50
_MONTHS = 12
_BEGUN = 3
_YEARS, _AGO, _UNTIL = {"years", "year", "yrs"}, {"ago", "back", "before"}, {"to", "till"}
_UNITS = _YEARS | {"months", "weeks"}
# "Over five years ago" names no year.
ABOUT = {
    "about", "around", "over", "than", "almost", "nearly", "approximately", "approx", "roughly", "least", "like",
    "some", "circa", "maybe", "probably", "under", "close", "ca",
}  # fmt: skip
ABOUT_REACH = 2
# A degree still to come has no year of the past: "graduating 2014" in an old text.
_TO_COME = {"will", "to", "should", "shall", "gonna", "i'll", "be"}
# A year this close behind a word of graduation, or before it, is the year of the degree.
_REACH, _REACH_BACK = 10, 2
# Behind a nationality these tell of a person, not of a school.
_OF_PEOPLE = {
    "md", "citizen", "citizens", "passport", "national", "nationality", "guy", "woman", "man", "doctor", "graduate",
    "img",
}  # fmt: skip


@dataclass(frozen=True)
class Schooling:
    """Words of graduation, of schools and of places."""

    graduation: Finder
    finishing: Finder
    """Words of an end ("finished in") that may be that of a degree."""
    starting: Finder
    """Words of a beginning: the year behind them is not that of a degree."""
    training: Finder
    """Words of training behind the degree: what ends there is no school."""
    not_studies: Finder
    """Words of work, research or a visit: beside them a university is no school of one's own."""
    school: Finder
    school_parts: Finder
    """Words that names of schools have: "Kabul Medical University 2014"."""
    schools: Finder
    """Names of schools, which need no other word beside them."""
    places: Finder
    """Countries, nationalities, cities and schools; the id is the ISO 3166 code."""
    countries: Finder
    """Names of countries alone: beside a year they tell where a person is from, and not of a school."""
    silent: frozenset[str]
    """Words beside a place and a year that tell nothing of their own."""


@dataclass(frozen=True)
class Degree:
    """A year of graduation told at a word of a sentence; `denied` for "not 2019"."""

    at: int
    year: int
    denied: bool = False


@dataclass(frozen=True)
class _Piece:
    """One piece of a sentence, with what is found in it."""

    start: int
    words: list[str]
    years: list[tuple[int, int]]
    """Where a year stands, and which; of "2009 to 2015" the end alone."""
    graduation: list[Found]
    school: list[Found]
    places: list[Found]
    head: int
    """How many words stand before the first exam: "Tehran 2019" in "Tehran 2019 s1 P"."""


def degree_years(
    sentence: Sentence, words: Schooling, this_year: int, negators: frozenset[int], exams: frozenset[int]
) -> list[Degree]:
    """Return each year that stands by a word of graduation, or with a place and nothing else; `exams` begin anew."""
    found: list[Degree] = []
    pieces = [_piece(sentence, start, end, words, this_year, exams) for start, end in sentence.pieces()]
    for n, piece in enumerate(pieces):
        for at, year in piece.years:
            known = [grad for grad in piece.graduation if not (year < this_year and _is_to_come(grad, piece.words))]
            told = any(_is_nearest(at, grad, piece.years) for grad in known)
            if _has_begun(piece, at, words):
                continue
            if told or _is_place_and_year(piece, at, words) or (len(piece.words) == 1 and _follows_a_place(pieces, n)):
                found.append(Degree(piece.start + at, year, piece.start + at - 1 in negators))
            elif found and at == 1 == len(piece.words) - 1 and piece.start in negators:
                # "2018, not 2019".
                found.append(Degree(piece.start + at, year, denied=True))
        if piece.graduation and not piece.years:
            found += _right_behind(sentence.texts, piece, pieces[n + 1] if n + 1 < len(pieces) else None)
    return found


def school_places(sentence: Sentence, words: Schooling, exams: frozenset[int]) -> Iterator[int]:
    """Yield the word at which each school abroad is named."""
    pieces = [_piece(sentence, start, end, words, 0, exams) for start, end in sentence.pieces()]
    for n, piece in enumerate(pieces):
        if words.not_studies.find(piece.words) and not piece.graduation:
            continue
        countries = {match.start for match in words.countries.find(piece.words)}
        names = {match.start for match in words.schools.find(piece.words)}
        for place in piece.places:
            with_year = any(_is_place_and_year(piece, at, words) for at, _ in piece.years)
            is_country = place.start in countries
            beside = not is_country and _is_beside_a_degree(pieces, n, place)
            named = (with_year and not is_country) or place.start in names or beside
            if named or _goes_with(piece, place, is_country):
                yield piece.start + place.start


def _piece(sentence: Sentence, start: int, end: int, words: Schooling, this_year: int, exams: frozenset[int]) -> _Piece:
    texts = sentence.texts[start:end]
    places = [
        m
        for m in words.places.find(texts)
        if texts[max(0, m.start - 1) : m.start] != ["new"] and not _OF_PEOPLE & set(texts[m.end : m.end + 1])
    ]
    graduation = words.graduation.find(texts)
    if places and not words.training.find(texts):
        graduation = [*graduation, *words.finishing.find(texts)]
    head = next((i for i in range(len(texts)) if start + i in exams), len(texts))
    return _Piece(start, texts, _years(texts, this_year), graduation, words.school.find(texts), places, head)


def _years(words: Sequence[str], this_year: int) -> list[tuple[int, int]]:
    named = [(i, int(w)) for i, w in enumerate(words) if _YEAR.match(w) and not _UNTIL & set(words[i + 1 : i + 2])]
    if named:
        return named
    ago = [i for i, _ in enumerate(words) if _YEARS & set(words[i + 1 : i + 2]) and _AGO & set(words[i + 2 : i + 3])]
    exact = [i for i in ago if not ABOUT & set(words[max(0, i - ABOUT_REACH) : i])]
    return [(i, this_year - int(words[i])) for i in exact if _SHORT_YEAR.match(words[i].zfill(2))]


def _has_begun(piece: _Piece, at: int, words: Schooling) -> bool:
    """Whether the last of the words before a year that tell of a beginning or of a degree tells of a beginning."""
    begun = [match.end for match in words.starting.find(piece.words[:at])]
    # "Started med school": what is begun is no degree.
    ended = [m.end for m in piece.graduation if m.end <= at and not any(0 <= m.start - end < _BEGUN for end in begun)]
    return max(begun, default=0) > max(ended, default=0)


def _is_to_come(grad: Found, words: Sequence[str]) -> bool:
    return grad.id == "graduating" or bool(_TO_COME & set(words[max(0, grad.start - 1) : grad.start]))


def _is_nearest(at: int, grad: Found, years: Sequence[tuple[int, int]]) -> bool:
    """Whether a year is the first behind a word of graduation, or stands right before it."""
    if at < grad.start:
        return at >= grad.start - _REACH_BACK
    return at <= grad.end + _REACH and not any(grad.end <= other < at for other, _ in years)


def _is_place_and_year(piece: _Piece, at: int, words: Schooling) -> bool:
    """Whether a piece is a place or a school with a year and nothing else: "me 2019 Pakistan", "Yonsei 2019"."""
    parts = words.school_parts.find(piece.words)
    known = (*words.places.find(piece.words), *piece.school, *parts)
    inside = {i for match in known for i in range(match.start, match.end)}
    head = range(piece.head) if at < piece.head else range(len(piece.words))
    named = piece.places or piece.school or len(parts) > 1
    return bool(named) and all(i in inside or i == at or piece.words[i] in words.silent for i in head)


def _is_beside_a_degree(pieces: Sequence[_Piece], n: int, place: Found) -> bool:
    """Whether a place is a piece of its own beside one that tells of graduation: "Zagreb, YOG 2024"."""
    is_alone = (place.start, place.end) == (0, len(pieces[n].words))
    return is_alone and any(piece.graduation for piece in (*pieces[max(0, n - 1) : n], *pieces[n + 1 : n + 2]))


def _follows_a_place(pieces: Sequence[_Piece], n: int) -> bool:
    """Whether a place ends the piece before, or the one before a short one: "Ireland RCSI, Kuwaiti, 2025"."""
    if n and _ends_with_a_place(pieces[n - 1]):
        return True
    short = n > 1 and len(pieces[n - 1].words) <= 2 and not any(w[-1].isdigit() for w in pieces[n - 1].words)
    return short and _ends_with_a_place(pieces[n - 2])


def _ends_with_a_place(piece: _Piece) -> bool:
    return any(place.end >= len(piece.words) - 1 for place in piece.places)


def _right_behind(texts: Sequence[str], piece: _Piece, following: _Piece | None) -> list[Degree]:
    """A year that opens the piece behind a word of graduation, or figures right behind it: "YOG 21", "grad 05/25"."""
    end = piece.start + len(piece.words)
    after = piece.start + piece.graduation[-1].end
    if after < end and _SHORT_YEAR.match(texts[after]) and not _UNITS & set(texts[after + 1 : after + 2]):
        alone = following.words[0] if following and len(following.words) == 1 and after + 1 == end else ""
        if int(texts[after]) <= _MONTHS and (_SHORT_YEAR.match(alone) or _YEAR.match(alone)):
            return [Degree(end, _in_full(alone))]
        return [Degree(after, _in_full(texts[after]))]
    if after == end < len(texts) and _YEAR.match(texts[end]):
        return [Degree(end, int(texts[end]))]
    return []


def _in_full(year: str) -> int:
    if _YEAR.match(year):
        return int(year)
    return int(year) + (2000 if int(year) < _THIS_CENTURY else 1900)


def _goes_with(piece: _Piece, place: Found, is_country: bool) -> bool:
    """Whether words of a school or of graduation go with a place: "graduated in Cairo", "a degree from Cairo"."""
    known = [m for m in (*piece.school, *piece.graduation) if m.end <= place.start or m.start >= place.end]
    before = piece.words[max(0, place.start - 1) : place.start]
    if before == ["from"]:
        # "I am from Egypt", "doctor from Cuba" and "graduated 2014 from Albania" tell where somebody is from.
        return any(match.end in (place.start - 1, place.start) for match in known)
    # "YOG 2020 Morocco" may be where somebody lives.
    return bool(known) and (not is_country or before == ["in"] or any(match in piece.school for match in known))
