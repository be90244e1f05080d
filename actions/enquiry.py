"""The enquiry in the form: Rasa keeps it open, the pure talk decides, the chat server keeps what was agreed to."""

from __future__ import annotations

from dataclasses import asdict

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import QUIZ_ANSWER, bot, intent, message, send, state, way_back
from img_pathway.content.home import home
from img_pathway.dialogue.quiz_turn import QuizTalk
from img_pathway.enquiry.agreed import KEY, Agreed
from img_pathway.enquiry.talk import YES, Draft, EnquiryTalk, filled
from img_pathway.enquiry.words import EnquiryWords
from img_pathway.reply import Reply
from img_pathway.serve.content_memory import remembered

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
    if step.status == "sent":
        agreed = _agreed(tracker, step.draft)
        sent = filled(_words().sent, bot(), number=agreed.id, email=agreed.told["email"])
        send(dispatcher, Reply(text=(sent,)).then(way_back(tracker)), **{KEY: asdict(agreed)})
    else:
        send(dispatcher, step.reply.then(way_back(tracker)))
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


def _agreed(tracker: Tracker, draft: Draft) -> Agreed:
    told = {name: value for name, value in draft.told.items() if value and name != "profile"}
    profile = _profile(tracker) if draft.told.get("profile") == YES else {}
    consent = next(question for question in _words().questions if question.id == "consent")
    return Agreed(told, profile, filled(consent.asks, bot()))


def _talk(tracker: Tracker) -> EnquiryTalk:
    return EnquiryTalk(bot(), _words(), tuple(f"{name}: {said}" for name, said in _profile(tracker).items()))


def _profile(tracker: Tracker) -> dict[str, str]:
    return {given.name: given.answer for given in QuizTalk(bot()).answers_shown(state(tracker)).answers}


def _words() -> EnquiryWords:
    return remembered(home()).enquiry
