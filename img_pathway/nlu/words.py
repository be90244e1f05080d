"""What the words of a message show, noted beside what it may mean."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from img_pathway.content import day
from img_pathway.content.home import home
from img_pathway.dialogue.message_reader import MessageReader
from img_pathway.nlu.component import KnowledgeComponent, heard_of, note
from img_pathway.quiz import QuizFiles
from img_pathway.quiz.entities import Entities
from img_pathway.quiz.reader import Reader
from img_pathway.quiz.words import load_words


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class WordReader(KnowledgeComponent):
    """Notes the evidence of words: topics, cues, plain questions, clicks, and what is told of a person."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Read topics, and the quiz's questions and words."""
        super().__init__(config)
        folder = home() / config["quiz"]
        files, words = QuizFiles(folder, self.knowledge), load_words(folder / "words.yml")
        entities = Entities(words, self.mentions)

        @lru_cache(maxsize=1)
        def reader_on(today: date) -> MessageReader:
            return MessageReader(self.knowledge, self.mentions, entities, Reader(files.on(today), words, today))

        self._reader_on = reader_on
        # Rules are checked now, and not with the first message.
        reader_on(day.today())

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Where the content is, seen from the project's folder."""
        return {**KnowledgeComponent.get_default_config(), "quiz": "data/quiz"}

    def read(self, message: Message, text: str) -> None:
        """Note the words of the message and of each question in it."""
        note(message, self._reader_on(day.today()).read(heard_of(message)))
