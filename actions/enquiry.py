"""The enquiry in the form: Rasa keeps the form open, the pure talk decides, the database keeps what was agreed to."""

from __future__ import annotations

from functools import lru_cache

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import QUIZ_ANSWER, bot, intent, message, send, state, way_back
from img_pathway.content.home import home
from img_pathway.database.connect import migrated
from img_pathway.dialogue.quiz_turn import QuizTalk
from img_pathway.enquiry.outbox import ways_from_environment
from img_pathway.enquiry.store import EnquiryStore
from img_pathway.enquiry.talk import YES, Draft, EnquiryTalk, filled
from img_pathway.enquiry.words import EnquiryWords
from img_pathway.reply import Reply
from img_pathway.serve.content_memory import remembered
from img_pathway.serve.settings import default_root

SLOT = "enquiry"
START = "enquiry_start"
_CLICK = "enquiry:"


def is_wanted(tracker: Tracker) -> bool:
    """Whether the message begins an enquiry, by words or by a button of one that is over."""
    return intent(tracker) == START or (not is_open(tracker) and message(tracker).startswith(_CLICK))


def is_open(tracker: Tracker) -> bool:
    """Whether the person is being asked for an enquiry."""
    return tracker.get_slot(SLOT) is not None


def begin(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Open an enquiry; one that is open goes on."""
    if is_open(tracker):
        return [SlotSet(QUIZ_ANSWER, None)]
    step = _talk(tracker).start()
    send(dispatcher, step.reply)
    return [SlotSet(SLOT, step.draft.to_slot()), SlotSet(QUIZ_ANSWER, None)]


def answer(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
    """Take a message as an answer; None where it is about something else."""
    command = "stop" if intent(tracker) == "quiz_stop" else None
    step = _talk(tracker).answer(Draft.from_slot(tracker.get_slot(SLOT)), message(tracker), command)
    if step.status == "not_mine":
        return None
    if step.status == "asking":
        send(dispatcher, step.reply)
        return [SlotSet(SLOT, step.draft.to_slot()), SlotSet(QUIZ_ANSWER, None)]
    reply = _kept(tracker, step.draft) if step.status == "sent" else step.reply
    send(dispatcher, reply.then(way_back(tracker)))
    return [SlotSet(SLOT, None), SlotSet(QUIZ_ANSWER, step.status)]


def leave(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Forget what was told for an enquiry that is open."""
    if not is_open(tracker):
        return []
    send(dispatcher, Reply(text=(_words().stopped,)))
    return [SlotSet(SLOT, None)]


def ask(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Ask the question that is open now."""
    draft, reply = _talk(tracker).question(Draft.from_slot(tracker.get_slot(SLOT)))
    send(dispatcher, reply)
    return [SlotSet(SLOT, draft.to_slot())]


def _kept(tracker: Tracker, draft: Draft) -> Reply:
    told = {name: value for name, value in draft.told.items() if value and name != "profile"}
    profile = _profile(tracker) if draft.told.get("profile") == YES else {}
    consent = next(question for question in _words().questions if question.id == "consent")
    channel = tracker.get_latest_input_channel() or ""
    agreed = filled(consent.asks, bot())
    enquiry = _store().add(tracker.sender_id, channel, told, profile, agreed, tuple(ways_from_environment()))
    return Reply(text=(filled(_words().sent, bot(), number=enquiry.id, email=told["email"]),))


def _talk(tracker: Tracker) -> EnquiryTalk:
    return EnquiryTalk(bot(), _words(), tuple(f"{name}: {said}" for name, said in _profile(tracker).items()))


def _profile(tracker: Tracker) -> dict[str, str]:
    return {given.name: given.answer for given in QuizTalk(bot()).answers_shown(state(tracker)).answers}


def _words() -> EnquiryWords:
    return remembered(home()).enquiry


@lru_cache(maxsize=1)
def _store() -> EnquiryStore:
    return EnquiryStore(migrated(default_root()))
