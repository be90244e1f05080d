"""Which topics, attributes and old names a text mentions, typos within reason included."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from img_pathway.knowledge.model import Knowledge
from img_pathway.knowledge.text import normalize, plural_forms

# A shorter word has too many neighbors: "follow" is no typo for "fellow".
_SHORTEST_TYPO = 7
_LONG_WORD = 9


@dataclass(frozen=True)
class Mention:
    """A topic (or attribute) found in a text; `start` and `end` count words of the normalized text."""

    id: str
    words: str
    start: int
    end: int


class Phrases:
    """Finds the longest known phrases in a text, without overlap, each with what it stands for."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Take (phrase, id) pairs."""
        self._ids: dict[str, str] = {}
        for phrase, id_ in phrases:
            words = normalize(phrase)
            *head, last = words.split(" ")
            for form in plural_forms(last):
                self._ids.setdefault(" ".join([*head, form]), id_)
            self._ids[words] = id_
        self._longest: dict[str, int] = {}
        for phrase in filter(None, self._ids):
            first, *rest = phrase.split()
            self._longest[first] = max(self._longest.get(first, 0), 1 + len(rest))
        self.vocabulary = {word for phrase in self._ids for word in phrase.split() if len(word) >= _SHORTEST_TYPO}

    def find(self, words: list[str]) -> list[Mention]:
        """Mentions in reading order; longer phrases win."""
        found: list[Mention] = []
        start = 0
        while start < len(words):
            for length in range(min(self._longest.get(words[start], 0), len(words) - start), 0, -1):
                phrase = " ".join(words[start : start + length])
                if phrase in self._ids:
                    found.append(Mention(self._ids[phrase], phrase, start, start + length))
                    start += length
                    break
            else:
                start += 1
        return found


class Speller:
    """Replaces a misspelled word by the one of a vocabulary that it is meant to be."""

    def __init__(self, vocabulary: Iterable[str], known: Iterable[str] = (), *, inflected: bool = True) -> None:
        """Take the words that are looked for, and others that are no misspellings of them.

        Without `inflected`, a word with another ending ("approve", "approved") is a word of its own.
        """
        self._inflected = inflected
        self._vocabulary = sorted(set(vocabulary))
        self._known = {*self._vocabulary, *known}

    def __call__(self, word: str) -> str:
        """The word meant; the word itself where it is short, known, or near to none."""
        if len(word) < _SHORTEST_TYPO or word in self._known or not re.fullmatch("[a-z]+", word):
            return word
        allowed = 2 if len(word) >= _LONG_WORD else 1
        near = process.extractOne(word, self._vocabulary, scorer=OSA.distance, score_cutoff=allowed)
        if not near or near[0][0] != word[0]:
            return word
        longer = max(near[0], word, key=len)
        return (
            near[0]
            if self._inflected or not longer.startswith(word[:-1] if word[-1] == "e" else min(near[0], word, key=len))
            else word
        )


class Mentions:
    """The reader of topics and attributes for one knowledge base."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Index the aliases, old names and cues of the knowledge base."""
        names = [(alias, id_) for id_, topic in knowledge.topics.items() for alias in topic.aliases]
        old = [(name, id_) for id_, topic in knowledge.topics.items() for name in topic.old_names]
        self._topics = Phrases([*names, *old])
        self._cues = Phrases((cue, id_) for id_, attribute in knowledge.attributes.items() for cue in attribute.cues)
        self._old_names = {normalize(n): text for t in knowledge.topics.values() for n, text in t.old_names.items()}
        self._mend = Speller(self._topics.vocabulary, self._cues.vocabulary)

    def topics(self, text: str) -> list[Mention]:
        """Topics mentioned, in reading order, each once (its first mention)."""
        seen: set[str] = set()
        mentions = self._topics.find(self.words(text))
        return [m for m in mentions if not (m.id in seen or seen.add(m.id))]  # type: ignore[func-returns-value]

    def attributes(self, text: str) -> list[str]:
        """Attributes asked for by their cue phrases, in reading order, each once."""
        return list(dict.fromkeys(m.id for m in self._cues.find(self.words(text))))

    def others(self, text: str) -> list[str]:
        """The words that belong to no topic and to no cue, in reading order."""
        words = self.words(text)
        taken = {i for found in (self._topics, self._cues) for m in found.find(words) for i in range(m.start, m.end)}
        return [word for i, word in enumerate(words) if i not in taken]

    def corrections(self, text: str) -> dict[str, str]:
        """Topics that the text calls by an old name, each with the sentence that puts the name right."""
        found = self._topics.find(self.words(text))
        return {m.id: self._old_names[m.words] for m in found if m.words in self._old_names}

    def words(self, text: str) -> list[str]:
        """Normalized words, with a misspelled alias word replaced by the one it is meant to be."""
        return [self._mend(word) for word in normalize(text).split()]
