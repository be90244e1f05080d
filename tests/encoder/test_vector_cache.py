"""The memory of vectors: known texts are not worked out again, and what people write is never kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from img_pathway.encoder import vector_cache
from img_pathway.encoder.files import sources
from img_pathway.encoder.sentence_vectors import DIMENSIONS
from img_pathway.encoder.vector_cache import VectorCache
from img_pathway.nlu import facts, featurizer
from img_pathway.nlu.facts import FactFinder
from img_pathway.nlu.featurizer import SentenceVectorFeaturizer
from tests.nlu.made_up import CountingEncoder

ROOT = Path(__file__).parents[2]
TEXTS = ["one", "two", "three"]


@pytest.fixture()
def encoder() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture()
def cache(encoder: CountingEncoder, tmp_path: Path) -> VectorCache:
    return VectorCache(encoder, tmp_path / "vectors")  # type: ignore[arg-type]


def file_of(folder: Path) -> Path:
    return folder / f"vectors-{sources()[:8]}.npz"


def again(folder: Path) -> tuple[VectorCache, CountingEncoder]:
    """The cache as the next process finds it."""
    encoder = CountingEncoder()
    return VectorCache(encoder, folder / "vectors"), encoder  # type: ignore[arg-type]


def test_vectors_come_in_the_order_of_the_texts(cache: VectorCache) -> None:
    cache.pool(["two"])
    found = cache.pool(TEXTS)
    assert found.shape == (3, 2, DIMENSIONS)
    np.testing.assert_allclose(found, CountingEncoder().pool(TEXTS), atol=2e-3)  # kept in half precision


def test_known_vectors_are_not_worked_out_again(cache: VectorCache, encoder: CountingEncoder) -> None:
    cache.pool(TEXTS)
    cache.pool([*TEXTS, "four", "one"])
    assert encoder.asked == [*TEXTS, "four"]


def test_a_text_that_comes_twice_is_worked_out_once(cache: VectorCache, encoder: CountingEncoder) -> None:
    found = cache.pool(["one", "one"])
    assert encoder.asked == ["one"]
    np.testing.assert_array_equal(found[0], found[1])


def test_vectors_are_kept_from_run_to_run(cache: VectorCache, tmp_path: Path) -> None:
    before = cache.pool(TEXTS)
    next_run, encoder = again(tmp_path)
    np.testing.assert_array_equal(next_run.pool(TEXTS), before)
    assert encoder.asked == []


def test_no_texts_give_no_vectors_and_no_file(cache: VectorCache, tmp_path: Path) -> None:
    assert cache.pool([]).shape == (0, 2, DIMENSIONS)
    assert not list(tmp_path.iterdir())


def test_other_weights_have_another_file(cache: VectorCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.pool(TEXTS)
    monkeypatch.setattr(vector_cache, "sources", lambda: "0" * 64)
    next_run, encoder = again(tmp_path)
    next_run.pool(TEXTS)
    assert encoder.asked == TEXTS


def _nothing(path: Path) -> None:
    path.write_bytes(b"")


def _garbage(path: Path) -> None:
    path.write_bytes(b"no archive at all " * 100)


def _half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _flipped(path: Path) -> None:
    """One bit of a vector is another: a checksum of the archive tells it."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes(content))


def _one_vector_a_text(path: Path) -> None:
    """How an older version kept them."""
    np.savez(path, keys=np.zeros((3, 20), np.uint8), vectors=np.zeros((3, DIMENSIONS), np.float32))


def _one_vector_a_text_and_an_even_number(path: Path) -> None:
    np.savez(path, keys=np.zeros((4, 20), np.uint8), vectors=np.zeros((4, DIMENSIONS), np.float32))


def _other_names(path: Path) -> None:
    np.savez(path, texts=np.zeros(3))


def _objects(path: Path) -> None:
    np.savez(path, keys=np.array([{}]), vectors=np.array([{}]))


@pytest.mark.parametrize(
    "spoil",
    [
        _nothing, _garbage, _half, _flipped, _one_vector_a_text, _one_vector_a_text_and_an_even_number, _other_names,
        _objects,
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_made_anew(
    cache: VectorCache, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    before = cache.pool(TEXTS)
    spoil(file_of(tmp_path))
    spoiled, encoder = again(tmp_path)
    np.testing.assert_array_equal(spoiled.pool(TEXTS), before)
    assert encoder.asked == TEXTS
    mended, encoder = again(tmp_path)
    np.testing.assert_array_equal(mended.pool(TEXTS), before)
    assert encoder.asked == []


def test_beyond_the_most_that_is_kept_only_what_is_in_use_stays(
    cache: VectorCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_cache, "_MOST_KEPT", 3)
    cache.pool(TEXTS)
    cache.pool(["four", "one"])
    next_run, encoder = again(tmp_path)
    next_run.pool(["one", "four", "two"])
    assert encoder.asked == ["two"]


def test_a_failed_write_leaves_nothing_behind(
    cache: VectorCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.pool(["one"])

    def disk_full(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(np, "savez", disk_full)
    with pytest.raises(OSError, match="No space"):
        cache.pool(TEXTS)
    assert list(tmp_path.iterdir()) == [file_of(tmp_path)]


# What people write


@pytest.fixture()
def shared(cache: VectorCache, monkeypatch: pytest.MonkeyPatch) -> VectorCache:
    for module in (featurizer, facts):
        monkeypatch.setattr(module, "cached_encoder", lambda: cache)
    return cache


def featurizer_component() -> SentenceVectorFeaturizer:
    return SentenceVectorFeaturizer(SentenceVectorFeaturizer.get_default_config(), "vectors")


def test_messages_of_people_are_not_kept(shared: VectorCache, encoder: CountingEncoder, tmp_path: Path) -> None:
    component = featurizer_component()
    component.process([Message({TEXT: "my secret"}), Message({TEXT: ""})])
    assert encoder.asked == ["my secret", ""]
    assert not list(tmp_path.iterdir())
    shared.pool(["something else"])
    next_run, later = again(tmp_path)
    next_run.pool(["my secret"])
    assert later.asked == ["my secret"]


def test_facts_are_kept_and_the_questions_that_are_compared_with_them_are_not(
    shared: VectorCache, encoder: CountingEncoder, tmp_path: Path
) -> None:
    finder = FactFinder({"knowledge": str(ROOT / "data" / "knowledge")})
    known = file_of(tmp_path).read_bytes()
    messages = featurizer_component().process([Message({TEXT: "my secret"})])
    part = {"text": "my other secret", "guesses": [["ask/what", 0.9]]}
    messages[0].set("understood", {"guesses": [["ask/what", 0.9]], "parts": [part]})
    finder.process(messages)
    assert encoder.asked[-2:] == ["my secret", "my other secret"]
    assert file_of(tmp_path).read_bytes() == known


def test_training_examples_are_kept(shared: VectorCache, tmp_path: Path) -> None:
    examples = TrainingData([Message({TEXT: text, INTENT: "greet"}) for text in TEXTS])
    featurizer_component().process_training_data(examples)
    assert all(message.get_dense_features(TEXT, [])[1] for message in examples.training_examples)
    next_run, encoder = again(tmp_path)
    next_run.pool(TEXTS)
    assert encoder.asked == []
