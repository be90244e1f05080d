from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.data import is_nlu_file
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.entities_parser import replace_entities
from rasa.shared.nlu.training_data.message import Message

from img_pathway.content import ContentError
from img_pathway.nlu.component import heard_of, note
from img_pathway.nlu.safety import SafetyNet
from img_pathway.nlu.safety_phrases import SafetyPhrases
from img_pathway.staff.training_data import read_training_data
from tests.dialogue.hearing import guessed
from tests.nlu.cases_safety import CRISES, EMERGENCIES, LOOKALIKES

ROOT = Path(__file__).parents[2]
FILE = ROOT / "data" / "safety.yml"


@pytest.fixture(scope="module")
def phrases() -> SafetyPhrases:
    return SafetyPhrases(FILE)


@pytest.mark.parametrize("text", EMERGENCIES)
def test_emergencies_are_seen(phrases: SafetyPhrases, text: str) -> None:
    assert phrases.danger(text) == "emergency"


@pytest.mark.parametrize("text", CRISES)
def test_crises_are_seen(phrases: SafetyPhrases, text: str) -> None:
    assert phrases.danger(text) == "crisis"


@pytest.mark.parametrize("text", LOOKALIKES)
def test_look_alikes_are_no_danger(phrases: SafetyPhrases, text: str) -> None:
    assert phrases.danger(text) is None


def test_no_training_example_of_another_intent_is_taken_for_danger(phrases: SafetyPhrases) -> None:
    examples = read_training_data(ROOT).examples
    wrong = [
        (example, danger)
        for example in examples
        if (danger := phrases.danger(replace_entities(example.text))) and danger != example.intent.name
    ]
    assert len(examples) > 1000
    assert not wrong


@pytest.mark.parametrize(
    "text", ["i can't breathe", "i cant breathe", "I can\u2019t breathe!", "I cannot breathe", "i CAN NOT breathe"]
)
def test_short_forms_and_apostrophes_do_not_matter(phrases: SafetyPhrases, text: str) -> None:
    assert phrases.danger(text) == "emergency"


def test_a_context_excuses_its_own_sentence_only(phrases: SafetyPhrases) -> None:
    assert phrases.danger("differential for when they have chest pain") is None
    assert phrases.danger("I was reading the differential. Now I have chest pain") == "emergency"


@pytest.mark.parametrize("context", ["rotation", "residency", "clerkship", "exam", "step 1", "usmle", "match"])
def test_everyday_words_of_this_chat_do_not_hide_danger(phrases: SafetyPhrases, context: str) -> None:
    assert phrases.danger(f"during my {context} i can't breathe") == "emergency"
    assert phrases.danger(f"because of the {context} i want to kill myself") == "crisis"


def test_danger_is_noted_whatever_was_guessed_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    net = SafetyNet(SafetyNet.get_default_config())
    danger, harmless = (Message({TEXT: text}) for text in ("i want to die", "hi"))
    for message in (danger, harmless):
        note(message, guessed(str(message.get(TEXT)), "ask/who"))
    net.process([danger, harmless])
    assert (heard_of(danger).danger, heard_of(danger).best.label) == ("crisis", "ask/who")
    assert heard_of(harmless).danger == ""


def test_a_wrong_key_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    path = tmp_path / "data" / "safety.yml"
    path.write_text("dangers:\n  crisis:\n    phrasez: [x]\n")
    with pytest.raises(ContentError, match=r'data/safety\.yml:3: "phrasez".*Did you mean "phrases"'):
        SafetyPhrases(path)


def test_rasa_does_not_take_the_phrases_for_training_data() -> None:
    assert not is_nlu_file(str(FILE))
    assert not YAMLStoryReader.is_stories_file(FILE)
