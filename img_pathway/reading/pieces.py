"""A message as words in sentences and pieces: what belongs together is not parted, what stands apart is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from img_pathway.knowledge.text import fold
from img_pathway.reading.figures import figures

# "5+ years" is told as "over 5 years" is.
_AND_MORE = re.compile(r"\b([0-9]{1,2}) ?\+(?= ?(?:years?|yrs?)\b)")
_WORD = re.compile(r"[^\W_](?:[\w'$%&]*[^\W_'])?|'[0-9]{2}\b")
# "YOG18", "s1P", "ck241", "step1": a name and what is told of it.
_GLUED = re.compile(r"(yog|grad|batch|s[123]|s2ck|ck)([0-9]{2,4}|p|f|pass|fail)|(step)([123])")
_STRONG = re.compile(r"[.;!?\u061f\n\u2022\u00b7]")
_ASKED = re.compile(r"[?\u061f]")
_WEAK = re.compile(r"[,|/()\[\]*\"\u201c\u201d\u2192<>]|\s[-\u2013\u2014]+\s|[\u2013\u2014]|->")


@dataclass(frozen=True)
class PieceWords:
    """Words by which pieces begin without a comma, above all where people dictate."""

    openers: frozenset[str]
    """They open a new thought: "but", "because"."""
    joined: frozenset[str]
    after_and: frozenset[str]
    """Behind one of `joined` these open a new thought: "and i", but not "step 1 and step 2"."""
    after_im: frozenset[str]
    """Before these "im" is a person; else it is a specialty."""
    titles: frozenset[str]
    """A dot behind these ends no sentence."""


@dataclass(frozen=True)
class Word:
    """One word of a message."""

    text: str
    opens: bool
    """Whether a new piece begins with it."""


@dataclass(frozen=True)
class Sentence:
    """Words up to a full stop or the like."""

    words: tuple[Word, ...]
    asks: bool
    """Whether a question mark stands behind it."""

    @property
    def texts(self) -> list[str]:
        """Return the words alone."""
        return [word.text for word in self.words]

    def then(self, other: Sentence) -> Sentence:
        """Return both as one, the other as a new piece; what is answered at once is no question."""
        first, *rest = other.words
        return Sentence((*self.words, Word(first.text, True), *rest), other.asks)

    def behind(self, start: int) -> Sentence:
        """Return what stands from a word on, without the question that it may be part of."""
        first, *rest = self.words[start:]
        return Sentence((Word(first.text, True), *rest), asks=False)

    def pieces(self) -> Iterator[tuple[int, int]]:
        """Return where each piece starts and ends, in words."""
        starts = [i for i, word in enumerate(self.words) if i == 0 or word.opens]
        return zip(starts, [*starts[1:], len(self.words)], strict=True)


def sentences(text: str, spell: Callable[[str], str], known: PieceWords) -> list[Sentence]:
    """Return the sentences of a message; `spell` puts right what is misspelled."""
    folded = plus_in_words(fold(text))
    found: list[Sentence] = []
    words: list[str] = []
    gaps: list[str] = []
    end = 0
    for match in _WORD.finditer(folded):
        gap = folded[end : match.start()]
        end = match.end()
        if words and _is_strong(gap, words[-1], match.group(), known.titles):
            found.append(_sentence(words, gaps, gap, known))
            words, gaps = [], []
        parted = _GLUED.fullmatch(match.group())
        words += [part for part in parted.groups() if part] if parted else [spell(match.group())]
        gaps += [gap, ""] if parted else [gap]
        if len(words) > 1 and words[-2] == "im" and words[-1] in known.after_im:
            words[-2] = "i'm"
    if words:
        found.append(_sentence(words, gaps, folded[end:], known))
    return found


def plus_in_words(folded: str) -> str:
    """Return a folded text with "5+ years" as "over 5 years"."""
    return _AND_MORE.sub(r"over \1", folded)


def plain(phrase: str) -> list[str]:
    """Return the words of a phrase of the content as they are in a sentence."""
    return [word for word, _ in figures(_WORD.findall(fold(phrase)))]


def _is_strong(gap: str, before: str, after: str, titles: frozenset[str]) -> bool:
    """Whether a gap ends a sentence; a dot inside a number or an abbreviation does not."""
    if not _STRONG.search(gap):
        return False
    short = (len(before) == 1 and before.isalpha()) or before in titles or (before.isdigit() and after.isdigit())
    return not (gap.strip() == "." and short)


def _sentence(words: list[str], gaps: list[str], ending: str, known: PieceWords) -> Sentence:
    found: list[Word] = []
    i = 0
    for text, used in figures(words):
        # A prefix that belongs to a short year stays a word of its own: "yog'23".
        prefix = words[i].partition("'")[0] if used == 1 and text != words[i] and "'" in words[i] else ""
        opens = (bool(_WEAK.search(gaps[i])) and not _is_short_form(words, gaps, i)) or _opens(words, i, known)
        found += [Word(prefix, opens)] if prefix else []
        found.append(Word(text, opens and not prefix))
        i += used
    return Sentence(tuple(found), bool(_ASKED.search(ending)))


def _is_short_form(words: list[str], gaps: list[str], i: int) -> bool:
    """Whether a slash stands inside a short form: "c/o", "w/"."""
    return gaps[i] == "/" and bool(i) and len(words[i - 1]) == 1 and len(words[i]) == 1


def _opens(words: list[str], i: int, known: PieceWords) -> bool:
    if not i:
        return True
    return words[i] in known.openers or (words[i] in known.joined and bool(known.after_and & set(words[i + 1 : i + 2])))
