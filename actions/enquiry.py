"""The enquiry in the form: the pure talk answers, the chat server keeps what was agreed to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict

from actions.turn import ENQUIRY, QUIZ_ANSWER, Done, Given
from img_pathway.dialogue import labels
from img_pathway.dialogue.quiz_turn import QuizTalk, way_back
from img_pathway.dialogue.routing import Move, Open
from img_pathway.enquiry.agreed import KEY, Agreed
from img_pathway.enquiry.talk import YES, Draft, EnquiryTalk, filled
from img_pathway.reply import Reply


def listen(given: Given) -> Open:
    """Return what a message is to the enquiry that is open, else to the quiz."""
    if given.draft is not None:
        return Open("enquiry", takes=_talk(given).takes(given.draft, given.heard.text))
    return QuizTalk(given.bot).listen(given.state, given.heard, is_asking=given.is_asking)


def takes(move: Move) -> bool:
    """Return whether a move is one of the enquiry."""
    return move.label in _MOVES


def take(given: Given, move: Move) -> Done:
    """Return what comes of a message of the enquiry."""
    return _MOVES[move.label](given)


def leave(given: Given) -> Done:
    """Forget what was told for an enquiry that is open."""
    return Done((Reply(text=(given.enquiry_words.stopped,)),), {ENQUIRY: None}) if given.draft is not None else Done()


def ask(given: Given) -> Done:
    """Ask the question that is open now."""
    draft, reply = _talk(given).question(given.draft or Draft())
    return Done((reply,), {ENQUIRY: draft.to_slot()})


def _begin(given: Given) -> Done:
    """Open an enquiry; one that is open goes on."""
    if given.draft is not None:
        return Done(slots={QUIZ_ANSWER: None})
    step = _talk(given).start()
    return Done((step.reply,), {ENQUIRY: step.draft.to_slot(), QUIZ_ANSWER: None})


def _answer(given: Given) -> Done:
    step = _talk(given).answer(given.draft or Draft(), given.heard.text, stops=given.heard.label == labels.STOP)
    if step.status == "asking":
        return Done((step.reply,), {ENQUIRY: step.draft.to_slot(), QUIZ_ANSWER: None})
    ended = {ENQUIRY: None, QUIZ_ANSWER: step.status}
    back = way_back(given.bot, given.state)
    if step.status == "stopped":
        return Done((step.reply.then(back),), ended)
    agreed = _agreed(given, step.draft)
    sent = filled(given.enquiry_words.sent, given.bot, number=agreed.id, email=agreed.told["email"])
    return Done((Reply(text=(sent,)).then(back),), ended, agreed={KEY: asdict(agreed)})


_MOVES: Mapping[str, Callable[[Given], Done]] = {labels.ENQUIRY: _begin, labels.ENQUIRY_ANSWER: _answer}


def _agreed(given: Given, draft: Draft) -> Agreed:
    told = {name: value for name, value in draft.told.items() if value and name != "profile"}
    profile = dict(given.profile) if draft.told.get("profile") == YES else {}
    consent = next(question for question in given.enquiry_words.questions if question.id == "consent")
    return Agreed(told, profile, filled(consent.asks, given.bot))


def _talk(given: Given) -> EnquiryTalk:
    shown = tuple(f"{name}: {said}" for name, said in given.profile.items())
    return EnquiryTalk(given.bot, given.enquiry_words, shown)
