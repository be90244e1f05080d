"""Taking the quiz over any channel, and the verdicts that come of it."""

from __future__ import annotations

from typing import Any

import yaml

from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.quiz_turn import GOAL
from img_pathway.quiz.model import NOT_SURE
from tests.channels.phones import Phone
from tests.serving import ROOT
from tests.talking import Talk

PEOPLE: dict[str, Any] = yaml.safe_load((ROOT / "tests/channels/quizzes.yml").read_text(encoding="utf-8"))
WAYS = ("buttons", "numbers", "typing")


class Taker:
    """Takes the quiz over one channel in one way."""

    def __init__(self, talk: Talk, bot: Bot, way: str) -> None:
        self.talk, self.bot, self.way = talk, bot, way

    def take(self, person: dict[str, Any]) -> dict[str, str]:
        """Answer until the result; the verdicts that it shows."""
        self.talk.says("check my eligibility").asked(GOAL)
        self._answer(GOAL, person["goal"], {})
        for question, answer in person["answers"].items():
            # An answer is answered with the next question, and with nothing that was not asked.
            self.talk.asked(question).not_judged()
            self._answer(question, answer, person["typed"])
        self.talk.result(person["goal"])
        return shown(self.talk, self.bot)

    def _answer(self, question: str, answer: str | int, typed: dict[str, str]) -> None:
        if isinstance(answer, int):
            self.talk.says(str(answer))
            return
        label, payload = self._label(question, answer), f"{question}:{answer}"
        if self.way == "typing":
            self.talk.says(typed.get(question, label.upper()))
        elif self.way == "buttons" and payload in self.talk.payloads:
            self.talk.clicks(payload) if isinstance(self.talk, Phone) else self.talk.says(payload)
        else:
            # Where there are no buttons, a number stands for each.
            assert self.way == "numbers" or (isinstance(self.talk, Phone) and self.talk.platform == "twilio")
            self.talk.says(str(self._labels.index(label) + 1))

    def _label(self, question: str, answer: str) -> str:
        if answer == NOT_SURE:
            return self.bot.say("not_sure")
        quiz = self.bot.engine.quiz
        return quiz.goals[answer].label if question == GOAL else quiz.questions[question].options[answer].label

    @property
    def _labels(self) -> list[str]:
        if isinstance(self.talk, Phone):
            return self.talk.labels
        return [option.label for option in self.talk.replies[-1].options]


def shown(talk: Talk, bot: Bot) -> dict[str, str]:
    """Every verdict that a result says, by outcome."""
    cases = [(name, case) for name, outcome in bot.engine.quiz.outcomes.items() for case in outcome.cases]
    return {name: case.verdict for name, case in cases if f"{_named(bot, name, case.label)}: {case.says}" in talk.text}


def _named(bot: Bot, outcome: str, label: str | None) -> str:
    name = bot.engine.quiz.outcomes[outcome].name
    return f"{name} ({label})" if label else name


def decided(bot: Bot, person: dict[str, Any]) -> dict[str, str]:
    """What the engine decides without any talk."""
    goal = bot.engine.quiz.goals[person["goal"]]
    decisions = {name: bot.engine.decide(name, person["answers"]) for name in (*goal.outcomes, *goal.shows)}
    return {name: decision.case.verdict for name, decision in decisions.items() if decision.case}
