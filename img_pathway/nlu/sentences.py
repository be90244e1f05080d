"""The sentences of a message, so that each question in it can be read by itself."""

from __future__ import annotations

import re

_END = re.compile(
    r"\s*\n\s*|(?<=[?!.;\u061f\u3002\uff1f])\s+"
    # "what is X and how long is Y": a question word after a joint begins a new question.
    r"|\s*(?:,|\band\b|\balso\b|\bplus\b)\s+(?=(?:and |also )?(?:what|how|when|who|where|why|which)\b)",
    re.IGNORECASE,
)
_FEWEST_LETTERS = 3


def sentences(text: str) -> list[str]:
    """Pieces of a message that can stand alone, in order."""
    pieces = [piece.strip() for piece in _END.split(text)]
    return [piece for piece in pieces if sum(c.isalpha() for c in piece) >= _FEWEST_LETTERS]
