"""Everything the bot needs for a turn: content read from the data folder, and the bot that it makes on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from img_pathway.dialogue.languages import Language, load_languages
from img_pathway.dialogue.message_reader import MessageReader
from img_pathway.dialogue.organization import Organization, load_organization
from img_pathway.dialogue.phrases import Phrasebook
from img_pathway.knowledge import Knowledge, Mentions, load_knowledge
from img_pathway.knowledge.lookup import sources_of
from img_pathway.knowledge.model import Fact
from img_pathway.quiz import Engine, QuizFiles
from img_pathway.quiz.entities import Entities
from img_pathway.quiz.reader import Reader
from img_pathway.quiz.words import Words, load_words
from img_pathway.reply import Cited


@dataclass(frozen=True, eq=False)
class Bot:
    """Content and the engines over it, for one day."""

    knowledge: Knowledge
    mentions: Mentions
    engine: Engine
    reader: Reader
    entities: Entities
    say: Phrasebook
    organization: Organization
    languages: Mapping[str, Language]
    today: date
    messages: MessageReader

    def cite(self, facts: list[Fact] | tuple[Fact, ...]) -> tuple[Cited, ...]:
        """The sources of facts, ready for a Reply."""
        return tuple(Cited(s.title, str(s.url), as_of) for s, as_of in sources_of(self.knowledge, facts))

    def cite_dates(self, ids: tuple[str, ...]) -> tuple[Cited, ...]:
        """The sources of dates of the season, ready for a Reply."""
        dates = [self.engine.quiz.season.dates[id_] for id_ in ids]
        known = self.knowledge.sources
        return tuple(Cited(known[s].title, str(known[s].url), d.as_of) for d in dates for s in d.sources)

    def facts(self, ids: tuple[str, ...]) -> list[Fact]:
        """Facts by id."""
        return [self.knowledge.facts[id_] for id_ in ids]


@dataclass(frozen=True, eq=False)
class Content:
    """All that is read from a data folder; nothing in it depends on the day."""

    knowledge: Knowledge
    mentions: Mentions
    quiz: QuizFiles
    words: Words
    entities: Entities
    say: Phrasebook
    organization: Organization
    languages: Mapping[str, Language]


def read_content(data: Path) -> Content:
    """Read a data folder; raises ContentError."""
    knowledge = load_knowledge(data / "knowledge")
    mentions, words = Mentions(knowledge), load_words(data / "quiz" / "words.yml")
    return Content(
        knowledge,
        mentions,
        QuizFiles(data / "quiz", knowledge),
        words,
        Entities(words, mentions),
        Phrasebook(data / "phrases.yml"),
        load_organization(data / "organization.yml", knowledge),
        load_languages(data / "languages.yml").languages,
    )


# Two releases may answer at once, on a day and the day after.
@lru_cache(maxsize=4)
def bot_on(content: Content, today: date) -> Bot:
    """Make the bot of a day, since the season turns; reads no file. Raises ContentError for rules that are wrong."""
    quiz = content.quiz.on(today)
    reader = Reader(quiz, content.words, today)
    return Bot(
        content.knowledge,
        content.mentions,
        Engine(quiz),
        reader,
        content.entities,
        content.say,
        content.organization,
        content.languages,
        today,
        MessageReader(content.knowledge, content.mentions, content.entities, reader),
    )


@lru_cache(maxsize=2)
def load_bot(data: Path, today: date) -> Bot:
    """Read a data folder and make its bot of a day, for commands; raises ContentError.

    Servers answer for longer than a day, and keep what they have read (img_pathway/serve/content_memory.py).
    """
    return bot_on(read_content(data), today)
