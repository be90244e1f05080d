"""Which answer a question gets: the likeliest candidate, unless the words are an answer's own."""

from __future__ import annotations

from dataclasses import replace

from img_pathway.dialogue.labels import ASK, COMPARE, FAQ, RECORD, START, TOPIC_ONLY
from img_pathway.dialogue.limits import limits
from img_pathway.dialogue.understood import Understood

VERDICT = "verdict"


def shown_by_words(heard: Understood) -> str:
    """Return the label of a question that the words alone show, or the empty string."""
    words, best = heard.words, heard.best
    if words.picked:
        return f"{FAQ}/{words.picked}"
    # A message that says nothing else is no riddle, unless it surely wants something else ("am i eligible").
    is_riddle = not words.no_more or (heard.band == "answer" and best.intent not in (ASK, FAQ))
    if not is_riddle and words.shape == "comparison" and len(words.topics) > 1:
        return f"{ASK}/{COMPARE}"
    if not is_riddle and (words.has_fact or words.shape == "definition"):
        return f"{ASK}/{words.cues[0]}"
    # A name alone is too little to guess at a question of many words ("match").
    if words.shape == "name" and best.probability < limits().bare_name:
        return f"{ASK}/{TOPIC_ONLY}"
    return ""


def choose(heard: Understood) -> str:
    """Return the label whose answer is given: `faq/<id>`, `ask/<attribute>`, or `ask` where cue phrases decide."""
    return shown_by_words(heard) or (heard.best.label if heard.best.intent in (ASK, FAQ) else ASK)


def asked_beside(heard: Understood) -> str:
    """Return what a record asks beside ("… can I still do electives?"): a label, VERDICT, or the empty string.

    The record itself is answered by the quiz; what is left of the guesses says what was asked with it.
    """
    guesses = [guess for guess in heard.ranked if guess.label != RECORD][:2]
    # "Am I eligible for the Match? I graduated in 2016 …" is answered by the quiz itself.
    if heard.click or not heard.words.topics or (guesses and guesses[0].label == START):
        return ""
    asked = tuple(guess for guess in guesses if guess.intent in (ASK, FAQ))
    if not asked or asked[0].probability < limits().asked_beside:
        return VERDICT
    return choose(replace(heard, guesses=asked, in_scope=1.0))
