"""What an action is given, made by hand: a message, what is remembered of the conversation, and Rasa's events."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from actions.turn import Done, Given
from img_pathway.dialogue.quiz_turn import QuizTalk
from img_pathway.dialogue.understood import Understood
from img_pathway.enquiry.words import EnquiryWords, load_enquiry_words
from img_pathway.quiz import State
from img_pathway.quiz.state import Answer
from img_pathway.reply import Reply
from tests.dialogue.hearing import heard
from tests.quiz.content import ROOT, bot

Event = Mapping[str, Any]

LONG = heard("how long is an observership?", "ask/length")
"""A question with a sure answer, whose basis is `LENGTH`."""
LENGTH = "ask/length/observership"
GREETING = heard("hello", "small_talk/greet")


@lru_cache(maxsize=1)
def enquiry_words() -> EnquiryWords:
    """The words of the enquiry in the real content."""
    return load_enquiry_words(ROOT / "data" / "enquiry.yml")


def given(message: Understood, **more: Any) -> Given:
    """What an action is given with a message; the rest of the conversation is empty unless it is named."""
    profile = QuizTalk(bot()).in_words(more.get("state") or State())
    return Given(bot(), enquiry_words(), message, **{"profile": profile, **more})


def asking(message: Understood, state: State, **more: Any) -> Given:
    """The same while a question of the form is open."""
    return given(message, state=state, is_asking=True, **more)


def typed(text: str) -> Understood:
    """A message of which nothing is sure but its words."""
    return heard(text, band="ask")


def asked(question: str, goal: str | None = "certification", **answers: Answer) -> State:
    """The quiz with a question open, after some answers."""
    return State(goal, answers, tuple(answers), question)


# What was said


def basis(done: Done) -> list[str]:
    """Ids of all that was said, in order."""
    return [id_ for reply in done.replies for id_ in reply.basis]


def payloads(done: Done) -> list[str]:
    """Commands of the options that are offered, in order."""
    return [option.payload for reply in done.replies for option in reply.options]


def lines(done: Done) -> list[str]:
    """All lines that were said."""
    return [line for reply in done.replies for line in (*reply.text, *reply.closing)]


def says(done: Done, phrase: str, **values: object) -> bool:
    """Whether a phrase of data/phrases.yml was said."""
    return bot().say(phrase, **values) in "\n".join(lines(done))


# Rasa's events


def said_by_person(message: Understood) -> Event:
    """The event of a message."""
    return {"event": "user", "text": message.text, "parse_data": {"understood": message.to_dict()}}


def said_by_bot(reply: Reply) -> Event:
    """The event of an answer."""
    return {"event": "bot", "metadata": {"reply": reply.to_dict()}}


def ran(action: str) -> Event:
    """The event of an action."""
    return {"event": "action", "name": action}
