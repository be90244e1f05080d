"""The plain yes or no that opens a message which goes on: "yes, within 7 years", "nope never did"."""

from __future__ import annotations

import re
from itertools import pairwise

from img_pathway.knowledge.mentions import Phrases
from img_pathway.knowledge.text import fold, normalize
from img_pathway.quiz.questions import Question
from img_pathway.quiz.words import Words

# A "not" so close before the words of an option denies them.
_NEGATION_REACH = 3
# Behind a "yes" these take it back, or put it off.
_NOT_YES = {"negators", "not_yet", "over", "planned", "pending", "awaited", "wished", "supposed", "missed", "failed"}
_NOT_NO = {"supposed"}
_PART = {"of", "out"}
# They may belong to the word behind them: "no problem".
_DETERMINERS = {"no", "none"}


class Openings:
    """The answers of one question that a plain yes or no means."""

    def __init__(self, question: Question, exact: dict[str, str | tuple[str, ...]]) -> None:
        """Take the words that are an answer by themselves; index the words of each option."""
        said = {name: (option.label, *option.also) for name, option in question.options.items()}
        self._exact = exact
        self._phrases = Phrases((phrase, name) for name, phrases in said.items() for phrase in phrases)
        asked = _words_of(question.name, question.asks, *question.also)
        self._words = {name: _words_of(*phrases) - asked for name, phrases in said.items()}

    def plain(self, text: str, small: Words) -> str | tuple[str, ...] | None:
        """The answer that the yes or no means with which a message begins, whatever follows."""
        word, _ = _begun(text, small)
        return self._exact.get(word) or self._exact.get(small.plain.get(word, ""))

    def found(self, text: str, small: Words) -> str | tuple[str, ...] | None:
        """The answer of the yes or no with which a message begins, unless what follows says otherwise."""
        answer = self.plain(text, small)
        word, rest = _begun(text, small)
        if answer is None or not rest or "?" in text:
            return None
        # "No, …" and "no i …" answer; "no problem" and "no valid visa" do not.
        if word in _DETERMINERS and not _is_parted(text, word) and rest[0] not in small.goes_on:
            return None
        if _is_taken_back(rest, small, _NOT_NO if answer == self._exact.get("no") else _NOT_YES):
            return None
        options = {answer} if isinstance(answer, str) else set(answer)
        return None if self._names_another(rest, options, small) else answer

    def _names_another(self, rest: list[str], options: set[str], small: Words) -> bool:
        """Whether the words behind name another option, or have a word that only another option has."""
        own = set().union(*(self._words[name] for name in options)) | small.fillers | small.leads
        others = set().union(*(words for name, words in self._words.items() if name not in options)) - own
        named = [(m.start, m.end) for m in self._phrases.find(rest) if m.id not in options]
        named += [(i, i + 1) for i, word in enumerate(rest) if word in others]
        return any(not small.negators.find(rest[max(0, start - _NEGATION_REACH) : start]) for start, _ in named)


def _begun(text: str, small: Words) -> tuple[str, list[str]]:
    """The yes or no with which a message begins, and the words behind it; an empty word where there is none."""
    words = normalize(text).split()
    at = next((i for i, word in enumerate(words) if word not in small.leads), len(words))
    return (words[at], words[at + 1 :]) if at < len(words) and words[at] in small.plain else ("", [])


def _is_parted(text: str, word: str) -> bool:
    return bool(re.search(rf"\b{word}\b\s*[,.;:!()\n\u2013\u2014-]", fold(text)))


def _is_taken_back(rest: list[str], small: Words, kinds: set[str]) -> bool:
    """Whether what follows asks, speaks of the talk or of somebody else, or takes the answer back."""
    asks = small.question_starts.find(rest[:2])
    if (asks and asks[0].start == 0) or small.breaks & set(rest) or small.cues.people.find(rest):
        return True
    # "Yes, 5 of 6".
    counts = any(word.isdigit() and after in _PART for word, after in pairwise(rest))
    if counts or small.cues.supposing.find(rest):
        return True
    return any(state.id in kinds for state in small.cues.states.find(rest))


def _words_of(*texts: str) -> set[str]:
    return {word for text in texts for word in normalize(text).split()}
