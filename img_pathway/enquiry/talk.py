"""The enquiry as talk: a message in, a new draft and a Reply out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.clicks import is_click, option
from img_pathway.enquiry.fields import Wrong, read
from img_pathway.enquiry.words import EnquiryWords, Field
from img_pathway.knowledge.text import normalize
from img_pathway.quiz.reader import Reader
from img_pathway.reply import Given, Option, Reply

Status = Literal["asking", "sent", "stopped"]
YES, NO = "yes", "no"
CLICKED = "enquiry:"
"""What stands before an option in the command of a button."""
_STOP = ("stop", "cancel")
# Beyond so many words a message in a field is a matter of its own, with or without a question mark.
_LONGEST_ANSWER = 12


@dataclass(frozen=True)
class Draft:
    """What was told so far, by field; an empty text stands for a field that was skipped."""

    told: Mapping[str, str] = field(default_factory=dict)
    asked: str | None = None

    def to_slot(self) -> dict[str, Any]:
        """JSON for a tracker slot."""
        return asdict(self)

    @staticmethod
    def from_slot(value: Mapping[str, Any] | None) -> Draft:
        """The draft in a slot."""
        return Draft(dict(value.get("told") or {}), value.get("asked")) if value else Draft()


@dataclass(frozen=True)
class Step:
    """What came of a message."""

    draft: Draft
    status: Status
    reply: Reply = field(default_factory=Reply)


class EnquiryTalk:
    """The questions of data/enquiry.yml as a conversation."""

    def __init__(self, bot: Bot, words: EnquiryWords, profile: tuple[str, ...]) -> None:
        """Talk over a bot; `profile` holds what the quiz knows, in words."""
        self._bot, self._words, self._profile = bot, words, profile
        self._fields = {f.id: f for f in words.questions if profile or f.id != "profile"}

    def start(self) -> Step:
        """Say what comes."""
        return Step(Draft(), "asking", Reply(text=(self._filled(self._words.begin),)))

    def question(self, draft: Draft) -> tuple[Draft, Reply]:
        """The next question, and the draft that remembers it was asked."""
        name = next(f for f in self._fields if f not in draft.told)
        asked = self._fields[name]
        options: tuple[Option, ...] = ()
        if asked.kind == "choice":
            options = (option(self._words.yes, "enquiry", YES), option(self._words.no, "enquiry", NO))
        elif asked.optional:
            options = (option(self._words.skip, "enquiry", "skip"),)
        summary = self._summary(draft) if name == "consent" else Reply()
        # What would be sent stands between the words that announce it and the question.
        question = self._filled(asked.asks)
        text, closing = (summary.text, (question,)) if summary.text else ((question,), ())
        reply = Reply(text=text, answers=summary.answers, closing=closing, options=options)
        return replace(draft, asked=name), reply

    def takes(self, draft: Draft, text: str) -> bool:
        """Return whether a message is a command or an answer, and no question or button of its own."""
        asked, said = self._asked(draft), self._said(text)
        if is_click(text) and said == normalize(text):
            return False
        return self._is_command(said) or self._is_chosen(asked, said) or not asks_something(text, self._bot.reader)

    def answer(self, draft: Draft, text: str, *, stops: bool = False) -> Step:
        """Return what comes of a message that is taken; `stops` where it is a wish to stop in whatever words."""
        asked, said = self._asked(draft), self._said(text)
        if stops or said in _STOP:
            return Step(Draft(), "stopped", Reply(text=(self._words.stopped,)))
        if said == normalize(self._words.back):
            return self._back(draft)
        if said.startswith("why"):
            return Step(draft, "asking", Reply(text=(asked.why,)))
        if asked.kind == "choice":
            return self._choice(draft, asked, said)
        return self._entered(draft, asked, said, text)

    def _said(self, text: str) -> str:
        """A message in plain words; a button of the enquiry, or of the quiz where it means the same, as its option."""
        shared = {"quiz:back": self._words.back, "quiz:stop": _STOP[0]}
        return normalize(shared.get(text.strip(), text.removeprefix(CLICKED)))

    def _asked(self, draft: Draft) -> Field:
        return self._fields[draft.asked or "name"]

    def _is_command(self, said: str) -> bool:
        return said in _STOP or said == normalize(self._words.back) or said.startswith("why")

    def _is_chosen(self, asked: Field, said: str) -> bool:
        """Whether a message picks one of the options that are shown with a question."""
        return self._picked(said) is not None if asked.kind == "choice" else self._skips(asked, said)

    def _skips(self, asked: Field, said: str) -> bool:
        return asked.optional and said in ("skip", "no", normalize(self._words.skip))

    def _picked(self, said: str) -> str | None:
        return next((p for p in (YES, NO) if said in (p, normalize(getattr(self._words, p)))), None)

    def _entered(self, draft: Draft, asked: Field, said: str, text: str) -> Step:
        if self._skips(asked, said):
            return self._told(draft, asked, "")
        try:
            return self._told(draft, asked, read(asked, text, self._specialty))
        except Wrong:
            return Step(draft, "asking", Reply(text=(asked.wrong,)))

    def _choice(self, draft: Draft, asked: Field, said: str) -> Step:
        picked = self._picked(said)
        if picked is None:
            return Step(draft, "asking", Reply(text=(asked.wrong,)))
        if asked.id == "consent":
            status: Status = "sent" if picked == YES else "stopped"
            said_then = Reply() if picked == YES else Reply(text=(self._words.not_sent,))
            return Step(draft if picked == YES else Draft(), status, said_then)
        return self._told(draft, asked, picked)

    def _told(self, draft: Draft, asked: Field, value: str) -> Step:
        return Step(Draft({**draft.told, asked.id: value}), "asking")

    def _back(self, draft: Draft) -> Step:
        if not draft.told:
            return Step(draft, "asking", Reply(text=(self._words.nothing_back,)))
        *kept, _ = draft.told.items()
        return Step(Draft(dict(kept)), "asking")

    def _summary(self, draft: Draft) -> Reply:
        told = [(name, value) for name, value in draft.told.items() if value and name != "profile"]
        given = [Given(self._fields[name].label, value, self._words.back) for name, value in told]
        if draft.told.get("profile") == YES:
            given.append(Given(self._words.from_quiz, "; ".join(self._profile), self._words.back))
        return Reply(text=(self._words.summary,), answers=tuple(given))

    def _specialty(self, text: str) -> str | None:
        topics = self._bot.knowledge.topics
        named = [topics[m.id].name for m in self._bot.mentions.topics(text) if topics[m.id].kind == "specialty"]
        return ", ".join(dict.fromkeys(named)) or None

    def _filled(self, text: str) -> str:
        return filled(text, self._bot)


def asks_something(text: str, reader: Reader) -> bool:
    """Whether a message in the middle is a question, and no answer to one."""
    return "?" in text or len(text.split()) > _LONGEST_ANSWER or reader.opens_a_question(text)


def filled(text: str, bot: Bot, **more: str) -> str:
    """A text of data/enquiry.yml with the organization's names in it."""
    org = bot.organization
    values = {"organization": org.name, "privacy_link": str(org.privacy_link), "contact": org.contact.email, **more}
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text
