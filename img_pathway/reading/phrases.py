"""Phrases of the content with alternatives, written out: "ho (gaya|gayi)", "[my] wife"; # is any number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from img_pathway.reading.pieces import plain

_COUNT = re.compile(r"[0-9]{1,3}\Z")
_GROUP = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]")


@dataclass(frozen=True)
class Found:
    """A phrase found; `start` and `end` count words of the sentence."""

    id: str
    start: int
    end: int


def written_out(phrase: str) -> Iterator[str]:
    """Yield every phrase that (a|b) and [c] stand for; groups may stand in groups."""
    group = _GROUP.search(phrase)
    if group is None:
        yield phrase
        return
    choices = group[1].split("|") if group[1] is not None else ["", *group[2].split("|")]
    for choice in choices:
        yield from written_out(phrase[: group.start()] + choice + phrase[group.end() :])


class Finder:
    """Finds the longest known phrases in a sentence, without overlap."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Take (phrase, id) pairs."""
        self._ids: dict[tuple[str, ...], str] = {}
        for phrase, id_ in phrases:
            for form in written_out(phrase):
                words = [word for part in form.split() for word in (["#"] if part == "#" else plain(part))]
                if not words:
                    continue
                self._ids[tuple(words)] = id_
        self._longest: dict[str, int] = {}
        for known in self._ids:
            self._longest[known[0]] = max(self._longest.get(known[0], 0), len(known))
        self.vocabulary = {word for known in self._ids for word in known}

    def find(self, words: list[str]) -> list[Found]:
        """Return what is found in reading order; longer phrases win."""
        found: list[Found] = []
        start = 0
        while start < len(words):
            match = self._at(words, start)
            if match:
                found.append(match)
            start = match.end if match else start + 1
        return found

    def _at(self, words: list[str], start: int) -> Found | None:
        known = max(self._longest.get(words[start], 0), self._longest.get("#", 0) if _COUNT.match(words[start]) else 0)
        longest = min(known, len(words) - start)
        for length in range(longest, 0, -1):
            said = tuple(words[start : start + length])
            id_ = self._ids.get(said) or self._ids.get(tuple("#" if _COUNT.match(word) else word for word in said))
            if id_ is not None:
                return Found(id_, start, start + length)
        return None
