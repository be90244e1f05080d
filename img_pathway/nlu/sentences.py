"""The questions of a message, each with what was told for it, so that each can be read by itself."""

from __future__ import annotations

import re

_WH = r"(?:what|how|when|where|who|whom|whose|why|which)(?:'?s)?\b"
_SUBJECT = (
    r"(?:i|we|you|he|she|they|it|there|the|this|that|these|those|my|our|your|an?|imgs?|programs?"
    r"|any(?:one|body)?|some(?:one|body)|people)\b"
)
_VERB = (
    r"(?:do|does|did|can|could|is|are|am|will|would|should|shall|may|must|has|have|was|were)"
    rf"(?:n'?t)?\s+{_SUBJECT}"
)
_JOINT = r"\s*(?:,|\band\b|\balso\b|\bplus\b)\s*\b"
_MORE = r"(?:and |also |so |then )*"
_END = re.compile(
    r"\s*\n\s*|(?<=[?!.;\u061f\u3002\uff1f])\s+"
    # "what is X and how long is Y", "…, is it paid": after a joint, these words begin a new question.
    rf"|{_JOINT}(?={_MORE}{_WH})|{_JOINT}{_MORE}(?={_VERB})",
    re.IGNORECASE,
)
# `_END` looks through a run of spaces from each of them.
_SPACES = re.compile(r"[^\S\n]+")
_MARKS = ("?", "\u061f", "\uff1f")
_ASKS = re.compile(
    r"(?:(?:and|so|but|or|ok|okay|also|then|well|hi|hello|please|pls|plus)\W+)*"
    # "When I get there" and "what I want" ask nothing; "when do I" and "what is" do.
    rf"(?:{_WH}(?!\s+(?:i|we|you|he|she|they|it)\b)|{_VERB}"
    r"|(?:explain|tell|describe|help|guide|advise|suggest|recommend)\b)",
    re.IGNORECASE,
)
_FEWEST_LETTERS = 3
# Each question of a message is read by itself, so that more of them in as many characters are more work.
MOST_QUESTIONS = 3
# Words told before a question that are read with it.
_MOST_TOLD = 30


def questions(text: str) -> list[str]:
    """The questions of a message in order; what is told belongs to the next question, at the end to the last one.

    Of what was told before a question only the last words are kept, so that the question stays in view.
    """
    found: list[str] = []
    told: list[str] = []
    for piece in sentences(text):
        told.append(piece)
        if piece.endswith(_MARKS) or _ASKS.match(piece):
            before = " ".join(told[:-1]).split()[-_MOST_TOLD:]
            found.append(" ".join([*before, piece]))
            told = []
    if told:
        found[-1:] = [" ".join([*found[-1:], *told])]
    return found


def sentences(text: str) -> list[str]:
    """Pieces of a message that can stand alone, in order."""
    pieces = [piece.strip() for piece in _END.split(_SPACES.sub(" ", text))]
    return [piece for piece in pieces if sum(c.isalpha() for c in piece) >= _FEWEST_LETTERS]
