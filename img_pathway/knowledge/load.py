"""Reading data/knowledge and holding its links together."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from img_pathway.content import (
    ContentError,
    Document,
    Problem,
    Record,
    collector_paused,
    load_document,
    nearest,
    read_records,
)
from img_pathway.knowledge.model import Attribute, ComparisonLead, Fact, Faq, Knowledge, Source, Topic
from img_pathway.knowledge.text import normalize

# Undated pages say so in one of these ways; anything else under `as_of` names its year.
UNDATED = "undated"

_YEAR = re.compile(r"(?:19|20)\d\d")
_FIGURE = re.compile(r"\d[\d,.]*\d|\d")
_MISSING = re.compile(r'unknown (?:topic|fact|source|attribute|specialty) "(\w+)"|^topic "(\w+)" has no fact')


class KnowledgeFile(Record):
    """What a file in data/knowledge may hold; staff split files as they like."""

    sources: dict[str, Source] = {}
    attributes: dict[str, Attribute] = {}
    topics: dict[str, Topic] = {}
    facts: tuple[Fact, ...] = ()
    faq: dict[str, Faq] = {}
    comparisons: tuple[ComparisonLead, ...] = ()


def load_knowledge(folder: Path) -> Knowledge:
    """All knowledge files of a folder; raises ContentError with every problem of all files."""
    with collector_paused():
        found = read_knowledge(folder)
    if found.problems:
        raise ContentError(found.problems)
    return found.knowledge


@dataclass(frozen=True)
class Found:
    """What could be read of a knowledge folder, what is wrong with it, and the names in files that cannot be read."""

    knowledge: Knowledge
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    unread: frozenset[str]

    def problem(self, section: str, name: str, message: str) -> Problem:
        """A problem at the place of an entry, such as the common question of that name."""
        document = next(d for d in self.documents if name in d.data.get(section, ()))
        return document.problem((section, name), message)


def read_knowledge(folder: Path) -> Found:
    """As much of a knowledge folder as can be read, with every problem of all files."""
    problems: list[Problem] = []
    read: list[tuple[Document, KnowledgeFile]] = []
    unread: set[str] = set()
    for path in sorted(folder.glob("*.yml")):
        try:
            document = load_document(path, folder.parent.parent)
            read.append((document, read_records(document, KnowledgeFile)))
        except ContentError as error:
            problems += error.problems
            unread.update(re.findall(r"\w+", path.read_text(encoding="utf-8", errors="replace")))
    merged = _merge(read, problems)
    problems += without_guesses(_broken_links(read, merged), unread)
    problems += _repeated_aliases(read)
    documents = tuple(document for document, _ in read if document.data)
    return Found(merged, documents, tuple(problems), frozenset(unread))


def without_guesses(problems: Iterable[Problem], unread: Collection[str]) -> Iterator[Problem]:
    """Problems but for names that are called unknown only because their own file cannot be read."""
    for problem in problems:
        name = _MISSING.search(problem.message)
        if not (name and (name[1] or name[2]) in unread):
            yield problem


def _merge(read: list[tuple[Document, KnowledgeFile]], problems: list[Problem]) -> Knowledge:
    tables: dict[str, dict[str, Any]] = {
        "sources": {},
        "attributes": {},
        "topics": {},
        "facts": {},
        "faq": {},
    }
    comparisons: list[ComparisonLead] = []
    for document, file in read:
        for section, table in tables.items():
            for key, path, record in _entries(file, section):
                if key in table:
                    problems.append(
                        document.problem(path, f'{section.removesuffix("s")} "{key}" is defined a second time.')
                    )
                table[key] = record
        comparisons += file.comparisons
    by_topic: dict[str, list[Fact]] = {}
    for fact in tables["facts"].values():
        by_topic.setdefault(fact.topic, []).append(fact)
    return Knowledge(
        **tables,
        comparisons=tuple(comparisons),
        by_topic={topic: tuple(facts) for topic, facts in by_topic.items()},
        by_words={normalize(faq.asks): id_ for id_, faq in tables["faq"].items()},
    )


def _entries(file: KnowledgeFile, section: str) -> Iterator[tuple[str, tuple[Any, ...], Any]]:
    content = getattr(file, section)
    if section == "facts":
        for i, fact in enumerate(content):
            yield fact.id, ("facts", i, "id"), fact
    else:
        for key, record in content.items():
            yield key, (section, key), record


def _broken_links(read: list[tuple[Document, KnowledgeFile]], all_: Knowledge) -> Iterator[Problem]:
    for document, file in read:
        for i, fact in enumerate(file.facts):
            at: tuple[Any, ...] = ("facts", i)
            yield from _unknown(document, (*at, "topic"), "topic", [fact.topic], all_.topics)
            yield from _unknown(document, (*at, "answers"), "attribute", fact.answers, all_.attributes)
            yield from _unknown(document, (*at, "sources"), "source", fact.sources, all_.sources)
            yield from _honesty(document, at, fact)
        for key, topic in file.topics.items():
            yield from _unknown(document, ("topics", key, "next"), "topic", topic.next, all_.topics)
            if not all_.facts_about(key, "what"):
                yield document.problem(
                    ("topics", key),
                    f'topic "{key}" has no fact with answers: [what]. Say in one fact what it is.',
                )
            yield from _unknown(document, ("topics", key, "gist"), "fact", topic.gist, all_.facts)
        for key, faq in file.faq.items():
            yield from _unknown(document, ("faq", key, "facts"), "fact", faq.facts, all_.facts)
            yield from _unknown(document, ("faq", key, "topic"), "topic", [faq.topic], all_.topics)
            yield from _loose_figures(document, key, faq, all_)
        for i, lead in enumerate(file.comparisons):
            yield from _unknown(document, ("comparisons", i, "topics"), "topic", lead.topics, all_.topics)
            yield from _unknown(document, ("comparisons", i, "facts"), "fact", lead.facts, all_.facts)


def _unknown(document: Document, path: tuple[Any, ...], what: str, used: Any, known: Any) -> Iterator[Problem]:
    for name in used:
        if name not in known:
            yield document.problem(path, f'unknown {what} "{name}".{nearest(name, known)}')


def _loose_figures(document: Document, key: str, faq: Faq, all_: Knowledge) -> Iterator[Problem]:
    """A figure in an answer has to stand in one of its facts, so that it is found again when the fact changes."""
    stated = {n for id_ in faq.facts if id_ in all_.facts for n in _FIGURE.findall(all_.facts[id_].says)}
    for figure in dict.fromkeys(_FIGURE.findall(" ".join(faq.lines))):
        if figure not in stated and all(id_ in all_.facts for id_ in faq.facts):
            yield document.problem(
                ("faq", key, "short"),
                f'"{key}" says {figure}, which none of its facts says. Name the fact that does, or mend the figure.',
            )


def _honesty(document: Document, at: tuple[Any, ...], fact: Fact) -> Iterator[Problem]:
    """A fact says of when it is, a seasonal figure names its year; what is unverified is only pointed to."""
    if fact.as_of != UNDATED and not _YEAR.search(fact.as_of):
        yield document.problem(
            (*at, "as_of"),
            f'fact "{fact.id}": as_of is "{fact.as_of}", which names no year. '
            f'Write as_of: "March 2026", or as_of: undated.{nearest(fact.as_of, [UNDATED])}',
        )
    if "{" in fact.says:
        yield document.problem(
            (*at, "says"), f'fact "{fact.id}" has braces in its text; facts are said as they are. Write the figure out.'
        )
    if fact.changes == "each_season":
        years = _YEAR.findall(fact.season or "")
        if not years:
            yield document.problem(
                at, f'fact "{fact.id}" changes each season. Add a line `season: "2026 season"` with its year.'
            )
        elif fact.status == "solid" and not any(year in fact.says for year in years):
            yield document.problem(
                (*at, "says"),
                f'fact "{fact.id}" changes each season, so its text must name the year ({", ".join(years)}).',
            )
    if fact.status == "check" and "check with" not in fact.says.lower():
        yield document.problem(
            (*at, "says"),
            f'fact "{fact.id}" is not verified (status: check). Its text must say whom to "check with".',
        )


def _repeated_aliases(read: list[tuple[Document, KnowledgeFile]]) -> Iterator[Problem]:
    owners: dict[str, tuple[str, Document, tuple[Any, ...]]] = {}
    for document, file in read:
        for key, topic in file.topics.items():
            names = [*enumerate(topic.aliases)] + [(name, name) for name in topic.old_names]
            for place, alias in names:
                section = "aliases" if isinstance(place, int) else "old_names"
                path = ("topics", key, section, place)
                words = normalize(alias)
                if words in owners:
                    other, there, at = owners[words]
                    where = f"{there.file}:{there.line(at)}"
                    yield document.problem(path, f'"{alias}" already means "{other}" ({where}). Keep it in one place.')
                owners[words] = (key, document, path)
