"""What a message may mean: the candidates of a model, weighed with the evidence of words, and the questions in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

import numpy as np

from img_pathway.dialogue.labels import is_listed
from img_pathway.dialogue.message_reader import MessageReader, without_false_alarm
from img_pathway.dialogue.understood import Guess, Understood
from img_pathway.encoder.sentence_vectors import LONGEST_PART, Vectors
from img_pathway.nlu.chooser import Chooser
from img_pathway.nlu.featurizer import cached_encoder
from img_pathway.nlu.intent_model import IntentModel
from img_pathway.nlu.parts import in_turn, is_sure, say_their_topic
from img_pathway.nlu.sentences import MOST_QUESTIONS, questions

# Candidates of a message: of what is ours, and of what is declined.
_OURS, _DECLINED = 10, 5


@dataclass(frozen=True)
class Meaning:
    """A model and its chooser, without which first guesses are trusted; `words` gives the reader of words for today."""

    model: IntentModel
    chooser: Chooser | None
    declines: Collection[str]
    words: Callable[[], MessageReader] | None = None

    def read(self, text: str, pooled: Vectors) -> Understood:
        """What a message may mean, and each question in it, from its pooled vectors of shape (1, 2, dimensions)."""
        heard = self._understood([text], pooled)[0]
        asked = questions(text)
        if len(asked) > 1 and (is_sure(heard) or heard.band != "answer"):
            heard = self._with_parts(heard, asked[:MOST_QUESTIONS], more=len(asked) > MOST_QUESTIONS)
        return heard

    def guessed(self, texts: Sequence[str], pooled: Vectors) -> list[Understood]:
        """Texts with their candidates, as likely as the examples make them, and the evidence of their words."""
        probabilities, nearness, _ = self.model.read(texts, pooled)
        declining = np.array([is_listed(label, self.declines) for label in self.model.labels])
        reader = self.words() if self.words else None
        found = []
        for i, text in enumerate(texts):
            order = np.argsort(-probabilities[i], kind="stable")
            ours, others = order[~declining[order]][:_OURS], order[declining[order]][:_DECLINED]
            guess = partial(self._guess, probabilities[i], nearness[i])
            guesses, declined = tuple(map(guess, ours)), tuple(map(guess, others))
            near_decline = max((g.near for g in declined), default=0.0)
            heard = Understood(text, guesses, declined, near_decline=near_decline)
            found.append(reader.read(heard) if reader else heard)
        return found

    def _guess(self, probabilities: Vectors, nearness: Vectors, label: int) -> Guess:
        return Guess(self.model.labels[label], float(probabilities[label]), near=float(nearness[label]))

    def _understood(self, texts: Sequence[str], pooled: Vectors) -> list[Understood]:
        choose = self.chooser or (lambda heard: heard)
        return [without_false_alarm(choose(heard)) for heard in self.guessed(texts, pooled)]

    def _with_parts(self, heard: Understood, asked: list[str], *, more: bool) -> Understood:
        """Two or more questions that are understood are answered, even where the message as a whole is not."""
        together = [f"{before} {question}" for before, question in pairwise(asked)]
        pooled = cached_encoder().encoder.pool([*asked, *together], longest=LONGEST_PART)
        read = self._understood([*asked, *together], pooled)
        parts = in_turn(read[: len(asked)], read[len(asked) :])
        if len(parts) < 2 or not (_holds(heard, parts) if is_sure(heard) else say_their_topic(parts)):
            return heard
        understood = heard if is_sure(heard) else parts[0]
        whole = {name: getattr(heard, name) for name in ("text", "words", "told", "click")}
        return replace(understood, **whole, parts=parts, more=more)


def _holds(whole: Understood, parts: Sequence[Understood]) -> bool:
    """Whether what a message surely asks as a whole is asked in one of its parts: else they were cut out of it."""
    return whole.best.label in {part.best.label for part in parts}
