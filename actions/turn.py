"""What every action shares: what it is given, read from Rasa's tracker once, and what it hands back to be said."""

from __future__ import annotations

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from img_pathway.content.home import at_home, home
from img_pathway.dialogue import labels
from img_pathway.dialogue.answers import beside
from img_pathway.dialogue.asking import Context
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.plain import to_text
from img_pathway.dialogue.quiz_turn import QuizTalk, Said
from img_pathway.dialogue.routing import route
from img_pathway.dialogue.understood import Understood
from img_pathway.enquiry.talk import Draft
from img_pathway.enquiry.words import EnquiryWords
from img_pathway.quiz import State
from img_pathway.quiz.state import Answer
from img_pathway.reply import Reply
from img_pathway.serve.content_memory import bot_of, remembered
from img_pathway.serve.releases import NoRelease, Releases
from img_pathway.serve.settings import Settings, default_root

FORM = "quiz_form"
QUIZ, QUIZ_ANSWER, ENQUIRY = "quiz", "quiz_answer", "enquiry"
TOPICS, ATTRIBUTE, RECENT, MISSES = "topics", "attribute", "recent_topics", "misses"


@dataclass(frozen=True)
class Given:
    """What an action is given: the content of the day, the message, and what is remembered of the conversation."""

    bot: Bot
    enquiry_words: EnquiryWords
    heard: Understood
    context: Context = field(default_factory=Context)
    state: State = field(default_factory=State)
    draft: Draft | None = None
    """What was told so far for an enquiry; none where no enquiry is open."""
    misses: int = 0
    is_asking: bool = False
    """Whether the form of quiz and enquiry is active."""
    profile: Mapping[str, str] = field(default_factory=dict)
    """The answers of the quiz in words."""
    events: Sequence[Mapping[str, Any]] = ()
    """Rasa's events of the last exchanges, oldest first."""


@dataclass(frozen=True)
class Done:
    """What an action does: replies in order, and slots to set."""

    replies: tuple[Reply, ...] = ()
    slots: Mapping[str, Any] = field(default_factory=dict)
    asks: bool = False
    """Whether the question of the quiz that is open follows, though the form is not active."""
    agreed: Mapping[str, Any] = field(default_factory=dict)
    """An enquiry that was agreed to, by its key, for the chat server to keep."""
    record: Mapping[str, Answer] | None = None
    """The record after the message, where a question that stands beside it is to be answered with it."""


class TurnAction(Action, ABC):
    """An action that answers with the content of the release whose model understood the message."""

    gives_way: ClassVar[bool] = False
    """Whether what is told or supposed of the person's record goes before what the action does."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """What Rasa calls."""
        with at_home(_home_of(tracker)):
            given = _given(tracker)
            done = (self.gives_way and retold(given)) or self.act(given)
            for reply in said(given, done):
                _send(dispatcher, given.bot, reply, done.agreed)
        slots = [SlotSet(name, value) for name, value in done.slots.items()]
        # A form whose slot is still filled from the last time would ask nothing.
        return [*slots, *((SlotSet(QUIZ_ANSWER, None), FollowupAction(FORM)) if done.asks else ())]

    @abstractmethod
    def act(self, given: Given) -> Done:
        """Hand what is given to the dialogue, and return what comes of it."""


def retold(given: Given) -> Done | None:
    """Return what comes of a message that tells or supposes something of a record while no question is open."""
    if given.is_asking:
        return None
    talk = QuizTalk(given.bot)
    open_ = talk.listen(given.state, given.heard, is_asking=False)
    move = route(given.heard, replace(open_, what="nothing"))
    if move.label not in (labels.RECORD, labels.SUPPOSED, labels.OTHER_PERSON):
        return None
    turn = talk.take(given.state, Said(given.heard, open_, move))
    record = turn.state.answers if turn.state.answers != given.state.answers else None
    slots = {QUIZ: turn.state.to_slot(), MISSES: 0}
    return Done((turn.reply,), slots, asks=turn.status == "asking", record=record)


def said(given: Given, done: Done) -> tuple[Reply, ...]:
    """Return all that is said: before what an action says, the answer to a question that stands beside a record."""
    if done.record is None:
        return done.replies
    return (beside(given.bot, given.heard, given.context, done.record), *done.replies)


def remembered_of(found: Context) -> dict[str, Any]:
    """Return the slots of a context, with no more misses in a row."""
    return {TOPICS: list(found.topics), ATTRIBUTE: found.attribute, RECENT: list(found.recent), MISSES: 0}


def _home_of(tracker: Tracker) -> Path:
    release = (tracker.latest_message.get("metadata") or {}).get("release")
    try:
        return Releases(Settings(default_root())).folder(str(release)) if release else home()
    except NoRelease:
        # Taken away since the message was understood: what is live answers best.
        return home()


def _given(tracker: Tracker) -> Given:
    bot, draft = bot_of(home()), tracker.get_slot(ENQUIRY)
    state = State.from_slot(tracker.get_slot(QUIZ), bot.engine.quiz)
    topics, recent = (_known(bot, tracker.get_slot(name)) for name in (TOPICS, RECENT))
    return Given(
        bot,
        remembered(home()).enquiry,
        Understood.from_dict(_text(tracker), tracker.latest_message.get("understood") or {}),
        Context(topics, tracker.get_slot(ATTRIBUTE), recent),
        state,
        None if draft is None else Draft.from_slot(draft),
        int(tracker.get_slot(MISSES) or 0),
        (tracker.active_loop or {}).get("name") == FORM,
        QuizTalk(bot).in_words(state),
        tracker.events,
    )


def _known(bot: Bot, topics: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(topic for topic in topics or () if topic in bot.knowledge.topics)


def _text(tracker: Tracker) -> str:
    """The person's words without control characters."""
    text = str(tracker.latest_message.get("text") or "")
    return "".join(c if c in "\n\t" or unicodedata.category(c)[0] != "C" else " " for c in text).strip()


def _send(dispatcher: CollectingDispatcher, bot: Bot, reply: Reply, more: Mapping[str, Any]) -> None:
    """Say a reply: text and buttons for any channel, and the Reply itself, with `more`, for channels of our own."""
    if reply == Reply():
        return
    buttons = [{"title": option.label, "payload": option.payload} for option in reply.options]
    # Rasa keeps what it does not know as metadata of the message, where a channel of ours finds it.
    extra = {"reply": reply.to_dict(), **more}
    dispatcher.utter_message(text=to_text(reply, bot.say), buttons=buttons or None, **extra)
