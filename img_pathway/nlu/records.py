"""Messages that tell a person's own record: known by what the quiz reads in them, not by examples alone."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from img_pathway.content import day
from img_pathway.content.home import home
from img_pathway.dialogue.understood import ASK, DANGERS, FAQ
from img_pathway.knowledge import load_knowledge
from img_pathway.nlu.component import ContentComponent, heard_of, set_intent
from img_pathway.quiz import QuizFiles
from img_pathway.quiz.reading import Reader
from img_pathway.quiz.words import load_words

# Several things told make a story; a single one only where the classifier saw nothing else in the message.
_STORY = 2
_SURE = 0.3
_WHOLE_RECORD = 3
_SURE_OF_QUESTION = 0.6
_DISTRESS = (*DANGERS, "small_talk/feeling_low")


def tells_a_record(reader: Reader, text: str, score: float) -> bool:
    """Whether a message states facts about a person; `score` is the classifier's in what it found instead."""
    story = reader.story(text)
    told = len(story.answers)
    asks = "?" in text or reader.opens_a_question(text)
    return told >= _STORY or (told == 1 and story.first_person and not asks and score < _SURE)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class RecordReader(ContentComponent):
    """Gives stories the intent `tell_about_me`."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Read the quiz's questions and words."""
        super().__init__(config)
        data = home() / config["data"]
        files = QuizFiles(data / "quiz", load_knowledge(data / "knowledge"))
        words = load_words(data / "quiz" / "words.yml")

        @lru_cache(maxsize=1)
        def reader_on(today: date) -> Reader:
            return Reader(files.on(today), words, today)

        self._reader_on = reader_on
        # Rules are checked now, and not with the first message.
        reader_on(day.today())

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Where the content is, seen from the project's folder."""
        return {"data": "data"}

    def read(self, message: Message, text: str) -> None:
        """Set the intent of a story."""
        heard = heard_of(message)
        # Somebody in distress is heard first; the record can wait.
        if heard.band == "answer" and heard.best.label in _DISTRESS:
            return
        # A question that is understood is answered; the record told with it is kept all the same. In a whole record, a
        # guess at a question has to be surer: most of its words are of the record.
        reader = self._reader_on(day.today())
        asks = "?" in text or reader.asks_something(text)
        whole = len(reader.story(text).answers) >= _WHOLE_RECORD and heard.best.probability < _SURE_OF_QUESTION
        if asks and not whole and heard.band == "answer" and heard.best.intent in (ASK, FAQ):
            return
        if tells_a_record(reader, text, heard.score):
            set_intent(message, "tell_about_me")
