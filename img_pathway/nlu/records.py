"""Messages that tell a person's own record: known by what the quiz reads in them, not by examples alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from img_pathway.knowledge import load_knowledge
from img_pathway.nlu.component import ContentComponent, set_intent
from img_pathway.quiz import load_quiz
from img_pathway.quiz.reading import Reader
from img_pathway.quiz.words import load_words

# One thing told may stand beside a question; several make a story.
_STORY = 2


def tells_a_record(reader: Reader, text: str) -> bool:
    """Whether a message states facts about a person rather than asks something."""
    story = reader.story(text)
    told = len(story.answers)
    return told >= _STORY or (told == 1 and story.first_person and "?" not in text and not reader.opens_a_question(text))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class RecordReader(ContentComponent):
    """Gives stories the intent `tell_about_me`."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Read the quiz's questions and words."""
        super().__init__(config)
        data = Path(config["data"]).absolute()
        today = date.today()
        quiz = load_quiz(data / "quiz", load_knowledge(data / "knowledge"), today)
        self._reader = Reader(quiz, load_words(data / "quiz" / "words.yml"), today)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Where the content is, seen from the project's folder."""
        return {"data": "data"}

    def read(self, message: Message, text: str) -> None:
        """Set the intent of a story."""
        if tells_a_record(self._reader, text):
            set_intent(message, "tell_about_me")
