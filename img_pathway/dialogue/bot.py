"""Everything the bot needs for a turn, read once from the data folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from img_pathway.dialogue.languages import Language, load_languages
from img_pathway.dialogue.organization import Organization, load_organization
from img_pathway.dialogue.phrases import Phrasebook
from img_pathway.knowledge import Knowledge, Mentions, load_knowledge
from img_pathway.knowledge.lookup import sources_of
from img_pathway.knowledge.model import Fact
from img_pathway.quiz import Engine, load_quiz
from img_pathway.quiz.entities import Entities
from img_pathway.quiz.reading import Reader
from img_pathway.quiz.words import load_words
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

    def cite(self, facts: list[Fact] | tuple[Fact, ...]) -> tuple[Cited, ...]:
        """The sources of facts, ready for a Reply."""
        return tuple(Cited(s.title, str(s.url), as_of) for s, as_of in sources_of(self.knowledge, facts))

    def facts(self, ids: tuple[str, ...]) -> list[Fact]:
        """Facts by id."""
        return [self.knowledge.facts[id_] for id_ in ids]


@lru_cache(maxsize=2)
def load_bot(data: Path, today: date) -> Bot:
    """The bot over a data folder on a day (the season turns with it); raises ContentError."""
    knowledge = load_knowledge(data / "knowledge")
    quiz = load_quiz(data / "quiz", knowledge, today)
    mentions, words = Mentions(knowledge), load_words(data / "quiz" / "words.yml")
    return Bot(
        knowledge,
        mentions,
        Engine(quiz),
        Reader(quiz, words, today),
        Entities(words, mentions),
        Phrasebook(data / "phrases.yml"),
        load_organization(data / "organization.yml", knowledge),
        load_languages(data / "languages.yml").languages,
        today,
    )
