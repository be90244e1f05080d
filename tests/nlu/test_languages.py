"""Which language a message is written in, and what becomes of messages in others than English."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from img_pathway.dialogue.languages import load_languages
from img_pathway.nlu.component import UNDERSTOOD
from img_pathway.nlu.languages import ENGLISH, LanguageGuesser, LanguageReader
from tests.dialogue.hearing import heard
from tests.nlu.cases_languages import OTHER_LANGUAGES, STILL_ENGLISH

ROOT = Path(__file__).parents[2]
FILE = ROOT / "data" / "languages.yml"
# Languages of many of the people who write to us.
MANY = {"es", "pt", "fr", "ar", "fa", "ur", "hi", "ru", "zh"}


@pytest.fixture(scope="module")
def guesser() -> LanguageGuesser:
    return LanguageGuesser(load_languages(FILE))


@pytest.fixture(scope="module")
def reader() -> LanguageReader:
    return LanguageReader({**LanguageReader.get_default_config(), "languages": str(FILE)})


def test_every_language_has_its_sentences() -> None:
    counts = Counter(code for code, _ in OTHER_LANGUAGES)
    assert set(counts) == set(load_languages(FILE).languages)
    assert all(counts[code] >= 3 for code in MANY)


@pytest.mark.parametrize(("code", "text"), OTHER_LANGUAGES)
def test_a_sentence_in_another_language_is_recognized(guesser: LanguageGuesser, code: str, text: str) -> None:
    assert guesser.guess(text) == code


@pytest.mark.parametrize("text", STILL_ENGLISH)
def test_english_with_typos_and_foreign_words_stays_english(guesser: LanguageGuesser, text: str) -> None:
    assert guesser.guess(text) == ENGLISH


@pytest.mark.parametrize("text", ["", "  ", "?!", "🙂", "42", "é", "不"])
def test_what_is_too_short_to_tell_is_english(guesser: LanguageGuesser, text: str) -> None:
    assert guesser.guess(text) == ENGLISH


def read(reader: LanguageReader, text: str, *labels: str | tuple[str, float], score: float = 0.1) -> Message:
    message = Message({TEXT: text, UNDERSTOOD: heard(text, *labels, score=score).to_dict(), INTENT: {"name": "ask"}})
    reader.process([message])
    return message


def test_a_message_in_another_language_gets_its_intent_and_its_code(reader: LanguageReader) -> None:
    message = read(reader, "¿Cómo puedo hacer la residencia en Estados Unidos?", ("ask/what", 0.4))
    assert message.get(INTENT)["name"] == "other_language"
    [entity] = message.get(ENTITIES)
    assert (entity["entity"], entity["value"]) == ("language", "es")


def test_an_english_message_is_left_alone(reader: LanguageReader) -> None:
    message = read(reader, "how long is an observership?", "ask/length")
    assert message.get(INTENT) == {"name": "ask"}
    assert message.get(ENTITIES, []) == []


def test_what_was_well_understood_as_english_stays_english(reader: LanguageReader) -> None:
    """A few words that could be several languages, of which the classifier is sure."""
    text = "me duele hablar del internado porque no tengo dinero para nada"
    assert read(reader, text, "ask/cost", score=0.2).get(INTENT)["name"] == "other_language"
    assert read(reader, text, "ask/cost", score=0.9).get(INTENT) == {"name": "ask"}


def test_entities_found_before_stay(reader: LanguageReader) -> None:
    before = {"entity": "country", "value": "CO", "start": 0, "end": 3}
    text = "Soy médico de Colombia y quiero saber cuánto cuesta todo"
    message = Message({TEXT: text, ENTITIES: [before]})
    reader.process([message])
    assert [entity["value"] for entity in message.get(ENTITIES)] == ["CO", "es"]
