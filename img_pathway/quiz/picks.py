"""Which option of a question a few words name."""

from __future__ import annotations

from img_pathway.knowledge.mentions import Mention, Phrases
from img_pathway.knowledge.text import normalize
from img_pathway.quiz.openings import Openings
from img_pathway.quiz.questions import Question
from img_pathway.quiz.words import Words

_NEAR = 2
_EXCEPT = {"except", "excluding", "besides"}
_ARTICLES = {"a", "an", "the", "any", "my"}
# So many words that nothing is known of may stand beside the place of a school.
_UNKNOWN_BESIDE_A_PLACE = 2
_OUTSIDE = {"outside", "not", "no", "isn't", "isnt"}
_OF_ANOTHER = {"is", "was", "has", "are", "a", "an", "the", "us", "also", "already", "not", "with", "on"}
_AM = {"am", "i'm", "im", "come"}
_SCHOOLING = {
    "studied", "study", "studying", "school", "there", "university", "univ", "uni", "college", "degree", "graduated",
    "mbbs",
}  # fmt: skip


class Picks:
    """How the options of one question are said."""

    def __init__(self, question: Question) -> None:
        """Index the labels and other names of the options."""
        self._question = question
        self._name_words = _words_of(question.name, *question.also)
        self._own_words = self._name_words | _words_of(question.asks, *(o.label for o in question.options.values()))
        said = [(phrase, name) for name, o in question.options.items() for phrase in (o.label, *o.also)]
        several = {normalize(phrase): one.means for one in question.several for phrase in one.said}
        self.exact: dict[str, str | tuple[str, ...]] = {
            **several,
            **{normalize(phrase): name for phrase, name in reversed(said)},
        }
        self._phrases = Phrases(said)
        self._openings = Openings(question, self.exact)

    def found(self, words: list[str], small: Words) -> str | None:
        """The one option whose words stand in a short message; the longest wording wins, and a yes or no is none."""
        mentions, _ = self._mentions(words, small)
        best = _longest(mentions)
        is_bare = all(m.words in small.yes_or_no for m in best)
        # "All except insurance" is not all of it.
        behind = words[max((m.end for m in best), default=0) :]
        return None if is_bare or _EXCEPT & set(behind) or len({m.id for m in best}) > 1 else best[0].id

    def bare(self, words: list[str], small: Words) -> str | None:
        """The option of a yes or no beside which nothing of another matter stands."""
        mentions, denied = self._mentions(words, small)
        best = _longest(mentions)
        said = {i for m in mentions if best and m.id == best[0].id for i in range(m.start, m.end)}
        if len({m.id for m in best}) != 1 or not self._says_no_more(words, said, small):
            return None
        return None if self._denies_another(words, said, denied, small) else best[0].id

    def _mentions(self, words: list[str], small: Words) -> tuple[list[Mention], list[Mention]]:
        """The options that words name, and those that they name and deny."""
        found = self._phrases.find(words)
        named = [m for m in found if not (self._belongs_to_a_name(words, m, small) or _is_of_another(words, m, small))]
        denied = [m for m in named if small.negators.find(_right_before(words, m.start))]
        return [m for m in named if m not in denied], denied

    def plain(self, text: str, small: Words) -> str | tuple[str, ...] | None:
        """The answer that the yes or no means with which a message begins, whatever follows."""
        return self._openings.plain(text, small)

    def opened(self, text: str, small: Words) -> str | tuple[str, ...] | None:
        """The answer of a yes or no that opens a message which goes on."""
        return self._openings.found(text, small)

    def is_not_sure(self, words: list[str], small: Words) -> bool:
        """Whether a short message says "not sure" and names nothing beside the question: "idk what this means"."""
        inside = {i for m in small.unsure.find(words) for i in range(m.start, m.end)}
        silent = self._own_words | small.fillers | small.beside_not_sure
        return bool(inside) and all(i in inside or word in silent for i, word in enumerate(words))

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

    def listed(self, words: list[str], small: Words) -> str | None:
        """The option of the list on which a country that is named stands, where a question asks for such lists."""
        is_asked = self._question.countries and not set(self._question.no_country_with) & set(words)
        places = (*small.countries(words), *small.doubtful.find(words)) if is_asked else ()
        codes = {place.id for place in places}
        names = self._question.countries.items()
        found = {next((option for option, listed in names if code in listed), self._question.places) for code in codes}
        return found.pop() if len(found) == 1 else None

    def names_a_place(self, words: list[str], small: Words) -> bool:
        """Whether a short message tells in which country abroad the school is, and nothing of another matter."""
        places = small.countries(words)
        inside = {i for place in places for i in range(place.start, place.end)}
        rest = [i for i in range(len(words)) if i not in inside]
        if not places or self._is_elsewhere_said(words, inside, small):
            return False
        silent = self._own_words | small.fillers | small.yes_or_no | small.beside_schools
        unknown = sum(words[i] not in silent and not small.at_home.find([words[i]]) for i in rest)
        return unknown <= _UNKNOWN_BESIDE_A_PLACE and not _tells_of_a_person(words, places[0].start, small)

    def _is_elsewhere_said(self, words: list[str], inside: set[int], small: Words) -> bool:
        """Whether words beside a place make it something else than that of a school abroad, or deny it."""
        beside = [word if i not in inside else "" for i, word in enumerate(words)]
        outside = [m for m in small.at_home.find(beside) if not _OUTSIDE & set(beside[max(0, m.start - 3) : m.start])]
        denied = [m for m in small.negators.find(beside) if not small.at_home.find(beside[m.end : m.end + 3])]
        return bool(outside or denied or small.not_of_schools & set(beside) or small.cues.people.find(beside))

    def _says_no_more(self, words: list[str], inside: set[int], small: Words) -> bool:
        """Whether beside the words `inside` there are only words of the question itself and words that say nothing."""
        silent = self._own_words | small.fillers | small.yes_or_no
        return all(i in inside or word in silent for i, word in enumerate(words))


def _longest(mentions: list[Mention]) -> list[Mention]:
    longest = max((m.end - m.start for m in mentions), default=0)
    return [m for m in mentions if m.end - m.start == longest]


def _right_before(words: list[str], at: int) -> list[str]:
    """The words right before a place, articles left out."""
    return [word for word in words[:at] if word not in _ARTICLES][-_NEAR:]


def _is_of_another(words: list[str], mention: Mention, small: Words) -> bool:
    """Whether words are told of somebody who is named right beside them: "my wife is american", "american wife"."""
    people = small.cues.people.find(words)
    before = [person for person in people if person.end <= mention.start]
    behind = any(person.start == mention.end for person in people)
    return behind or (bool(before) and _OF_ANOTHER.issuperset(words[before[-1].end : mention.start]))


def _tells_of_a_person(words: list[str], place: int, small: Words) -> bool:
    """Whether a place only tells who somebody is or where they come from: "i am indian", "i'm from india"."""
    before = words[:place]
    person = bool(before) and (before[-1] in _AM or (before[-1] == "from" and bool(_AM & set(before))))
    return person and not _SCHOOLING & set(words)


def _words_of(*texts: str) -> set[str]:
    return {word for text in texts for word in normalize(text).split()}
