"""Which candidate answers a message: one probability each, from everything that speaks for it and against it.

What could be said or done, declines included, stands in one list; "nothing of it" is a candidate too. A small
regression over the evidence, fitted to utterances that no example was made from, gives each its probability.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from img_pathway.dialogue.labels import ASK, COMPARE, DECLINE, FAQ, RECORD, TOPIC_ONLY
from img_pathway.dialogue.understood import Guess, Understood

Numbers = NDArray[np.float64]

_TINY = 1e-4
# How much is asked of the evidence before a weight moves from where it begins.
_PENALTY = 0.02
_ROUNDS = 200


def _is(intent: str) -> Callable[[Understood, Guess], bool]:
    return lambda heard, guess: guess.intent == intent


_ask, _faq, _decline = _is(ASK), _is(FAQ), _is(DECLINE)

EVIDENCE: Mapping[str, Callable[[Understood, Guess], float]] = {
    "likely by its examples": lambda h, g: np.log(g.probability + _TINY),
    "near to one of its examples": lambda h, g: g.near,
    "looks something up": _ask,
    "declines": _decline,
    "is a belief": lambda h, g: g.belief != "none",
    "is neither question nor decline": lambda h, g: not (_ask(h, g) or _faq(h, g) or _decline(h, g)),
    "is about a topic that is named": lambda h, g: _faq(h, g) and bool(h.words.topics) and g.about,
    "is about no topic that is named": lambda h, g: _faq(h, g) and not g.about,
    "is of another exam, visa or stage than the one named": lambda h, g: g.other,
    "declines what names our topics": lambda h, g: _decline(h, g) * min(len(h.words.topics), 3),
    "looks up what is asked for": lambda h, g: _ask(h, g) and g.detail in h.words.cues,
    "looks up something else": lambda h, g: _ask(h, g) and bool(h.words.cues) and g.detail not in h.words.cues,
    "looks up a fact that is there": lambda h, g: _ask(h, g) and h.words.has_fact and g.detail in h.words.cues,
    "looks up, and nothing is named": lambda h, g: _ask(h, g) and h.words.names_nothing,
    "looks up for many words": lambda h, g: _ask(h, g) * min(h.words.beside, 40) / 10,
    "defines what is to be defined": lambda h, g: g.label == f"{ASK}/what" and h.words.shape == "definition",
    "says of a bare name what it is": lambda h, g: g.label == f"{ASK}/{TOPIC_ONLY}" and h.words.shape == "name",
    "compares what is compared": lambda h, g: g.label == f"{ASK}/{COMPARE}" and h.words.shape == "comparison",
    "compares several that are named": lambda h, g: g.label == f"{ASK}/{COMPARE}" and len(h.words.topics) > 1,
    "is a belief that is denied": lambda h, g: g.belief == "denied",
    "is a belief that is not spoken of": lambda h, g: g.belief == "vague",
    "notes what is told": lambda h, g: (g.label == RECORD) * min(len(h.told.answers), 4),
}


def evidence(heard: Understood) -> Numbers:
    """What speaks for each candidate, shape (candidates and nothing, evidence and one): guesses, declines, nothing."""
    rows = [[float(of(heard, guess)) for of in EVIDENCE.values()] + [0.0] for guess in candidates(heard)]
    return np.array([*rows, [0.0] * len(EVIDENCE) + [1.0]])


def candidates(heard: Understood) -> tuple[Guess, ...]:
    """All that competes."""
    return (*heard.guesses, *heard.declined)


@dataclass(frozen=True)
class Chooser:
    """The weight of each piece of evidence, and last that of nothing."""

    weights: Numbers

    @staticmethod
    def fit(messages: Sequence[Understood], right: Sequence[Collection[str]]) -> Chooser:
        """Fit to messages, and the labels that are right for each; where none is a candidate, nothing is right."""
        found = [evidence(message) for message in messages]
        truth = []
        for message, labels in zip(messages, right, strict=True):
            is_right = np.array([guess.label in labels for guess in candidates(message)] + [False])
            is_right[-1] = not is_right.any()
            truth.append(is_right)
        start = np.array([1.0] + [0.0] * (len(EVIDENCE) - 1) + [np.log(_TINY) / 2])

        def loss(weights: Numbers) -> tuple[float, Numbers]:
            total, slope = 0.0, np.zeros_like(weights)
            for rows, is_right in zip(found, truth, strict=True):
                chances = _softmax(rows @ weights)
                held = chances[is_right].sum()
                total -= np.log(held + 1e-12)
                slope -= (chances * is_right / (held + 1e-12) - chances) @ rows
            apart = weights - start
            return total / len(found) + _PENALTY / 2 * apart @ apart, slope / len(found) + _PENALTY * apart

        return Chooser(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS}).x)

    def __call__(self, heard: Understood) -> Understood:
        """The message with a probability for each candidate, likeliest first."""
        chances = _softmax(evidence(heard) @ self.weights)
        ranked = [replace(g, probability=float(p)) for g, p in zip(candidates(heard), chances, strict=False)]
        guesses = _best_first(ranked[: len(heard.guesses)])
        declined = _best_first(ranked[len(heard.guesses) :])
        in_scope = 1.0 - sum(guess.probability for guess in declined)
        right = guesses[0].probability / max(in_scope, _TINY) if guesses else 0.0
        return replace(heard, guesses=guesses, declined=declined, in_scope=in_scope, right=min(right, 1.0))


def _best_first(guesses: Sequence[Guess]) -> tuple[Guess, ...]:
    return tuple(sorted(guesses, key=lambda guess: -guess.probability))


def _softmax(scores: Numbers) -> Numbers:
    grown = np.exp(scores - scores.max())
    return np.asarray(grown / grown.sum())
