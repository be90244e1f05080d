"""What a message is to the question of the quiz that is open, read once, so that routing can decide."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.changes import supposed, would_change
from img_pathway.dialogue.labels import START
from img_pathway.dialogue.plan_shown import PlanShown
from img_pathway.dialogue.routing import Open
from img_pathway.dialogue.understood import Understood
from img_pathway.quiz.model import NOT_SURE
from img_pathway.quiz.reader import Story
from img_pathway.quiz.state import Answer, State

# Where the first thought of a message ends.
_FIRST = re.compile(r"[.;,!\n]")
GOAL = "goal"
UNSURE = "unsure"


def listen(bot: Bot, state: State, heard: Understood, *, is_asking: bool) -> Open:
    """Return what a message is to the quiz; `is_asking` says whether a question of it is open."""
    reader, text = bot.reader, heard.text
    told = _of_the_record(bot, state, heard)
    if not is_asking and (found := _found_out(bot, state, text)):
        told = replace(told, answers={**told.answers, **found})
    as_supposed = supposed(bot, state, told)
    open_ = Open(
        "start",
        command=reader.command(text) or ("change" if reader.starts_change(text) else ""),
        told=told,
        supposed=as_supposed is not None,
        would_change=would_change(bot, state, as_supposed),
        recorded=bool(state.goal and state.answers),
        of_another=is_of_another(state, told),
        an_option=reader.is_an_option(text) and not heard.words.topics,
    )
    if not is_asking or state.asked is None:
        goal = reader.goal_in(text) if heard.label == START else reader.goal_asked(text)
        return replace(open_, goal=goal or "")
    if state.asked == GOAL:
        return replace(open_, what="goal", goal=_goal(bot, heard) or "")
    shown = shown_options(bot, state, state.asked)
    among = reader.pick(state.asked, text, shown)
    if told.answers and state.asked not in told.answers and not is_of_another(state, told):
        # Who tells more has answered first: "both steps. oet ok too, waiting for the certificate".
        first = reader.pick(state.asked, _FIRST.split(text.strip(), maxsplit=1)[0], shown)
        if first is not None and first != NOT_SURE:
            told = replace(told, answers={**told.answers, state.asked: first})
    return replace(
        open_,
        what="question",
        picked=reader.pick_exactly(state.asked, text, shown),
        among=among,
        told=_narrowed(bot, told, state.asked, among),
    )


def _of_the_record(bot: Bot, state: State, heard: Understood) -> Story:
    """What is told, as it is meant where a record is open: of a resident "I matched" tells nothing of this season."""
    told = heard.told
    if not state.answers or told.about not in (None, state.about) or not (told.answers or state.about):
        return told
    return bot.reader.story(heard.text, state.answers, state.about)


def is_of_another(state: State, told: Story) -> bool:
    """Return whether something is told of somebody else than the person whose record is open."""
    return bool(state.answers and told.answers) and told.about not in (None, state.about)


def shown_options(bot: Bot, state: State, question: str) -> list[str]:
    """Return the options of a question on offer: those that may apply, and that a story has left possible."""
    left, offered = state.answers.get(question), bot.engine.offered(question, state.answers)
    return [o for o in offered if not isinstance(left, tuple) or o in left]


def _goal(bot: Bot, heard: Understood) -> str | None:
    reader, text = bot.reader, heard.text
    if not heard.told.answers and reader.opens_a_question(text):
        return None
    if reader.is_not_sure(text):
        return UNSURE
    return None if heard.told.answers else reader.goal(text) or reader.goal_in(text)


def _narrowed(bot: Bot, told: Story, asked: str, among: Answer | None) -> Story:
    """What is told, in the light of the option that is named among the words for the question that is open.

    Of several that are told, it is that one; where it is none of them, the question is asked with both.
    """
    answer = told.answers.get(asked)
    if answer is None or not isinstance(among, str) or NOT_SURE in (among, answer) or isinstance(answer, int):
        return told
    possible = answer if isinstance(answer, tuple) else (answer,)
    if among not in possible:
        both = {among, *possible}
        options = bot.engine.quiz.questions[asked].options
        return replace(told, answers={**told.answers, asked: tuple(o for o in options if o in both)})
    return replace(told, answers={**told.answers, asked: among})


def _found_out(bot: Bot, state: State, text: str) -> Mapping[str, Answer]:
    """What naming a country answers, where the result has said that this is to be found out first."""
    if not state.verdicts or state.goal is None:
        return {}
    question = PlanShown(bot, state).following.question
    listed = bot.reader.listed(question, text) if question else None
    return {question: listed} if question and listed else {}
