"""The files of the encoder: what the repository keeps of it, and what set-up makes from that."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from img_pathway.encoder.base import ZIP_SHA256, WeightsError

FOLDER = Path(__file__).parent
# What was learned, what is done with it, and a few sentences with their vectors before the model was quantized.
LEARNED, GRAPH, REFERENCE = (FOLDER / name for name in ("learned.npz", "graph.onnx", "reference.npz"))
# Made at set-up; the stamp says from what.
WEIGHTS, TOKENIZER, STAMP = (FOLDER / name for name in ("weights.bin", "tokenizer.json", "weights.stamp"))
_MADE_BY = ("layout.py", "weights.py")


@lru_cache(maxsize=1)
def sources() -> str:
    """A hash of all that the weights are made from: vectors of the same sources can be compared."""
    digest = hashlib.sha256(ZIP_SHA256.encode())
    for path in (LEARNED, GRAPH, *(FOLDER / name for name in _MADE_BY)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def stamp() -> str:
    """What the stamp has to be for the present sources and weights."""
    return json.dumps(
        {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (WEIGHTS, TOKENIZER)}
        | {"sources": sources()}
    )


def is_assembled() -> bool:
    """Whether the weights are there, whole, and made from the present sources."""
    return all(file.is_file() for file in (STAMP, WEIGHTS, TOKENIZER)) and STAMP.read_text(encoding="utf-8") == stamp()


def require() -> None:
    """Raise WeightsError unless the weights can be used."""
    if not is_assembled():
        raise WeightsError(
            f"The sentence encoder is not put together, or not from the present files ({WEIGHTS}). "
            "Run `python -m img_pathway.encoder.assemble` (a part of `make setup`) and try again."
        )
