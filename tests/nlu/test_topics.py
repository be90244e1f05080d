from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from img_pathway.nlu.topics import TopicExtractor

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def extractor() -> TopicExtractor:
    return TopicExtractor({"knowledge": str(ROOT / "data" / "knowledge")})


def found(extractor: TopicExtractor, text: str) -> list[tuple[str, str]]:
    [message] = extractor.process([Message({TEXT: text})])
    return [(entity["value"], text[entity["start"] : entity["end"]]) for entity in message.get(ENTITIES)]


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("how long is an observership?", [("observership", "observership")]),
        ("OBSERVERSHIP!!", [("observership", "OBSERVERSHIP")]),
        ("what is an observershp", [("observership", "observershp")]),
        ("Observership vs. externship?", [("observership", "Observership"), ("externship", "externship")]),
        ("is the Sub-Internship paid", [("sub_internship", "Sub-Internship")]),
        ("observership or another observership", [("observership", "observership")]),
        ("\U0001f642 é — externship", [("externship", "externship")]),
        ("hello there", []),
        ("?!", []),
        ("", []),
    ],
)
def test_topics_with_their_places(extractor: TopicExtractor, text: str, topics: list[tuple[str, str]]) -> None:
    assert found(extractor, text) == topics


def test_entities_name_their_kind_and_extractor_and_join_those_found_before(extractor: TopicExtractor) -> None:
    before = {"entity": "other", "value": "x", "start": 0, "end": 1}
    message = Message({TEXT: "residency", ENTITIES: [before]})
    extractor.process([message])
    first, second = message.get(ENTITIES)
    assert first == before
    assert (second["entity"], second["extractor"]) == ("topic", "TopicExtractor")


def test_a_message_without_text_has_no_topics(extractor: TopicExtractor) -> None:
    [message] = extractor.process([Message({})])
    assert message.get(ENTITIES) == []
