"""Which language a message is written in, and what becomes of messages in others than English."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from img_pathway.dialogue.languages import load_languages
from img_pathway.dialogue.understood import ENGLISH, Guess, Understood
from img_pathway.nlu.component import note
from img_pathway.nlu.languages import LanguageGuesser, LanguageReader
from img_pathway.nlu.router import Router
from tests.dialogue.hearing import guessed
from tests.nlu.cases_languages import OTHER_LANGUAGES, STILL_ENGLISH
from tests.quiz.content import bot

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


def read(reader: LanguageReader, text: str, *labels: str | tuple[str, float]) -> Message:
    """A message as it leaves the pipeline, with hand-made guesses."""
    message = Message({TEXT: text})
    note(message, bot().messages.read(guessed(text, *labels)))
    for component in (reader, Router({})):
        component.process([message])
    return message


def test_a_message_in_another_language_gets_its_intent_and_its_code(reader: LanguageReader) -> None:
    message = read(reader, "¿Cómo puedo hacer la residencia en Estados Unidos?", ("ask/what", 0.4))
    assert message.get(INTENT)["name"] == "other_language"
    [entity] = message.get(ENTITIES)
    assert (entity["entity"], entity["value"]) == ("language", "es")


def test_an_english_message_is_left_alone(reader: LanguageReader) -> None:
    message = read(reader, "how long is an observership?", "ask/length")
    assert message.get(INTENT)["name"] == "ask"
    assert message.get(ENTITIES, []) == []


@pytest.mark.parametrize(("right", "intent"), [(0.2, "other_language"), (0.56, "other_language"), (0.9, "ask")])
def test_what_was_well_understood_as_english_stays_english(reader: LanguageReader, right: float, intent: str) -> None:
    """A few words that could be several languages, of which the guess is sure."""
    message = Message({TEXT: "me duele hablar del internado porque no tengo dinero para nada"})
    note(message, Understood(str(message.get(TEXT)), (Guess("ask/cost", 0.9),), right=right))
    for component in (reader, Router({})):
        component.process([message])
    assert message.get(INTENT)["name"] == intent


def test_entities_found_before_stay(reader: LanguageReader) -> None:
    before = {"entity": "country", "value": "CO", "start": 0, "end": 3}
    message = Message({TEXT: "Soy médico de Colombia y quiero saber cuánto cuesta todo", ENTITIES: [before]})
    for component in (reader, Router({})):
        component.process([message])
    assert [entity["value"] for entity in message.get(ENTITIES)] == ["CO", "es"]
