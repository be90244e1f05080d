"""From the base model and what was learned to the tensors that the encoder runs with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from img_pathway.encoder import layout

Array = NDArray[np.float32]
# Of the file of what was learned: a matrix has its change in two factors, everything else the change itself.
TALL, WIDE = ".tall", ".wide"


def learned(path: Path) -> dict[str, Array]:
    """How each parameter differs from the base model, by its name there; factors of matrices are multiplied out."""
    with np.load(path, allow_pickle=False) as file:
        stored = {name: file[name].astype(np.float32) for name in file.files}
    changes = {name: change for name, change in stored.items() if not name.endswith((TALL, WIDE))}
    for name in (name.removesuffix(TALL) for name in stored if name.endswith(TALL)):
        changes[name] = stored[name + TALL] @ stored[name + WIDE]
    return changes


def tuned(base: Mapping[str, Array], changes: Mapping[str, Array]) -> dict[str, Array]:
    """The base model with the changes; raises ValueError for a change that fits no parameter of it."""
    for name, change in changes.items():
        if name not in base or base[name].shape != change.shape:
            raise ValueError(f"learned.npz changes {name}, which the base model does not have in this shape.")
    return {name: values + changes[name] if name in changes else values for name, values in base.items()}


def tensors(model: Mapping[str, Array]) -> Iterator[tuple[layout.Tensor, NDArray[np.generic]]]:
    """Each tensor of the layout with its values."""
    values = dict(_embeddings(model))
    for layer in range(layout.LAYERS):
        for matrix in layout.matrices(layer):
            whole = np.vstack([model[f"{part}.weight"] for part in matrix.parts])
            values[f"{matrix.name}.weights"], values[f"{matrix.name}.scales"] = in_blocks(whole)
            values[f"{matrix.name}.bias"] = np.concatenate([model[f"{part}.bias"] for part in matrix.parts])
        for name, of_base in layout.norms(layer):
            values[f"{name}.norm.scale"] = model[f"{of_base}.weight"]
            values[f"{name}.norm.bias"] = model[f"{of_base}.bias"]
    for tensor in layout.tensors():
        yield tensor, np.ascontiguousarray(values[tensor.name]).astype(tensor.kind).reshape(tensor.shape)


def _embeddings(model: Mapping[str, Array]) -> Iterator[tuple[str, NDArray[np.generic]]]:
    words = model["embeddings.word_embeddings.weight"]
    scales = np.maximum(np.abs(words).max(axis=1, keepdims=True) / 127, 1e-12)
    yield "words", np.rint(words / scales)
    yield "words.scales", scales
    yield "positions", model["embeddings.position_embeddings.weight"][: layout.POSITIONS]
    apart = np.arange(1 - layout.LONGEST, layout.LONGEST)
    yield "distances", model["encoder.relative_attention_bias.weight"][_buckets(apart)]
    yield "embedded.scale", model["embeddings.LayerNorm.weight"]
    yield "embedded.bias", model["embeddings.LayerNorm.bias"]


def _buckets(apart: NDArray[np.int64]) -> NDArray[np.int64]:
    """The bucket of each distance between tokens, as MPNet has it: exact up to 8, then by logarithm up to 128."""
    half, exact, farthest = layout.BUCKETS // 2, layout.BUCKETS // 4, 128
    size = np.abs(apart)
    by_log = exact + np.log(np.maximum(size, 1) / exact) / np.log(farthest / exact) * (half - exact)
    within = np.where(size < exact, size, np.minimum(by_log.astype(np.int64), half - 1))
    return np.asarray(within + np.where(apart > 0, half, 0), dtype=np.int64)


def in_blocks(matrix: Array) -> tuple[NDArray[np.uint8], Array]:
    """A matrix in 8-bit blocks, as `MatMulNBits` reads them: bytes of (rows, blocks, 128) around 128, and scales."""
    blocks = matrix.reshape(len(matrix), -1, layout.BLOCK)
    scales = np.maximum(np.abs(blocks).max(axis=2, keepdims=True) / 127, 1e-12)
    return (np.rint(blocks / scales) + 128).astype(np.uint8), scales.reshape(-1).astype(np.float32)
