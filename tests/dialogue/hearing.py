"""Hand-made results of language understanding, so that answers can be tested without Rasa and without a model."""

from __future__ import annotations

from img_pathway.dialogue.understood import Guess, Understood

SURE, HALF_SURE, UNSURE = 0.9, 0.5, 0.1


def heard(text: str, *labels: str | tuple[str, float], **more: object) -> Understood:
    """A message with its guesses, likeliest first; a label alone is a sure guess."""
    guesses = tuple(Guess(label, SURE) if isinstance(label, str) else Guess(*label) for label in labels)
    return Understood(text, guesses, **{"score": SURE, **more})  # type: ignore[arg-type]


def several(text: str, *parts: Understood) -> Understood:
    """A message with several questions in it."""
    return Understood(text, parts[0].guesses, SURE, parts=parts)
