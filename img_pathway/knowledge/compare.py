"""Two to four topics side by side."""

from __future__ import annotations

from dataclasses import dataclass

from img_pathway.knowledge.model import Fact, Knowledge

FEWEST, MOST = 2, 4
_ROWS = ("what", "when", "length", "who", "hands_on", "paid", "needs", "cost", "next")


@dataclass(frozen=True)
class Comparison:
    """A table: columns are topics, rows are attributes; `lead` is what to say first, if staff wrote it."""

    topics: tuple[str, ...]
    lead: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    facts: tuple[Fact, ...]


def compare(knowledge: Knowledge, topics: list[str] | tuple[str, ...]) -> Comparison:
    """Compare topics attribute by attribute; raises ValueError unless there are two to four different ones."""
    chosen = tuple(dict.fromkeys(topics))
    if not FEWEST <= len(chosen) <= MOST:
        raise ValueError(f"compare two to four topics, not {len(chosen)}")
    lead = next((c for c in knowledge.comparisons if set(c.topics) == set(chosen)), None)
    used: list[Fact] = [knowledge.facts[f] for f in lead.facts] if lead else []
    if lead:
        chosen = lead.topics
    rows: list[tuple[str, tuple[str, ...]]] = []
    for attribute in _ROWS:
        facts = [_cell_fact(knowledge, topic, attribute) for topic in chosen]
        known = [fact for fact in facts if fact]
        cells = tuple(_cell(fact) for fact in facts)
        # A row that tells of one topic alone compares nothing, and one that repeats another tells nothing new.
        if len(known) >= FEWEST and cells not in [earlier for _, earlier in rows]:
            rows.append((attribute, cells))
            used += [fact for fact in known if fact not in used]
    return Comparison(chosen, lead.says if lead else (), tuple(rows), tuple(used))


def _cell_fact(knowledge: Knowledge, topic: str, attribute: str) -> Fact | None:
    facts = [f for f in knowledge.facts_about(topic, attribute) if f.status == "solid"]
    with_brief = [f for f in facts if f.brief and f.answers[0] == attribute]
    return next(iter(with_brief or facts), None)


def _cell(fact: Fact | None) -> str:
    if fact is None:
        return "–"  # noqa: RUF001
    return fact.brief or fact.says.split(". ")[0].rstrip(".") + "."
