"""Which option of a question a few words name."""

from __future__ import annotations

from img_pathway.knowledge.mentions import Mention, Phrases
from img_pathway.knowledge.text import normalize
from img_pathway.quiz.questions import Question
from img_pathway.quiz.words import Words

_NEAR = 2


class Picks:
    """How the options of one question are said."""

    def __init__(self, question: Question) -> None:
        """Index the labels and other names of the options."""
        self._name_words = _words_of(question.name, *question.also)
        self._own_words = self._name_words | _words_of(question.asks, *(o.label for o in question.options.values()))
        said = [(phrase, name) for name, o in question.options.items() for phrase in (o.label, *o.also)]
        several = {normalize(phrase): one.means for one in question.several for phrase in one.said}
        self.exact: dict[str, str | tuple[str, ...]] = {
            **several,
            **{normalize(phrase): name for phrase, name in reversed(said)},
        }
        self._phrases = Phrases(said)

    def found(self, words: list[str], small: Words) -> str | None:
        """The one option whose words stand in a short message; the longest wording wins."""
        named = [m for m in self._phrases.find(words) if not self._belongs_to_a_name(words, m, small)]
        denied = [m for m in named if small.negators.find(words[max(0, m.start - _NEAR) : m.start])]
        mentions = [m for m in named if m not in denied]
        if not mentions:
            return None
        longest = max(m.end - m.start for m in mentions)
        best = [m for m in mentions if m.end - m.start == longest]
        if len({m.id for m in best}) > 1:
            return None
        said = {i for m in mentions if m.id == best[0].id for i in range(m.start, m.end)}
        bare = all(m.words in small.yes_or_no for m in best)
        if bare and (not self._says_no_more(words, said, small) or self._denies_another(words, said, denied, small)):
            return None
        return best[0].id

    def _denies_another(self, words: list[str], said: set[int], denied: list[Mention], small: Words) -> bool:
        """Whether the "no" of a message denies the words of an option ("no valid visa") and answers nothing."""
        for mention in denied:
            before = [i for i in range(max(0, mention.start - _NEAR), mention.start) if small.negators.find([words[i]])]
            if mention.words not in small.yes_or_no and said.issuperset(before):
                return True
        return False

    def _belongs_to_a_name(self, words: list[str], mention: Mention, small: Words) -> bool:
        """Whether a number is part of what stands before it ("pathway 1"), and counts nothing."""
        if mention.words not in small.numbers or mention.start == 0:
            return False
        return words[mention.start - 1] not in self._name_words | small.fillers

    def names_a_place(self, words: list[str], small: Words) -> bool:
        """Whether a short message is the name of a place and nothing of another matter."""
        places = small.countries(words)
        inside = {i for place in places for i in range(place.start, place.end)}
        return bool(places) and self._says_no_more(words, inside, small)

    def _says_no_more(self, words: list[str], inside: set[int], small: Words) -> bool:
        """Whether beside the words `inside` there are only words of the question itself and words that say nothing."""
        silent = self._own_words | small.fillers | small.yes_or_no
        return all(i in inside or word in silent for i, word in enumerate(words))


def _words_of(*texts: str) -> set[str]:
    return {word for text in texts for word in normalize(text).split()}
