"""Buttons of the quiz: a click is the message `question:option`, which no example has to teach."""

from __future__ import annotations

import re

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from img_pathway.nlu.component import ContentComponent, set_intent

_CLICK = re.compile(r"[a-z0-9_]+:[a-z0-9_]+\Z")


def is_click(text: str) -> bool:
    """Whether a message has the form of a button's payload."""
    return bool(_CLICK.match(text.strip()))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ClickReader(ContentComponent):
    """Gives clicks their intent, whatever the classifier made of them."""

    def read(self, message: Message, text: str) -> None:
        """Set the intent of a click."""
        if is_click(text):
            set_intent(message, "quiz_click")
