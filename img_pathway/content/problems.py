"""What is wrong with a content file, said so that a person who does not program can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend, with the place where it stands (`line` counts from 1)."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class ContentError(Exception):
    """Content that cannot be used; `problems` lists all that was found, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems sorted by file and line."""
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(wrong: str, known: Iterable[str]) -> str:
    """A "Did you mean …?" sentence (with a leading space) for the likeliest known name, else nothing."""
    found = process.extractOne(wrong, list(known), score_cutoff=65)
    return f' Did you mean "{found[0]}"?' if found else ""
