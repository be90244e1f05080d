"""The last component: the intent that Rasa's rules go by, and the response of a retrieval intent."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from img_pathway.dialogue.understood import Understood
from img_pathway.nlu.component import heard_of, note
from img_pathway.nlu.router import Router
from tests.dialogue.hearing import guessed
from tests.quiz.content import bot


def routed(heard: Understood) -> Message:
    message = Message({TEXT: heard.text})
    note(message, bot().messages.read(heard))
    [message] = Router({}).process([message])
    return message


@pytest.mark.parametrize(
    ("label", "selected"),
    [
        ("small_talk/thanks", {"small_talk": "utter_small_talk/thanks"}),
        ("decline/premed", {"decline": "utter_decline/premed"}),
        ("rotation_offer", {}),
    ],
)
def test_rasa_is_told_of_the_response_to_a_retrieval_intent(label: str, selected: dict[str, str]) -> None:
    found: dict[str, Any] = routed(guessed("qwertz", label)).get("response_selector")
    assert found["all_retrieval_intents"] == list(selected)
    assert {name: found[name]["response"]["utter_action"] for name in selected} == selected


def test_rasa_gets_the_intent_and_the_actions_get_the_whole_label() -> None:
    message = routed(guessed("how much is it all", "ask/cost"))
    assert message.get(INTENT)["name"] == "ask"
    assert heard_of(message).label == "ask/cost"


def test_the_words_of_a_message_decide_before_its_guesses() -> None:
    assert routed(guessed("stage:graduate", "ask/cost")).get(INTENT) == {"name": "quiz_click", "confidence": 1.0}


def test_in_danger_the_likeliest_language_is_noted_too() -> None:
    message = routed(Understood("quiero morir", danger="crisis", likely_language="es"))
    assert [entity["value"] for entity in message.get(ENTITIES)] == ["es"]
    assert message.get(INTENT)["name"] == "crisis"
