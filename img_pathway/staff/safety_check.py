"""Whether the phrases that mean danger can be read, and lead to intents that the bot answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from img_pathway.content import ContentError, Problem, nearest
from img_pathway.nlu.safety_phrases import SafetyPhrases


def check_safety(root: Path, intents: Collection[str]) -> Iterator[Problem]:
    """Problems of data/safety.yml; `intents` are those of domain.yml."""
    try:
        phrases = SafetyPhrases(root / "data" / "safety.yml")
    except ContentError as error:
        yield from error.problems
        return
    for intent in phrases.intents:
        if intent not in intents:
            yield phrases.document.problem(
                ("dangers", intent),
                f'unknown intent "{intent}".{nearest(intent, intents)} Intents stand in domain.yml.',
            )
