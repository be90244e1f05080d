"""What a message may be taken for: a label is an intent, or an intent and what it is about ("faq/eras_photo")."""

from __future__ import annotations

from collections.abc import Collection

ASK, FAQ = "ask", "faq"
COMPARE, TOPIC_ONLY = "compare", "topic"
"""What `ask` may be about beside attributes: several topics side by side, and a topic of which nothing more is said."""
FALLBACK = "nlu_fallback"
"""The intent of a message whose guesses are not to be trusted."""
DANGERS = ("emergency", "crisis")
"""Intents of messages about danger to life, which go before everything else."""
THANKS, FEELING_LOW = "small_talk/thanks", "small_talk/feeling_low"
NOT_HELPED, DELETE_DATA = "not_helped", "delete_data"
"""Intents of messages about an answer that was no help, and about what is kept of the person."""
LANGUAGE = "other_language"
ENQUIRY, DECLINE = "enquiry_start", "decline"

# The quiz
RECORD, START, RESUME, CLICK = "tell_about_me", "quiz_start", "quiz_resume", "quiz_click"
STOP, CHANGE = "quiz_stop", "quiz_change"
COMMANDS = {f"quiz_{command}": command for command in ("stop", "restart", "back", "change", "answers", "result", "why")}
"""Labels by which a person steers the quiz, and the command each stands for."""

# What a message is only while something is open; Rasa knows no such intents.
ANSWER, GOAL_NAMED, OTHER_PERSON = "quiz_answer", "quiz_goal", "quiz_other_person"
UNCLEAR, SUPPOSED = "quiz_unclear", "quiz_supposed"
ENQUIRY_ANSWER = "enquiry_answer"

EMPTY = (RECORD, START, RESUME, CLICK, "affirm", "deny", "decline/off_topic", "decline/adversarial")
"""By themselves they say nothing that could be answered in place of an open question."""


def is_listed(label: str, listed: Collection[str]) -> bool:
    """Return whether a label or its intent is listed."""
    return label in listed or intent_of(label) in listed


def intent_of(label: str) -> str:
    """Return the intent that Rasa's rules go by: the part of a label before the slash."""
    return label.split("/", maxsplit=1)[0]
