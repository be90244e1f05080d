"""Plain questions ("what is VSLO"): a topic and a cue are enough, whatever the classifier made of them."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from img_pathway.dialogue.asking import compares_or_follows_up, defines
from img_pathway.dialogue.understood import ASK, FAQ
from img_pathway.knowledge.text import normalize
from img_pathway.nlu.component import KnowledgeComponent, heard_of, set_intent


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class QuestionReader(KnowledgeComponent):
    """Lets plain questions about a known topic be looked up."""

    def read(self, message: Message, text: str) -> None:
        """Set the intent of a picked question, a definition, or a comparison or follow-up that was not understood."""
        heard = heard_of(message)
        known = heard.band == "answer" and heard.best.intent in (ASK, FAQ)
        picked = self.knowledge.by_words.get(normalize(text))
        if picked:
            set_intent(message, f"{FAQ}/{picked}")
        elif defines(text, self.mentions):
            set_intent(message, "ask/what")
        elif not known and compares_or_follows_up(text, self.mentions) and self.mentions.topics(text):
            set_intent(message, "ask/topic")
