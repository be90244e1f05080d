from __future__ import annotations

import numpy as np
import pytest

from img_pathway.encoder import files
from img_pathway.encoder.sentence_vectors import DIMENSIONS, SentenceEncoder, Vectors, unit

TEXTS = [
    "hi",
    "how long is an observership?",
    "i matched and now wait for my visa, " * 12,
    "",
    "long " * 1000,
    "привет",
]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


def test_vectors_have_length_one(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), DIMENSIONS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_company_does_not_change_a_vector(encoder: SentenceEncoder) -> None:
    """Alone, without padding, and beside longer ones, with it: else training and talking would differ."""
    together = encoder.encode(TEXTS)
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    assert (together * alone).sum(axis=1).min() > 0.998


def test_order_is_kept_over_many_batches(encoder: SentenceEncoder) -> None:
    texts = [f"{'very ' * (i % 7)}important question {i}" for i in range(70)]
    vectors = encoder.encode(texts)
    for i in (0, 35, 69):
        assert float(vectors[i] @ encoder.encode([texts[i]])[0]) > 0.998


def test_no_texts_give_no_vectors(encoder: SentenceEncoder) -> None:
    assert encoder.encode([]).shape == (0, DIMENSIONS)


def test_a_single_message_is_not_padded(encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[int, int]] = []
    whole = encoder._pool_tokens

    def note(tokens: list[list[int]]) -> Vectors:
        given.append((len(tokens), max(map(len, tokens))))
        return whole(tokens)

    monkeypatch.setattr(encoder, "_pool_tokens", note)
    encoder.encode(["hello there"])
    encoder.encode(["long " * 1000])
    assert given == [(1, 4), (1, 256)]


def test_nearness_is_nearness_of_meaning(encoder: SentenceEncoder) -> None:
    cost, price, goodbye = encoder.encode(["what does step 1 cost?", "price of the first exam", "see you tomorrow"])
    assert cost @ price > cost @ goodbye + 0.2


def test_the_vectors_are_those_of_the_model_before_it_was_quantized(encoder: SentenceEncoder) -> None:
    with np.load(files.REFERENCE) as file:
        texts, vectors = [str(text) for text in file["texts"]], unit(file["vectors"].astype(np.float32))
    assert len(texts) > 4
    assert (encoder.encode(texts) * vectors).sum(axis=1).min() > 0.99


def test_many_texts_are_told_as_they_are_done(encoder: SentenceEncoder) -> None:
    told: list[int] = []
    encoder.pool([f"question {i}" for i in range(70)], tell=told.append)
    assert told == sorted(told)
    assert told[-1] == 70
