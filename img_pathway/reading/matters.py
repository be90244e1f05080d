"""The things that claims are about, found in a sentence by the words under which they are listed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from img_pathway.reading.phrases import Finder, Found


@dataclass(frozen=True)
class Matter:
    """One thing that can be told, and how it is called."""

    id: str
    group: str
    """Things of one group are told apart by the longest words; those of two groups may share words."""
    words: tuple[str, ...]
    bare: bool = True
    """False where the words alone say nothing: "step 1" without "passed" or "not yet"."""
    alone: bool = False
    """Whether the words count only as a piece by themselves: "J-1"."""
    of_the_us: bool = False
    """Whether the words do not count behind the name of another country: "citizen"."""


class Matters:
    """Finds matters in sentences."""

    def __init__(self, matters: Iterable[Matter]) -> None:
        """Index the words of each."""
        self.by_id = {matter.id: matter for matter in matters}
        groups: dict[str, list[tuple[str, str]]] = {}
        for matter in self.by_id.values():
            groups.setdefault(matter.group, []).extend((words, matter.id) for words in matter.words)
        self._finders = [Finder(words) for words in groups.values()]
        self.vocabulary = {word for finder in self._finders for word in finder.vocabulary}

    def find(self, words: list[str]) -> list[Found]:
        """Return what is found in reading order."""
        found = [match for finder in self._finders for match in finder.find(words)]
        return sorted(found, key=lambda match: (match.start, match.end))

    def is_bare(self, found: Found) -> bool:
        """Return whether the words alone say something."""
        return self.by_id[found.id].bare
