"""Which questions of a message are answered one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from img_pathway.dialogue.choosing import shown_by_words
from img_pathway.dialogue.labels import ASK, FAQ
from img_pathway.dialogue.limits import limits
from img_pathway.dialogue.understood import Understood


def is_sure(heard: Understood) -> bool:
    """Whether it was understood as a question that can be answered, or its words alone show that it is one."""
    return bool(shown_by_words(heard)) or (heard.band == "answer" and heard.best.intent in (ASK, FAQ))


def in_turn(alone: Sequence[Understood], together: Sequence[Understood]) -> tuple[Understood, ...]:
    """The questions that are understood, none of them twice; `together` reads each with the one before it.

    "How hard is Step 3? And how long did you study?": a question that names no topic leans on the common question
    before it, and is read with it; so is one that is hardly understood alone.
    """
    found: list[Understood] = []
    for question, with_last in zip(alone, (None, *together), strict=True):
        taken = question
        if with_last and found and is_sure(with_last) and not question.words.topics:
            leans = question.best.intent == ASK and found[-1].best.intent == FAQ
            if leans or with_last.score > question.score + limits().next_part:
                taken = replace(with_last, text=question.text)
        said = taken.best.label in [part.best.label for part in found]
        if is_sure(taken) and not (said and (taken.best.intent == FAQ or not taken.words.topics)):
            found.append(taken)
    return tuple(found)


def say_their_topic(parts: Sequence[Understood]) -> bool:
    """Whether questions make sense although the whole message makes none: plain ones may lean on the first."""
    return bool(parts[0].words.topics) and all(part.best.intent == ASK or part.words.topics for part in parts[1:])
