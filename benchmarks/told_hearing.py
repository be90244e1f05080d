"""What the bot books of a message, through the code that answers people, without a model and without Rasa."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from benchmarks.told_claims import ME, Message
from benchmarks.told_mapping import Options, Table
from img_pathway.dialogue.answers import answered
from img_pathway.dialogue.asking import Context
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.labels import ASK, FALLBACK, FAQ, RECORD, intent_of
from img_pathway.dialogue.quiz_turn import QuizTalk
from img_pathway.dialogue.routing import routed
from img_pathway.dialogue.understood import Understood
from img_pathway.quiz.model import NOT_SURE
from img_pathway.quiz.state import Answer, State
from img_pathway.quiz.told import simplest

Taken = Literal["record", "question", "unknown", "other", "answer"]


@dataclass(frozen=True)
class Heard:
    """Answers before and after a message, and the person whose answers they are."""

    before: Mapping[str, Options]
    after: Mapping[str, Options]
    about: str = ME
    taken: Taken = "record"
    """What the words alone make of the message where no question is open."""

    def possible(self, table: Table, question: str, *, before: bool = False) -> Options:
        """Return the options of a question that the answers leave possible."""
        return (self.before if before else self.after).get(question, table.every(question))


def hear(bot: Bot, table: Table, message: Message) -> Heard:
    """Return what is booked once the bot has heard a message."""
    answers = answers_before(table, message)
    state = State(answers=answers, trail=tuple(answers), asked=message.asked)
    # No guess, and nothing that is sure of one.
    heard = routed(bot.messages.read(Understood(message.text, right=0.0)))
    is_asking, is_question = message.asked is not None, intent_of(heard.label) in (ASK, FAQ)
    # A question beside no open one goes to the answers; everything else that may tell of a person, to the quiz.
    turn = None if is_question and not is_asking else QuizTalk(bot).hear(state, heard, is_asking=is_asking)
    after = turn.state if turn else state
    if turn is None and is_question:
        after, _, _ = answered(bot, heard, Context(), state, is_asking=is_asking)
    known = {intent: taken for intent, taken in _TAKEN.items() if intent == intent_of(heard.label)}
    return Heard(
        _in_sets(table, state.answers),
        _in_sets(table, after.answers),
        after.about or ME,
        "answer" if is_asking else known.get(intent_of(heard.label), "other"),
    )


_TAKEN: Mapping[str, Taken] = {RECORD: "record", ASK: "question", FAQ: "question", FALLBACK: "unknown"}


def answers_before(table: Table, message: Message) -> dict[str, Answer]:
    """Return the answers that the claims booked before a message make."""
    left: dict[str, Options] = {}
    for claim in message.before:
        for question, options in table.means(claim).tells.items():
            left[question] = left.get(question, table.every(question)) & options
    return {question: _answer(table, question, options) for question, options in left.items() if options}


def _answer(table: Table, question: str, options: Options) -> Answer:
    if all(isinstance(option, int) for option in options):
        return next(int(option) for option in options)
    return simplest(tuple(str(option) for option in table.in_order(question) if option in options))


def _in_sets(table: Table, answers: Mapping[str, Answer]) -> dict[str, Options]:
    return {question: _in_set(table, question, answer) for question, answer in answers.items()}


def _in_set(table: Table, question: str, answer: Answer) -> Options:
    if answer == NOT_SURE:
        return table.every(question)
    return frozenset[str | int](answer if isinstance(answer, tuple) else [answer])
