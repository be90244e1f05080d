"""Look-up by topic and attribute: the fact that answers the question first, then what rounds it off."""

from __future__ import annotations

from dataclasses import dataclass

from img_pathway.knowledge.model import Fact, Knowledge, Source

# Facts beyond these are left for a follow-up question: people read the first lines.
_MOST_FACTS = 3
_TRUST = ("official", "official-copy", "university", "secondary", "weak")
_ROUNDING_OFF = ("what", "length", "who", "paid", "next")


@dataclass(frozen=True)
class Finding:
    """Facts on one topic for one question; `direct` is false where the question itself has no fact."""

    topic: str
    attribute: str
    facts: tuple[Fact, ...]
    direct: bool


def look_up(knowledge: Knowledge, topic: str, attribute: str = "what", most: int = _MOST_FACTS) -> Finding:
    """What is known of a topic for an attribute ("what" if none is asked); raises KeyError for an unknown topic."""
    if topic not in knowledge.topics:
        raise KeyError(topic)
    facts = knowledge.facts_about(topic, attribute)
    if not facts:
        return Finding(topic, attribute, tuple(knowledge.facts_about(topic, "what")[:1]), direct=False)
    if attribute == "what":
        for other in _ROUNDING_OFF:
            facts += [f for f in knowledge.facts_about(topic, other)[:1] if f not in facts]
    return Finding(topic, attribute, tuple(facts[:most]), direct=True)


def sources_of(knowledge: Knowledge, facts: list[Fact] | tuple[Fact, ...]) -> list[tuple[Source, str]]:
    """Sources of facts, each once, official ones first, with the date of the fact that names it first."""
    seen: dict[str, str] = {}
    for fact in facts:
        for source in fact.sources:
            seen.setdefault(source, fact.as_of)
    cited = [(knowledge.sources[id_], as_of) for id_, as_of in seen.items()]
    return sorted(cited, key=lambda item: _TRUST.index(item[0].kind))
