"""What people say: questions, and a quiz with a question in the middle of it, all typed as words."""

from __future__ import annotations

from typing import Any

from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.quiz_turn import GOAL
from img_pathway.quiz.model import NOT_SURE
from tests.channels.taking import PEOPLE

_QUESTIONS = [
    ["hello", "what is a residency?", "how long is it?", "what does an observership cost?", "thank you"],
    ["internship vs residency", "can i work as a doctor with a visa?", "what is the match?", "when does it start?"],
    ["i graduated in 2014, is that too late?", "what is ecfmg certification?", "how much is step 1?"],
]
_BETWEEN = "how long is a residency?"


def talks(bot: Bot) -> list[list[str]]:
    """Whole conversations, to be had one after the other."""
    found = []
    for questions, person in zip(_QUESTIONS, PEOPLE.values(), strict=True):
        found += [questions, _quiz(bot, person)]
    return found


def _quiz(bot: Bot, person: dict[str, Any]) -> list[str]:
    quiz, typed = bot.engine.quiz, person["typed"]
    said = ["check my eligibility", quiz.goals[person["goal"]].label]
    for question, answer in person["answers"].items():
        if question == GOAL or isinstance(answer, int):
            words = str(answer)
        elif answer == NOT_SURE:
            words = bot.say("not_sure")
        else:
            words = quiz.questions[question].options[answer].label
        said.append(typed.get(question, words))
    return [*said[:3], _BETWEEN, *said[3:], "my answers"]
