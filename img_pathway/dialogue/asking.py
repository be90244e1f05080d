"""What a message asks: topics and attributes, leaning on the turn before where it names none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from img_pathway.dialogue.labels import COMPARE, TOPIC_ONLY
from img_pathway.knowledge import Knowledge, Mentions
from img_pathway.knowledge.text import fold, normalize

_OBJECT = {"for", "to", "into", "in", "before", "of", "do", "start", "enter"}
_COMPARING = re.compile(
    # "diff", "diffrence" and the like: people write this word in many ways.
    r"\b(?:vs|v s|versus|diff\w*|compar\w*|same as|same thing)\b"
)
_SEVERAL = re.compile(r"\b(?:which one|which of|which is|both|they|these|those|either|neither|all of them|each)\b")
_ABOUT = re.compile(r"\s*(?:and|ok|okay|so|then)?\s*(?:what|how) about\b")
_LEANING = re.compile(
    r"^\s*(?:and|vs|versus|or|what about|how about|compared? (?:to|with))\b"
    r"|\b(?:it|that|this|them|these|those|they|both|the two|which)\b"
)
_MOST_TOPICS = 3
# "what do they mean by …", "please explain to me what … is": as many words may stand around the name.
_DEFINING_WORDS = 5


# Words that ask for nothing.
_EMPTY = {
    "a", "am", "an", "and", "are", "be", "but", "do", "does", "for", "have", "hi", "hello", "i", "in", "is",
    "it", "its", "last", "lasts", "me", "my", "now", "of", "ok", "okay", "or", "please", "pls", "sir", "so",
    "take", "takes", "that", "the", "then", "there", "they", "this", "to", "us", "usa", "was", "we", "well",
    "will", "you", "your",
}  # fmt: skip
# Words that only relate what is compared.
_RELATING = {
    "vs", "versus", "v", "s", "or", "between", "from", "with", "to", "than", "there", "any", "same", "as", "thing",
    "difference", "differences", "different", "differ", "diff", "compare", "compared", "comparison", "both", "exactly",
}  # fmt: skip


@dataclass(frozen=True)
class Context:
    """What the turn before was about."""

    topics: tuple[str, ...] = ()
    attribute: str | None = None
    recent: tuple[str, ...] = ()
    """Topics of the last turns, latest first, for "which one is paid?"."""


@dataclass(frozen=True)
class Ask:
    """One thing to look up, or topics to compare; without topics the person has to say which is meant."""

    topics: tuple[str, ...]
    attribute: str
    text: str
    leaning: bool = False


def compares_or_follows_up(text: str, mentions: Mentions) -> bool:
    """Whether the words alone show a comparison ("X vs Y") or a follow-up ("what about X")."""
    return bool(_ABOUT.match(fold(text))) or (
        _COMPARING.search(normalize(text)) is not None and len(mentions.topics(text)) > 1
    )


def defines(text: str, mentions: Mentions) -> bool:
    """Whether a message asks for nothing but what one thing is ("fellowship, what's that?")."""
    topics, words = mentions.topics(text), mentions.words(text)
    named = sum(mention.end - mention.start for mention in topics)
    return len(topics) == 1 and mentions.attributes(text) == ["what"] and len(words) - named <= _DEFINING_WORDS


def only_names(text: str, mentions: Mentions) -> bool:
    """Whether a message is the name of one topic and nothing else."""
    topics, words = mentions.topics(text), mentions.words(text)
    return len(topics) == 1 and topics[0].end - topics[0].start == len(words)


def asks_no_more(text: str, mentions: Mentions) -> bool:
    """Whether a message says nothing but topics and what is asked of them ("and how long is residency", "X vs Y")."""
    return not set(mentions.others(text)) - _EMPTY - _RELATING


def ask(text: str, attribute: str | None, context: Context, mentions: Mentions, knowledge: Knowledge) -> Ask:
    """What a message with one question asks; `attribute` is the one that the intent stands for."""
    found = mentions.topics(text)
    # Who uses an old name asks about the thing that it was the name of.
    topics = tuple(mentions.corrections(text)) or tuple(m.id for m in found)
    # "What does it cost" asks for the cost.
    cues = [cue for cue in mentions.attributes(text) if cue != "what"] or mentions.attributes(text)
    if attribute == "what" and cues:
        attribute = cues[0]
    if attribute == COMPARE and not topics and cues and _SEVERAL.search(fold(text)):
        attribute = cues[0]
    if attribute == COMPARE or (len(topics) > 1 and _COMPARING.search(normalize(text))):
        return Ask(_to_compare(topics, text, context), COMPARE, text, leaning=len(topics) < 2)
    if attribute is None or attribute == TOPIC_ONLY or _ABOUT.match(fold(text)):
        leaning = bool(topics) and attribute is not None and not cues
        before = context.attribute if leaning else None
        has_fact = any(knowledge.facts_about(topic, before) for topic in topics) if before else False
        fallback = before if before and has_fact else "what"
        attribute = cues[0] if cues else fallback
    if not topics:
        several = context.recent if _SEVERAL.search(fold(text)) and len(context.topics) < 2 else ()
        return Ask((several or context.topics)[:_MOST_TOPICS], attribute, text, leaning=True)
    return Ask(_best_first(topics, attribute, text, mentions, knowledge)[:_MOST_TOPICS], attribute, text)


def ask_about(topic: str, attribute: str, context: Context, knowledge: Knowledge) -> Ask:
    """What a button asks that names a topic and an attribute, or leaves the attribute to what was asked before."""
    before = context.attribute if attribute == TOPIC_ONLY else attribute
    return Ask((topic,), before if before and knowledge.facts_about(topic, before) else "what", "")


def _to_compare(topics: tuple[str, ...], text: str, context: Context) -> tuple[str, ...]:
    """What to compare: what is named; what was spoken of before only where the words lean on it."""
    if len(topics) > 1 or not _LEANING.search(fold(text)):
        return topics[:4]
    return tuple(dict.fromkeys((*context.topics[:1], *topics))) if topics else context.topics[:4]


def _best_first(
    topics: tuple[str, ...], attribute: str, text: str, mentions: Mentions, knowledge: Knowledge
) -> tuple[str, ...]:
    """Of several topics, those with a fact for the attribute; what stands after "for" or "in" is asked about."""
    joined = re.search(r"\b(?:and|or|vs)\b", fold(text)) is not None
    if attribute == "what":
        return topics if joined else topics[:1]
    words = mentions.words(text)
    asked_about = [m.id for m in mentions.topics(text) if _before(words, m.start) & _OBJECT]
    known = [t for t in topics if knowledge.facts_about(t, attribute)]
    ranked = [*(t for t in known if t in asked_about), *(t for t in known if t not in asked_about)]
    if not ranked:
        return topics[:1]
    return tuple(ranked) if joined and len(asked_about) != 1 else tuple(ranked[:1])


def _before(words: list[str], position: int) -> set[str]:
    return set(words[max(0, position - 2) : position])
