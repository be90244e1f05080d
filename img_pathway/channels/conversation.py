"""A conversation as people see it, read from the events that Rasa keeps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from img_pathway.channels.rendering import REFERENCE, referred
from img_pathway.channels.wording import shown as as_typed
from img_pathway.knowledge.text import normalize
from img_pathway.reply import Option, Reply

_NUMBER = re.compile(r"\s*([1-9][0-9]?)\s*[.)]?\s*")

JsonReply = Mapping[str, Any]
"""A `Reply` as JSON; its schema is widget/reply.schema.json."""
NO_CLICKS: Mapping[str, str] = {}


@dataclass
class Exchange:
    """One message of the person, and what the bot said to it."""

    id: str
    said: str
    """What was sent: typed words, or the payload of an option."""
    text: str
    """What the person sees as said: typed words, or the label of the option."""
    at: float
    replies: list[JsonReply] = field(default_factory=list)
    took: str | None = None
    """The payload of the option that the message took of what was shown before it."""

    def to_dict(self) -> dict[str, Any]:
        """JSON for the widget."""
        at = datetime.fromtimestamp(self.at, timezone.utc).isoformat(timespec="seconds")
        return {"id": self.id, "text": self.text, "at": at, "replies": self.replies, "took": self.took}


def exchanges(
    events: Iterable[Mapping[str, Any]], welcome: JsonReply | None = None, clicks: Mapping[str, str] = NO_CLICKS
) -> list[Exchange]:
    """All exchanges of a conversation in order; `welcome` stood before them, `clicks` are words of other buttons."""
    reading = Reading(welcome, clicks)
    return [*reading.read(events), *reading.rest()]


class Reading:
    """Exchanges from events that come piece by piece."""

    def __init__(self, welcome: JsonReply | None = None, clicks: Mapping[str, str] = NO_CLICKS) -> None:
        """Begin behind a `welcome`; `clicks` are words of buttons that are no options."""
        self._clicks = clicks
        self._offered, self._shown = _labels([welcome] if welcome else []), dict[str, str]()
        self._last: Exchange | None = None

    def read(self, events: Iterable[Mapping[str, Any]]) -> Iterator[Exchange]:
        """The exchanges that end in these events; the last one may go on in the next."""
        for event in events:
            kind, last = event.get("event"), self._last
            if kind == "user" and event.get("text") is not None:
                yield from self.rest()
                self._last = self._heard(event)
            elif kind == "bot" and last:
                last.replies.append(reply_of(event))
            elif kind == "slot" and event.get("name") == "quiz" and last:
                last.took = last.took or _answered(event.get("value") or {}, self._offered)

    def rest(self) -> Iterator[Exchange]:
        """The exchange that had not ended."""
        if self._last:
            self._offered = _labels(self._last.replies)
            self._shown |= self._offered
            yield self._last
        self._last = None

    def _heard(self, event: Mapping[str, Any]) -> Exchange:
        said = as_typed(str(event["text"]))
        # An option that was shown longer ago may be clicked too, in another tab.
        text = {**self._clicks, **self._shown, **self._offered}.get(said, said)
        took = said if said in self._offered else None
        return Exchange(str(event.get("message_id") or ""), said, text, float(event.get("timestamp") or 0), took=took)


def meant(text: str, history: list[Exchange], welcome: JsonReply) -> str:
    """The payload of the option that a message picks: by reference, number, label or the beginning of one.

    In the quiz a number may be an answer of its own ("2 years"), so that the quiz reads numbers itself.
    """
    if text.startswith(REFERENCE):
        shown = [welcome, *(reply for exchange in history for reply in exchange.replies)]
        return referred(text, (str(o["payload"]) for reply in reversed(shown) for o in reply["options"])) or text
    replies = history[-1].replies if history else [welcome]
    offering = [reply for reply in replies if reply["options"]]
    if not offering:
        return text
    labels = [(normalize(o["label"]), str(o["payload"])) for o in offering[-1]["options"]]
    number = _NUMBER.fullmatch(text)
    if number and not offering[-1]["progress"]:
        return dict(enumerate((payload for _, payload in labels), 1)).get(int(number[1]), text)
    words = normalize(text)
    exact = [payload for label, payload in labels if label == words]
    begun = [payload for label, payload in labels if len(words.split()) > 1 and label.startswith(words + " ")]
    return next((found[0] for found in (exact, begun) if len(found) == 1), text)


def reply_of(event: Mapping[str, Any]) -> JsonReply:
    """The Reply in an event of the bot; a plain response of Rasa becomes one."""
    reply = (event.get("metadata") or {}).get("reply")
    if reply:
        return dict(reply)
    buttons = (event.get("data") or {}).get("buttons") or ()
    options = tuple(Option(button["title"], button["payload"]) for button in buttons)
    return Reply(tuple(str(event.get("text") or "").split("\n\n")), options).to_dict()


def _answered(quiz: Mapping[str, Any], offered: Iterable[str]) -> str | None:
    """The option for which the quiz has taken a message, whatever was typed: its number, say, or a story."""
    answers = {**(quiz.get("answers") or {}), "goal": quiz.get("goal")}
    return next((p for p in offered if p in {f"{question}:{answer}" for question, answer in answers.items()}), None)


def _labels(replies: Iterable[JsonReply]) -> dict[str, str]:
    return {str(o["payload"]): str(o["label"]) for reply in replies for o in reply["options"]}
