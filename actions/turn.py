"""What every action shares: the bot of the day, the message in clean words, slots, and sending a Reply."""

from __future__ import annotations

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from img_pathway.content.home import at_home, home
from img_pathway.dialogue.asking import Context
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.plain import to_text
from img_pathway.dialogue.quiz_turn import QuizTalk
from img_pathway.dialogue.understood import Understood
from img_pathway.quiz import State
from img_pathway.reply import Option, Reply
from img_pathway.serve.content_memory import bot_of
from img_pathway.serve.releases import NoRelease, Releases
from img_pathway.serve.settings import Settings, default_root

FORM = "quiz_form"
QUIZ, QUIZ_ANSWER = "quiz", "quiz_answer"
TOPICS, ATTRIBUTE, RECENT, MISSES = "topics", "attribute", "recent_topics", "misses"


class TurnAction(Action, ABC):
    """An action that answers with the content of the release whose model understood the message."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """What Rasa calls."""
        with at_home(_home_of(tracker)):
            return self.act(dispatcher, tracker)

    @abstractmethod
    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Say something, and return what is to be remembered."""


def bot() -> Bot:
    """The bot over today's content."""
    return bot_of(home())


def _home_of(tracker: Tracker) -> Path:
    release = (tracker.latest_message.get("metadata") or {}).get("release")
    try:
        return Releases(Settings(default_root())).folder(str(release)) if release else home()
    except NoRelease:
        # Taken away since the message was understood: what is live answers best.
        return home()


def message(tracker: Tracker) -> str:
    """The person's words without control characters."""
    text = str(tracker.latest_message.get("text") or "")
    return "".join(c if c in "\n\t" or unicodedata.category(c)[0] != "C" else " " for c in text).strip()


def intent(tracker: Tracker) -> str:
    """The intent of the message, or the empty string."""
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")


def understood(tracker: Tracker) -> Understood:
    """What language understanding made of the message."""
    return Understood.from_dict(message(tracker), tracker.latest_message.get("understood") or {})


def context(tracker: Tracker) -> Context:
    """What the turn before was about."""
    known = bot().knowledge
    topics = tuple(t for t in tracker.get_slot(TOPICS) or () if t in known.topics)
    recent = tuple(t for t in tracker.get_slot(RECENT) or () if t in known.topics)
    return Context(topics, tracker.get_slot(ATTRIBUTE), recent)


def state(tracker: Tracker) -> State:
    """Where the person is in the quiz."""
    return State.from_slot(tracker.get_slot(QUIZ), bot().engine.quiz)


def is_in_form(tracker: Tracker) -> bool:
    """Whether the quiz or an enquiry is asking."""
    return (tracker.active_loop or {}).get("name") == FORM


def way_back(tracker: Tracker) -> Reply:
    """The option to go on with the quiz, where one is open."""
    now = state(tracker)
    if now.goal is None or not QuizTalk(bot()).is_open(now):
        return Reply()
    said = bot().say("continue_option")
    return Reply(options=(Option(said, said),))


def remember(found: Context) -> list[EventType]:
    """Slots for a context, and no more misses in a row."""
    return [
        SlotSet(TOPICS, list(found.topics)),
        SlotSet(ATTRIBUTE, found.attribute),
        SlotSet(RECENT, list(found.recent)),
        SlotSet(MISSES, 0),
    ]


def send(dispatcher: CollectingDispatcher, reply: Reply, **more: Any) -> None:
    """Say a reply: text and buttons for any channel, and the Reply itself, with `more`, for channels of our own."""
    if reply == Reply():
        return
    buttons = [{"title": option.label, "payload": option.payload} for option in reply.options]
    # Rasa keeps what it does not know as metadata of the message, where a channel of ours finds it.
    extra: Mapping[str, Any] = {"reply": reply.to_dict(), **more}
    dispatcher.utter_message(text=to_text(reply, bot().say), buttons=buttons or None, **extra)
