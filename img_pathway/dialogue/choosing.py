"""Which answer a question gets: a common question, or a look-up of an attribute, from evidence alone."""

from __future__ import annotations

from dataclasses import replace

from img_pathway.dialogue.labels import ASK, COMPARE, FAQ, RECORD, START, TOPIC_ONLY
from img_pathway.dialogue.limits import limits
from img_pathway.dialogue.understood import Guess, Understood

_LEANING = (COMPARE, TOPIC_ONLY)
VERDICT = "verdict"


def shown_by_words(heard: Understood) -> str:
    """Return the label of a question that the words alone show, or the empty string."""
    words, best = heard.words, heard.best
    if words.picked:
        return f"{FAQ}/{words.picked}"
    if words.shape == "definition":
        return f"{ASK}/what"
    # A name alone is too little to guess at a question of many words ("match").
    if words.shape == "name" and best.probability < limits().bare_name:
        return f"{ASK}/{TOPIC_ONLY}"
    known = heard.band == "answer" and best.intent in (ASK, FAQ)
    if words.shape == "comparison" and words.topics and not known:
        return f"{ASK}/{TOPIC_ONLY}"
    return ""


def choose(heard: Understood) -> str:
    """Return the label whose answer is given: `faq/<id>`, `ask/<attribute>`, or `ask` where cue phrases decide."""
    return shown_by_words(heard) or _common_question(heard) or _look_up(heard)


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


def _common_question(heard: Understood) -> str:
    """The first common question among the guesses that the words do not speak against."""
    if _is_plain(heard):
        return ""
    for place, guess in enumerate(heard.ranked):
        if guess.intent != FAQ or (place and (guess.probability < limits().next_guess or not guess.about)):
            return ""
        if _is_held(guess):
            return "" if _is_better_looked_up(heard, guess) else guess.label
    return ""


def _is_plain(heard: Understood) -> bool:
    """Whether a message compares or follows up, and is not surely another question in many words."""
    best = heard.best
    # "Do they look at honors vs high pass in third year" compares nothing.
    sure = best.intent == FAQ and best.probability >= limits().another_topic
    return heard.words.shape == "comparison" and not (sure and heard.words.beside > limits().few_words_beside)


def _is_held(guess: Guess) -> bool:
    """Whether a guess is no belief, or one that the person seems to hold."""
    if guess.belief == "none":
        return True
    speaks = guess.belief == "spoken" or guess.probability >= limits().plain_belief
    return guess.belief != "denied" and speaks and guess.probability >= limits().belief


def _is_better_looked_up(heard: Understood, guess: Guess) -> bool:
    """Whether a plain question names a topic that has the fact it asks for, and the guess is of something else."""
    words = heard.words
    if not words.has_fact or words.no_more:
        return words.has_fact
    # The probability of the first guess, not of the one taken: how sure the reading as a whole is.
    sure = heard.best.probability
    if words.beside > limits().few_words_beside:
        return not guess.about and sure < limits().in_many_words
    return sure < (limits().more_than_named if guess.about else limits().another_topic)


def _look_up(heard: Understood) -> str:
    best, words = heard.best, heard.words
    if best.intent == ASK and (best.probability >= limits().attribute or best.detail in _LEANING):
        return best.label
    return f"{ASK}/{words.cues[0]}" if words.has_fact else ASK
