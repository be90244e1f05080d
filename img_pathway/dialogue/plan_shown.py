"""The plan as it is said: each step in the words for this person, with the dates of a season that can be theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.clicks import change
from img_pathway.quiz.logic import Truth
from img_pathway.quiz.model import NOT_SURE
from img_pathway.quiz.outlook import Found, outlook
from img_pathway.quiz.plan import NextStep, Station, in_order, next_step, plan_of
from img_pathway.quiz.state import State
from img_pathway.reply import Option, PlanStep, StepState

_STATES: Mapping[Truth, StepState] = {Truth.YES: "done", Truth.NO: "ahead", Truth.UNKNOWN: "unknown"}


@dataclass(frozen=True)
class Told:
    """Something that the result says beside the verdicts, and the facts and dates that it rests on."""

    lines: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()


class PlanShown:
    """The plan of one person for their goal."""

    def __init__(self, bot: Bot, state: State) -> None:
        """Work the plan out; raises KeyError where there is no goal."""
        self.bot, self.quiz, self.state = bot, bot.engine.quiz, state
        self.goal = self.quiz.goals[state.goal or ""]
        self.known = bot.engine.known(state.answers)
        self.plan: Sequence[Station] = plan_of(bot.engine, state.goal or "", state.answers)
        self.following: NextStep = next_step(bot.engine, self.plan, state.answers)
        self.outlook: Found = outlook(bot.engine, self.plan, state.answers)

    def season(self) -> Told:
        """Return which Match year is realistic, and why."""
        found = self.outlook
        return Told((found.says,), found.facts, found.dates) if self.goal.season and found.says else Told()

    def steps(self) -> tuple[tuple[PlanStep, ...], Told]:
        """Return the steps as they are shown, and what those rest on that are not done."""
        order = in_order(self.plan, self.following.step)
        open_steps = {station.step for station in self.plan if station.done is Truth.NO}
        # Where something has to be found out first, nobody knows whether the person is there.
        here = self.following.step if self.following.question is None else None
        states: list[StepState] = ["here" if s.step == here else self._state(s, open_steps) for s in order]
        shown = tuple(
            PlanStep(self._text(station), at, self.quiz.steps[station.step].takes)
            for station, at in zip(order, states, strict=True)
        )
        ahead = [station.step for station in order if station.done is not Truth.YES]
        facts = tuple(fact for step in ahead for fact in self.quiz.steps[step].facts)
        dates = [id_ for step in ahead for id_ in self.quiz.step_dates[step]] if self.outlook.this_season else []
        return shown, Told((), facts, tuple(dates))

    def next(self) -> Told:
        """Return the next step as it is said, with a button where it is a question that was not asked."""
        following = self.following
        if not self.goal.plan:
            return Told()
        if following.question:
            record = self.quiz.questions[following.question]
            if self.state.answers.get(following.question) == NOT_SURE:
                return Told((self.bot.say("next_find_out", question=record.name, how=record.unsure),))
            answer = change(self.bot.say("answer_option", question=record.name), following.question)
            return Told((self.bot.say("next_answer", asks=record.asks),), options=(answer,))
        if following.step is None:
            return Told((self.bot.say("all_done" if following.kind == "all_done" else "next_closed"),))
        says = self._text(Station(following.step, Truth.NO, Truth.YES))
        return Told((self.bot.say("next_wait" if following.kind == "wait" else "next_step", step=says),))

    def _state(self, station: Station, open_steps: Set[str]) -> StepState:
        record = self.quiz.steps[station.step]
        if station.done is Truth.UNKNOWN and record.waits and open_steps & set(record.after):
            # It cannot have come before what it waits for.
            return "ahead"
        # Whether it concerns the person is as unknown as whether it is done.
        return _STATES[station.done if station.needed is Truth.YES else Truth.UNKNOWN]

    def _text(self, station: Station) -> str:
        """What a step says to this person; the dates of the season where it is not done and they concern them."""
        record, rules = self.quiz.steps[station.step], self.quiz.variant_rules[station.step]
        fitting = (
            v.says for v, rule in zip(record.variants, rules, strict=True) if rule.truth(self.known) is Truth.YES
        )
        says = next(fitting, record.says)
        if station.done is Truth.YES or not self.outlook.this_season:
            return says
        return " ".join(filter(None, (says, record.this_season, self.quiz.late(station.step))))
