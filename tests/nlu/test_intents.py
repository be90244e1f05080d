"""The classifier as a component of Rasa: trained on made-up examples, saved, loaded, and what it notes in messages."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from img_pathway.dialogue.routing import route
from img_pathway.dialogue.understood import Understood
from img_pathway.encoder.sentence_vectors import DIMENSIONS, LONGEST_PART, Vectors
from img_pathway.encoder.vector_cache import VectorCache
from img_pathway.nlu import featurizer, intents, meaning
from img_pathway.nlu.component import heard_of
from img_pathway.nlu.featurizer import SentenceVectorFeaturizer
from img_pathway.nlu.intents import MeaningClassifier

WORDS = {"ask/cost": "fee", "ask/length": "weeks", "decline/off_topic": "football", "greet": "hello"}
THINGS = ("observership", "oet", "visa", "step", "match", "letter", "rotation", "license")
RESOURCE = Resource("intents")


@dataclass
class TellingEncoder:
    """A text means what the telling words in it mean, with a little of everything else."""

    asked: list[tuple[str, int | None]] = field(default_factory=list)
    """Texts that it was given, each with how many of its tokens were to be read."""

    def pool(self, texts: Sequence[str], longest: int | None = None, **_: object) -> Vectors:
        self.asked += [(text, longest) for text in texts]
        directions = np.random.default_rng(3).normal(size=(len(WORDS), DIMENSIONS))
        found = np.zeros((len(texts), 2, DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            noise = np.random.default_rng(sum(map(ord, text))).normal(size=(2, DIMENSIONS))
            meaning = sum(d for d, word in zip(directions, WORDS.values(), strict=True) if word in text)
            found[row] = meaning + 0.4 * noise
        return found


@pytest.fixture()
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LocalModelStorage:
    cache = VectorCache(TellingEncoder(), tmp_path / "vectors")  # type: ignore[arg-type]
    for module in (featurizer, intents, meaning):
        monkeypatch.setattr(module, "cached_encoder", lambda: cache)
    (tmp_path / "model").mkdir()
    return LocalModelStorage(tmp_path / "model")


CONTEXT: ExecutionContext = SimpleNamespace(node_name="vectors")  # type: ignore[assignment]


def with_vectors(*messages: Message) -> list[Message]:
    component = SentenceVectorFeaturizer.create(
        SentenceVectorFeaturizer.get_default_config(), None, None, CONTEXT  # type: ignore[arg-type]
    )  # fmt: skip
    return component.process(list(messages))


def trained(storage: LocalModelStorage, *, backwards: bool = False, **settings: object) -> MeaningClassifier:
    """The component as it is loaded after training, on examples in one order or the other."""
    config = {**MeaningClassifier.get_default_config(), "declines": ["decline"], **settings}
    examples = [
        Message({TEXT: f"the {word} of my {thing}", INTENT: label.split("/")[0], INTENT_RESPONSE_KEY: label})
        for label, word in WORDS.items()
        for thing in THINGS
    ]
    examples = examples[::-1] if backwards else examples
    MeaningClassifier.create(config, storage, RESOURCE, CONTEXT).train(TrainingData(with_vectors(*examples)))
    return MeaningClassifier.load(config, storage, RESOURCE, CONTEXT)


def heard(component: MeaningClassifier, text: str) -> tuple[str, Understood]:
    """The label that a message is routed to by its guesses alone, and these."""
    [message] = component.process(with_vectors(Message({TEXT: text})))
    found = heard_of(message)
    return route(found).label, found


def calibration(folder: Path) -> str:
    """Utterances of all kinds, some of which no model can get right."""
    path = folder / "calibration.yml"
    lines = [(f"a {word} for one {thing}", label) for label, word in WORDS.items() for thing in THINGS]
    lines += [(f"fee or weeks, {thing}", "ask/cost" if i % 2 else "ask/length") for i, thing in enumerate(THINGS)]
    path.write_text(
        "utterances:\n" + "".join(f'  - {{text: "{text}", topic: x, expect: ["{label}"]}}\n' for text, label in lines)
    )
    return str(path)


def test_everything_is_ranked_and_the_likeliest_is_first(storage: LocalModelStorage) -> None:
    name, found = heard(trained(storage), "which fee has the exam")
    assert name == found.best.label == "ask/cost"
    chances = [guess.probability for guess in found.guesses]
    assert chances == sorted(chances, reverse=True)


@pytest.mark.parametrize(
    ("label", "name"), [("decline/off_topic", "off topic"), ("ask/cost", "ask cost"), ("quiz_stop", "quiz stop")]
)
def test_the_name_of_a_label_is_an_example_of_it(label: str, name: str) -> None:
    assert intents._in_words(label) == name


def test_a_message_with_several_questions_has_parts(storage: LocalModelStorage) -> None:
    _, found = heard(trained(storage), "the fee of it? the weeks of it?")
    assert [(part.text, part.best.label) for part in found.parts] == [
        ("the fee of it?", "ask/cost"),
        ("the weeks of it?", "ask/length"),
    ]
    assert not found.more


@pytest.mark.parametrize(
    "text",
    [
        "the fee of it? the weeks of it? " * 30,
        "the fee of it? the weeks of it? the football? and the rest? ",
        "what fee is it\nwhat weeks is it\n" * 30,
        "what fee is it, what weeks is it" + ", is it so" * 80,
        "fee? weeks? " + "abc? " * 200,
    ],
    ids=["marks", "few", "lines", "joints", "short"],
)
def test_however_many_questions_a_message_has_three_are_read(storage: LocalModelStorage, text: str) -> None:
    component = trained(storage)
    encoder = intents.cached_encoder().encoder
    assert isinstance(encoder, TellingEncoder)
    encoder.asked.clear()
    _, found = heard(component, text)
    # The message, three questions, and the two pairs of them.
    assert len(encoder.asked) <= 1 + 3 + 2
    assert all(longest == LONGEST_PART for said, longest in encoder.asked if said != text)
    assert [part.best.label for part in found.parts] == ["ask/cost", "ask/length"]
    assert found.more
    assert Understood.from_dict(text, found.to_dict()).more


def test_a_question_that_is_asked_twice_or_follows_a_greeting_has_no_parts(storage: LocalModelStorage) -> None:
    component = trained(storage)
    for text in ("the fee of it? a fee for the exam?", "hello there! the fee of it?"):
        _, found = heard(component, text)
        assert found.parts == ()


def test_the_same_examples_give_the_same_answers_in_whatever_order(storage: LocalModelStorage) -> None:
    texts = ["which fee has the exam", "hello", "weeks or fee", "", "?!"]
    first, second, third = trained(storage), trained(storage), trained(storage, backwards=True)
    found = [[heard(component, text) for text in texts] for component in (first, second, third)]
    assert found[0] == found[1] == found[2]


def test_what_is_not_ours_is_declined_and_what_is_plain_is_answered(storage: LocalModelStorage, tmp_path: Path) -> None:
    component = trained(storage, calibration=calibration(tmp_path))
    name, found = heard(component, "my football in the garden")
    assert (name, found.ours) == ("decline/off_topic", False)
    name, found = heard(component, "which fee has the exam")
    assert (name, found.band, found.ours) == ("ask/cost", "answer", True)


def test_a_guess_that_is_hardly_better_than_another_is_trusted_less(storage: LocalModelStorage, tmp_path: Path) -> None:
    component = trained(storage, calibration=calibration(tmp_path))
    plain, doubtful = (heard(component, text)[1] for text in ("which fee has the exam", "fee and weeks"))
    assert doubtful.right < plain.right
    assert {guess.label for guess in doubtful.guesses[:2]} == {"ask/cost", "ask/length"}


def test_without_calibration_every_first_guess_is_trusted(storage: LocalModelStorage) -> None:
    _, found = heard(trained(storage), "fee and weeks")
    assert (found.ours, found.right, found.band) == (True, 1.0, "answer")


@pytest.mark.parametrize("file", ["knowledge/faq_match.yml", "calibration.yml"])
def test_content_that_is_no_example_asks_for_another_model_too(file: str, tmp_path: Path) -> None:
    """Rasa's cache would give back the old model, because neither examples nor settings have changed."""
    shutil.copytree(Path("data"), tmp_path / "data")
    config = MeaningClassifier.get_default_config() | {
        "knowledge": str(tmp_path / "data" / "knowledge"),
        "calibration": str(tmp_path / "data" / "calibration.yml"),
    }
    before = MeaningClassifier.fingerprint_addon(config)
    path = tmp_path / "data" / file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"', '"Well, ', 1), encoding="utf-8")
    assert MeaningClassifier.fingerprint_addon(config) not in (None, before)


def test_rasa_may_ask_for_the_fingerprint_of_what_it_has_in_its_cache() -> None:
    assert MeaningClassifier.fingerprint_addon({"output": RESOURCE})
