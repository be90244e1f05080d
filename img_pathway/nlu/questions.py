"""Plain questions ("what is VSLO"): a topic and a cue are enough, whatever the classifier made of them."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from img_pathway.dialogue.asking import compares_or_follows_up, defines, only_names
from img_pathway.dialogue.understood import ASK, FAQ
from img_pathway.knowledge.text import normalize
from img_pathway.nlu.component import KnowledgeComponent, heard_of, set_intent

# From here on the classifier is believed that a name stands for more ("unmatched").
_SURE = 0.5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class QuestionReader(KnowledgeComponent):
    """Lets plain questions about a known topic be looked up."""

    def read(self, message: Message, text: str) -> None:
        """Set the intent of a picked question, a definition, a mere name, and what shows a comparison or follow-up."""
        heard = heard_of(message)
        known = heard.band == "answer" and heard.best.intent in (ASK, FAQ)
        picked = self.knowledge.by_words.get(normalize(text))
        if picked:
            set_intent(message, f"{FAQ}/{picked}")
        elif defines(text, self.mentions):
            set_intent(message, "ask/what")
        elif heard.best.probability < _SURE and only_names(text, self.mentions):
            # A name alone is too little to guess at a question of many words ("match").
            set_intent(message, "ask/topic")
        elif not known and compares_or_follows_up(text, self.mentions) and self.mentions.topics(text):
            set_intent(message, "ask/topic")
