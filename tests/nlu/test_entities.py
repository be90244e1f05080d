"""What messages name, found by words and given to Rasa with its place in the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.shared.nlu.constants import ENTITIES as ENTITIES_KEY
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from img_pathway.content import load_document
from img_pathway.nlu.entities import EntityReader
from img_pathway.quiz.entities import Entities
from img_pathway.quiz.words import load_words
from tests.nlu.cases_entities import ENTITIES

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def reader() -> EntityReader:
    data = ROOT / "data"
    return EntityReader({"knowledge": str(data / "knowledge"), "words": str(data / "quiz" / "words.yml")})


def found(reader: EntityReader, text: str) -> list[dict[str, Any]]:
    [message] = reader.process([Message({TEXT: text})])
    entities: list[dict[str, Any]] = message.get(ENTITIES_KEY)
    return entities


@pytest.mark.parametrize(("text", "expected"), ENTITIES)
def test_what_a_message_names(reader: EntityReader, text: str, expected: set[str]) -> None:
    named = {
        f"{'-' if entity.get('role') == 'negated' else ''}{entity['entity']}:{entity['value']}"
        for entity in found(reader, text)
    }
    assert named == expected


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("OBSERVERSHIP!!", ["OBSERVERSHIP"]),
        ("Observership vs. externship?", ["Observership", "externship"]),
        ("is the Sub-Internship paid", ["Sub-Internship"]),
        ("observership or another observership", ["observership"]),
        ("\U0001f642 é — externship", ["externship"]),
        ("in São Paulo, 5 yrs back", ["São Paulo", "5 yrs back"]),
        ("4 weeks, in the U.A.E. and Lahore", ["4 weeks", "U.A.E", "Lahore"]),
    ],
)
def test_entities_stand_where_they_are_written(reader: EntityReader, text: str, places: list[str]) -> None:
    assert [text[entity["start"] : entity["end"]] for entity in found(reader, text)] == places


def test_entities_name_their_extractor_and_join_those_found_before(reader: EntityReader) -> None:
    before = {"entity": "other", "value": "x", "start": 0, "end": 1}
    message = Message({TEXT: "residency", ENTITIES_KEY: [before]})
    reader.process([message])
    first, second = message.get(ENTITIES_KEY)
    assert first == before
    assert (second["entity"], second["value"], second["extractor"]) == ("topic", "residency", "EntityReader")


def test_a_message_without_text_names_nothing(reader: EntityReader) -> None:
    [message] = reader.process([Message({})])
    assert message.get(ENTITIES_KEY) == []


def test_every_kind_is_an_entity_of_the_domain(reader: EntityReader) -> None:
    domain = set(load_document(ROOT / "domain.yml").data["entities"])
    kinds = {entity["entity"] for text, _ in ENTITIES for entity in found(reader, text)}
    assert kinds <= domain
    assert kinds == domain - {"language"}


def test_without_topics_the_small_words_are_still_found() -> None:
    entities = Entities(load_words(ROOT / "data" / "quiz" / "words.yml"))
    assert [(e.kind, e.value) for e in entities.find("my wife did an observership in cairo")] == [
        ("person", "wife"),
        ("country", "EG"),
    ]
