"""The reader of words for the present day, over a folder of content."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

from img_pathway.content import day
from img_pathway.dialogue.message_reader import MessageReader
from img_pathway.knowledge import Mentions, load_knowledge
from img_pathway.quiz import QuizFiles
from img_pathway.quiz.entities import Entities
from img_pathway.quiz.reader import Reader
from img_pathway.quiz.words import load_words


def words_of(knowledge_folder: Path, quiz_folder: Path) -> Callable[[], MessageReader]:
    """Return what gives the reader for today; content is checked now, and not with the first message."""
    knowledge = load_knowledge(knowledge_folder)
    mentions = Mentions(knowledge)
    files, words = QuizFiles(quiz_folder, knowledge), load_words(quiz_folder / "words.yml")
    entities = Entities(words, mentions)

    @lru_cache(maxsize=1)
    def on(today: date) -> MessageReader:
        return MessageReader(knowledge, mentions, entities, Reader(files.on(today), words, today))

    on(day.today())
    return lambda: on(day.today())
