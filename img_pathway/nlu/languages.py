"""Messages in other languages than English: recognized, so that people are told in their own where help is."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from functools import lru_cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from img_pathway.content.home import home
from img_pathway.dialogue.languages import LanguagesFile, load_languages
from img_pathway.dialogue.understood import ENGLISH
from img_pathway.knowledge.text import normalize
from img_pathway.nlu.component import ContentComponent, heard_of, note

# Badly typed English must not be taken for another language: the fewer its words, the surer the guess has to be.
# Up to so many words, English must be less likely than this; measured on all training examples.
_NOT_ENGLISH = ((1, 0.0), (3, 0.001), (5, 0.01), (1000, 0.03))
_FEWEST_LETTERS = 3
# So many frequent words of a language in Latin letters, and such a share of all words, show it.
_TELLING_WORDS = 2
_TELLING_SHARE = 0.25


class LanguageGuesser:
    """Tells the languages of data/languages.yml from each other and from English."""

    def __init__(self, file: LanguagesFile) -> None:
        """Load the model of py3langid and restrict it to the languages that there is something to say in."""
        self._model = LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
        self._model.set_languages([ENGLISH, *file.languages])
        self._words = {code: frozenset(record.words) for code, record in file.languages.items() if record.words}
        self._letters = {code: set(record.letters) for code, record in file.languages.items() if record.letters}
        self._english = frozenset(file.english)

    def guess(self, text: str, *, lenient: bool = False) -> str:
        """The code of the language that a text is written in; English where that is possible.

        In danger a wrong guess costs little, and a language not seen costs much: `lenient` takes the likeliest.
        """
        letters = [c for c in text if c.isalpha()]
        words = normalize(text).split()
        if len(letters) < _FEWEST_LETTERS:
            return ENGLISH
        ranked: dict[str, float] = dict(self._model.rank(text))
        letters_of = self._letters
        best = next(c for c in ranked if c != ENGLISH and (c not in letters_of or letters_of[c] & set(text.casefold())))
        if sum(not _is_latin(c) for c in letters) * 2 > len(letters):
            return best
        romanized = self._romanized(words)
        if romanized:
            return romanized
        # An accent in it ("médico") asks for more than one English word.
        plainly_english = len(self._english & set(text.casefold().split())) > (0 if text.isascii() else 1)
        if lenient and not plainly_english:
            return ENGLISH if next(iter(ranked)) == ENGLISH else best
        limit = next(limit for most, limit in _NOT_ENGLISH if len(words) <= most or plainly_english)
        return best if ranked[ENGLISH] < limit else ENGLISH

    def _romanized(self, words: list[str]) -> str | None:
        counts = {code: len(known & set(words)) for code, known in self._words.items()}
        code = max(counts, key=lambda c: counts[c], default=None)
        told = counts[code] if code else 0
        return code if told >= _TELLING_WORDS and told >= _TELLING_SHARE * len(words) else None


@lru_cache(maxsize=1000)
def _is_latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith(("LATIN", "FULLWIDTH LATIN"))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class LanguageReader(ContentComponent):
    """Notes the language of a message: the one it is surely written in, and the likeliest."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Load what tells languages apart."""
        super().__init__(config)
        self._guesser = LanguageGuesser(load_languages(home() / config["languages"]))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Where the languages are, seen from the project's folder."""
        return {"languages": "data/languages.yml"}

    def read(self, message: Message, text: str) -> None:
        """Note both languages."""
        surely, likely = self._guesser.guess(text), self._guesser.guess(text, lenient=True)
        note(message, replace(heard_of(message), language=surely, likely_language=likely))
