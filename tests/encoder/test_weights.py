"""From the packages and what was learned to the file of weights: every step, and what is said where one fails."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from img_pathway.encoder import assemble, base, files, layout, weights
from img_pathway.encoder.base import WeightsError


def test_tensors_lie_one_behind_the_other_on_whole_pages() -> None:
    end = 0
    for tensor in layout.tensors():
        assert tensor.offset >= end
        assert tensor.offset % 4096 == 0
        end = tensor.offset + tensor.length


def test_the_file_of_weights_is_as_long_as_its_tensors() -> None:
    last = layout.tensors()[-1]
    assert files.WEIGHTS.stat().st_size == last.offset + last.length


def test_a_matrix_in_blocks_is_nearly_the_matrix() -> None:
    matrix = np.random.default_rng(1).normal(size=(6, 3 * layout.BLOCK)).astype(np.float32)
    matrix[0, : layout.BLOCK] = 0.0
    blocks, scales = weights.in_blocks(matrix)
    assert blocks.shape == (6, 3, layout.BLOCK)
    back = (blocks.astype(np.float32) - 128) * scales.reshape(6, 3, 1)
    np.testing.assert_allclose(back.reshape(matrix.shape), matrix, atol=np.abs(matrix).max() / 127)


def test_what_was_learned_is_added_to_the_base(tmp_path: Path) -> None:
    tall, wide = np.ones((3, 1), np.float16), np.full((1, 2), 2.0, np.float16)
    np.savez(tmp_path / "learned.npz", **{"m.tall": tall, "m.wide": wide, "bias": np.ones(2, np.float16)})
    changes = weights.learned(tmp_path / "learned.npz")
    known = {"m": np.zeros((3, 2), np.float32), "bias": np.zeros(2, np.float32), "other": np.ones(1, np.float32)}
    model = weights.tuned(known, changes)
    assert (model["m"] == 2.0).all()
    assert (model["bias"] == 1.0).all()
    assert (model["other"] == 1.0).all()


@pytest.mark.parametrize("change", [{"n": np.ones(2, np.float32)}, {"m": np.ones(3, np.float32)}])
def test_what_fits_no_parameter_of_the_base_is_refused(change: dict[str, np.ndarray]) -> None:
    with pytest.raises(ValueError, match=next(iter(change))):
        weights.tuned({"m": np.ones(2, np.float32)}, change)


@pytest.mark.parametrize(("apart", "bucket"), [(0, 0), (-1, 1), (-7, 7), (-127, 15), (-255, 15), (1, 17), (255, 31)])
def test_distances_fall_into_the_buckets_of_the_base_model(apart: int, bucket: int) -> None:
    assert weights._buckets(np.array([apart]))[0] == bucket


def test_weights_that_are_not_the_ones_measured_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "_part", lambda number: b"x")
    with pytest.raises(WeightsError, match=r"sha256 .*Delete \.venv"):
        base.unpacked()


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "_PACKAGE", "no-such-package-{part}")
    with pytest.raises(WeightsError, match=r"no-such-package-1 is not installed.*make setup"):
        base.unpacked()


def test_all_files_of_the_base_can_be_unpacked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("model/a", "b")
    held.seek(0)
    monkeypatch.setattr(base, "_files", lambda: zipfile.ZipFile(held))
    base.unpack(tmp_path)
    assert (tmp_path / "model" / "a").read_text() == "b"


@pytest.fixture()
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files of set-up in another folder, not yet made."""
    for name in ("WEIGHTS", "TOKENIZER", "STAMP"):
        monkeypatch.setattr(files, name, tmp_path / getattr(files, name).name)
    return tmp_path


def test_without_set_up_the_encoder_says_what_to_run(elsewhere: Path) -> None:
    with pytest.raises(WeightsError, match=r"not put together.*make setup"):
        files.require()


def test_weights_that_were_changed_or_made_of_other_files_are_not_used(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.WEIGHTS.write_bytes(b"weights")
    files.TOKENIZER.write_bytes(b"{}")
    files.STAMP.write_text(files.stamp())
    files.require()
    with monkeypatch.context() as other:
        other.setattr(files, "sources", lambda: "others")
        assert not files.is_assembled()
    files.WEIGHTS.write_bytes(b"weight")
    assert not files.is_assembled()


def test_an_encoder_unlike_the_tuned_one_is_not_stamped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assemble, "_LIKE", 1.01)
    with pytest.raises(WeightsError, match=r"other vectors .*make encoder"):
        assemble._compare()
