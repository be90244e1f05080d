"""Learning on small made-up data: vectors of messages, and the model that tells intents apart."""

from __future__ import annotations

from pathlib import Path

import joblib
import numpy as np
import pytest

from img_pathway.encoder.sentence_vectors import DIMENSIONS
from img_pathway.nlu.views import Views
from tests.nlu.made_up import Data, data, model


@pytest.fixture(scope="module")
def known() -> Data:
    return data()


def owners(known: Data) -> np.ndarray:
    return np.unique(known.labels, return_inverse=True)[1]


# Views


def test_views_have_length_one_and_one_row_a_text(known: Data) -> None:
    views = Views.fit(known.texts, known.pooled, owners(known))[0]
    for texts, pooled in ((known.texts, known.pooled), (["?!", "x" * 500], known.pooled[:2])):
        found = views(texts, pooled)
        assert found.shape[0] == len(texts)
        np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1.0, atol=1e-4)
        assert np.isfinite(found).all()


def test_views_of_one_intent_are_nearer_than_those_of_two(known: Data) -> None:
    found = Views.fit(known.texts, known.pooled, owners(known))[0](known.texts, known.pooled)
    near = found @ found.T
    same = np.equal.outer(owners(known), owners(known))
    assert near[same].mean() > near[~same].mean() + 0.2


def test_words_that_are_not_used_are_not_kept(known: Data) -> None:
    views = Views.fit(known.texts, known.pooled, owners(known))[0]
    assert [vectorizer for vectorizer in views.ngrams if hasattr(vectorizer, "stop_words_")] == []


def test_letters_count_where_meaning_is_the_same(known: Data) -> None:
    views = Views.fit(known.texts, known.pooled, owners(known))[0]
    fee, weeks = views(["how much money residency fee", "how many weeks residency takes"], known.pooled[[0, 0]])
    assert not np.allclose(fee, weeks)


def test_views_work_with_one_example_of_each_intent() -> None:
    few = data(each=1)
    found = Views.fit(few.texts, few.pooled, owners(few))[0](few.texts, few.pooled)
    assert np.isfinite(found).all()


def test_a_message_alone_and_beside_others_has_the_same_view(known: Data) -> None:
    views = Views.fit(known.texts, known.pooled, owners(known))[0]
    together = views(known.texts, known.pooled)
    alone = views(known.texts[:1], known.pooled[:1])
    np.testing.assert_allclose(together[:1], alone, atol=1e-5)


# Intents


def test_new_messages_are_told_apart(known: Data) -> None:
    learned, new = model(known), data(seed=2)
    probabilities, _, _ = learned.read(new.texts, new.pooled)
    assert [learned.labels[i] for i in probabilities.argmax(axis=1)] == new.labels


def test_probabilities_sum_to_one_for_any_text(known: Data) -> None:
    learned = model(known)
    strange = np.random.default_rng(5).normal(size=(4, 2, DIMENSIONS)).astype(np.float32)
    strange[3] = 0.0
    probabilities, nearness, likeness = learned.read(["", "?!", "привет", "x"], strange)
    assert probabilities.shape == nearness.shape == (4, len(learned.labels))
    assert likeness.shape == (4,)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1.0, atol=1e-4)
    assert (probabilities >= 0).all()
    assert np.isfinite(likeness).all()


def test_an_example_is_nearest_to_its_own_label(known: Data) -> None:
    learned = model(known)
    _, nearness, _ = learned.read(known.texts, known.pooled)
    own = nearness[np.arange(len(known.labels)), owners(known)]
    np.testing.assert_allclose(own, 1.0, atol=1e-4)
    assert (nearness.argmax(axis=1) == owners(known)).all()


def test_what_is_known_is_liker_than_what_is_strange(known: Data) -> None:
    learned, new = model(known), data(seed=2)
    strange = np.random.default_rng(5).normal(size=new.pooled.shape).astype(np.float32)
    _, _, likeness = learned.read(new.texts, new.pooled)
    _, _, strangeness = learned.read(["zzz"] * len(new.texts), strange)
    assert likeness.min() > strangeness.max()


def test_labels_are_sorted_whatever_the_order_of_the_examples(known: Data) -> None:
    backwards = Data(known.texts[::-1], known.pooled[::-1].copy(), known.labels[::-1])
    new = data(seed=2)
    one, other = model(known), model(backwards)
    assert one.labels == other.labels == tuple(sorted(set(known.labels)))
    best = [learned.read(new.texts, new.pooled)[0].argmax(axis=1) for learned in (one, other)]
    np.testing.assert_array_equal(*best)


def test_more_important_examples_pull_harder() -> None:
    """The same examples under two labels: the label whose examples weigh more wins."""
    once = data(("cost",), each=8)
    torn = Data(once.texts * 2, np.vstack([once.pooled, once.pooled]), ["cost"] * 8 + ["greet"] * 8)
    light = model(torn, [0.1] * 8 + [5.0] * 8).read(once.texts, once.pooled)[0]
    heavy = model(torn, [5.0] * 8 + [0.1] * 8).read(once.texts, once.pooled)[0]
    assert (light.argmax(axis=1) == 1).all()
    assert (heavy.argmax(axis=1) == 0).all()


def test_two_labels_are_enough() -> None:
    two, new = data(("cost", "greet")), data(("cost", "greet"), seed=2)
    learned = model(two)
    probabilities, _, _ = learned.read(new.texts, new.pooled)
    assert probabilities.shape == (len(new.texts), 2)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1.0, atol=1e-4)
    assert [learned.labels[i] for i in probabilities.argmax(axis=1)] == new.labels


@pytest.mark.parametrize("labels", [("cost",), ()])
def test_fewer_than_two_labels_are_refused(labels: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="two or more"):
        model(data(labels))


def test_the_same_examples_give_the_same_model(known: Data) -> None:
    new = data(seed=2)
    for one, other in zip(
        model(known).read(new.texts, new.pooled), model(known).read(new.texts, new.pooled), strict=True
    ):
        np.testing.assert_array_equal(one, other)


def test_a_message_alone_and_beside_others_is_read_alike(known: Data) -> None:
    learned, new = model(known), data(seed=2)
    together = learned.read(new.texts, new.pooled)
    alone = learned.read(new.texts[:1], new.pooled[:1])
    for one, other in zip(together, alone, strict=True):
        np.testing.assert_allclose(one[:1], other, rtol=1e-3, atol=1e-4)


def test_a_saved_model_gives_equal_answers(known: Data, tmp_path: Path) -> None:
    learned, new = model(known), data(seed=2)
    joblib.dump(learned, tmp_path / "model")
    read = joblib.load(tmp_path / "model")
    assert read.labels == learned.labels
    for one, other in zip(learned.read(new.texts, new.pooled), read.read(new.texts, new.pooled), strict=True):
        np.testing.assert_array_equal(one, other)
