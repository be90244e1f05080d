"""A Reply as messages within a platform's limits: buttons where they fit, else numbered text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from img_pathway.dialogue.phrases import Phrasebook
from img_pathway.dialogue.plain import to_text
from img_pathway.reply import Option, Reply

# Before a payload that stands for a longer one; see `short`.
REFERENCE = "~"
# The best places to part a text, in this order: paragraphs, lines, sentences, words.
_JOINTS = tuple(re.compile(pattern) for pattern in (r"\n\n", r"\n", r"(?<=[.!?;:])\s", r"\s"))
_LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Limits:
    """What one kind of message of a platform holds; lengths in UTF-16 units, payloads in bytes."""

    text: int
    options: int = 0
    label: int = 0
    payload: int = 0
    source: str = ""


# Where a platform has several kinds of messages with options, the plainest comes first.
PLAIN = {
    "whatsapp": Limits(4096, source="https://developers.facebook.com/docs/whatsapp/cloud-api/messages/text-messages"),
    "messenger": Limits(2000, source="https://developers.facebook.com/docs/messenger-platform/reference/send-api"),
    "telegram": Limits(4096, source="https://core.telegram.org/bots/api#sendmessage"),
    "twilio": Limits(1600, source="https://www.twilio.com/docs/api/errors/21617"),
}
WITH_OPTIONS = {
    "whatsapp": (
        Limits(1024, 3, 20, 256, "https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages"),
        Limits(1024, 10, 24, 200, "https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-list-messages"),
    ),
    "messenger": (
        Limits(2000, 13, 20, 1000, "https://developers.facebook.com/docs/messenger-platform/send-messages/quick-replies"),
    ),
    # Telegram sets no length for a label; longer ones are cut on a phone.
    "telegram": (Limits(4096, 8, 40, 64, "https://core.telegram.org/bots/api#inlinekeyboardbutton"),),
    "twilio": (),
}  # fmt: skip


# What stands around bold words, where a platform has a mark for them in plain text.
BOLD = {"whatsapp": "*"}  # https://faq.whatsapp.com/539178204879377


@dataclass(frozen=True)
class Outgoing:
    """One message to send; `limits` are those that its options were made for."""

    text: str
    options: tuple[Option, ...] = ()
    limits: Limits | None = None


def render(replies: Sequence[Reply], platform: str, say: Phrasebook) -> list[Outgoing]:
    """All that was said in a turn, as messages of a platform; the last options that were offered can be picked."""
    offering = max((i for i, reply in enumerate(replies) if reply.options), default=None)
    messages: list[Outgoing] = []
    for i, reply in enumerate(replies):
        messages += _message(reply, platform, say, picks=i == offering)
    return messages


def short(payload: str, most: int) -> str:
    """A payload within a number of bytes; a longer one is replaced by a reference that `referred` follows."""
    fits = len(payload.encode()) <= most and payload and payload == payload.strip()
    return payload if fits else _reference(payload)


def referred(reference: str, payloads: Iterable[str]) -> str | None:
    """The payload that a reference stands for."""
    return next((payload for payload in payloads if _reference(payload) == reference), None)


def _reference(payload: str) -> str:
    return REFERENCE + hashlib.sha256(payload.encode()).hexdigest()[:24]


def split(text: str, most: int) -> list[str]:
    """Pieces of a text within a length, parted at paragraphs, sentences or words; never within a link that fits."""
    pieces, text = [], text.strip()
    while size(text) > most:
        at = _parting(text, most)
        pieces.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [piece for piece in (*pieces, text) if piece]


def size(text: str) -> int:
    """Length as the platforms count it."""
    return len(text.encode("utf-16-le")) // 2


def _parting(text: str, most: int) -> int:
    """Where the first piece ends: at the best joint in its second half, else at the last joint, else anywhere."""
    fits = _prefix(text, most)
    for joint in _JOINTS:
        ends = [match.end() for match in joint.finditer(text, 0, fits) if match.start() > 0]
        if ends and (ends[-1] > fits // 2 or joint is _JOINTS[-1]):
            return ends[-1]
    cut = next((link.start() for link in _LINK.finditer(text) if link.start() < fits < link.end()), 0)
    return cut or fits


def _prefix(text: str, most: int) -> int:
    at = min(len(text), most)
    while size(text[:at]) > most:
        at -= 1
    return at


def _message(reply: Reply, platform: str, say: Phrasebook, *, picks: bool) -> list[Outgoing]:
    options = reply.options if picks else ()
    limits = _kind(options, platform)
    fits = limits is not None and _fit(options, limits)
    text = to_text(reply, say, numbered=bool(options) and not fits, bold=BOLD.get(platform, ""))
    if options and not fits:
        text = f"{text}\n\n{say('answer_with_number')}"
    pieces = split(text, PLAIN[platform].text)
    if limits is None:
        return [Outgoing(piece) for piece in pieces]
    *before, last = pieces or [say("choose")]
    *more, last = split(last, limits.text)
    buttons = tuple(_button(option, i, limits, cut=not fits) for i, option in enumerate(options, 1))
    return [*map(Outgoing, (*before, *more)), Outgoing(last, buttons, limits)]


def _kind(options: Sequence[Option], platform: str) -> Limits | None:
    """The plainest kind of message that holds so many options; none where there is none, or options are the same."""
    if not options or len({option.payload for option in options}) < len(options):
        return None
    return next((kind for kind in WITH_OPTIONS[platform] if len(options) <= kind.options), None)


def _fit(options: Sequence[Option], limits: Limits) -> bool:
    """Whether labels can stand as they are: short enough, and each its own."""
    labels = {option.label for option in options}
    return len(labels) == len(options) and all(label.strip() and size(label) <= limits.label for label in labels)


def _button(option: Option, number: int, limits: Limits, *, cut: bool) -> Option:
    label = option.label
    if cut:
        label = f"{number}) {label}"
        if size(label) > limits.label:
            label = label[: _prefix(label, limits.label - 1)].rstrip() + "…"
    return Option(label, short(option.payload, limits.payload))
