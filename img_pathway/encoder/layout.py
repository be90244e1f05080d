"""The tensors of the encoder as they lie in its file of weights: names, types, shapes and places, in order.

The architecture is MPNet (12 layers of 768, 12 heads). Matrices are kept as 8-bit blocks: each row in pieces of 128
numbers, each piece with a scale of its own. `graph.onnx` refers to the same places (scripts/encoder/graph.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Literal

LAYERS = 12
WIDTH = 768
HEADS = 12
INNER = 3072
VOCABULARY = 30_527
# Tokens of the longest text, and the two rows of positions that stand for padding.
LONGEST = 256
POSITIONS = LONGEST + 2
BUCKETS = 32
BLOCK = 128
EPSILON = 1e-5

_ALIGNED = 4096
Kind = Literal["float32", "uint8", "int8"]
_BYTES = {"float32": 4, "uint8": 1, "int8": 1}


@dataclass(frozen=True)
class Tensor:
    """One tensor in the file of weights."""

    name: str
    kind: Kind
    shape: tuple[int, ...]
    offset: int

    @property
    def length(self) -> int:
        """Bytes."""
        return prod(self.shape) * _BYTES[self.kind]


@dataclass(frozen=True)
class Matrix:
    """A matrix of a layer, and the matrices of the base model that it is joined of."""

    name: str
    parts: tuple[str, ...]
    rows: int
    columns: int


def matrices(layer: int) -> tuple[Matrix, ...]:
    """The four matrices of a layer."""
    base = f"encoder.layer.{layer}"
    attention = tuple(f"{base}.attention.attn.{which}" for which in "qkv")
    return (
        Matrix(f"{layer}.attention", attention, 3 * WIDTH, WIDTH),
        Matrix(f"{layer}.attended", (f"{base}.attention.attn.o",), WIDTH, WIDTH),
        Matrix(f"{layer}.inner", (f"{base}.intermediate.dense",), INNER, WIDTH),
        Matrix(f"{layer}.outer", (f"{base}.output.dense",), WIDTH, INNER),
    )


def norms(layer: int) -> tuple[tuple[str, str], ...]:
    """The two normalizations of a layer, each with its name in the base model."""
    base = f"encoder.layer.{layer}"
    return (f"{layer}.attended", f"{base}.attention.LayerNorm"), (f"{layer}.outer", f"{base}.output.LayerNorm")


def tensors() -> tuple[Tensor, ...]:
    """All tensors, in the order of the file."""
    found: list[Tensor] = []
    for name, kind, shape in _named():
        end = found[-1].offset + found[-1].length if found else 0
        found.append(Tensor(name, kind, shape, -(-end // _ALIGNED) * _ALIGNED))
    return tuple(found)


def _named() -> list[tuple[str, Kind, tuple[int, ...]]]:
    named: list[tuple[str, Kind, tuple[int, ...]]] = [
        ("words", "int8", (VOCABULARY, WIDTH)),
        ("words.scales", "float32", (VOCABULARY, 1)),
        ("positions", "float32", (POSITIONS, WIDTH)),
        ("distances", "float32", (2 * LONGEST - 1, HEADS)),
        ("embedded.scale", "float32", (WIDTH,)),
        ("embedded.bias", "float32", (WIDTH,)),
    ]
    for layer in range(LAYERS):
        for matrix in matrices(layer):
            blocks = matrix.columns // BLOCK
            named.append((f"{matrix.name}.weights", "uint8", (matrix.rows, blocks, BLOCK)))
            named.append((f"{matrix.name}.scales", "float32", (matrix.rows * blocks,)))
            named.append((f"{matrix.name}.bias", "float32", (matrix.rows,)))
        for name, _ in norms(layer):
            named.append((f"{name}.norm.scale", "float32", (WIDTH,)))
            named.append((f"{name}.norm.bias", "float32", (WIDTH,)))
    return named
