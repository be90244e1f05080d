"""What is kept of a story: it is said back at once, and what does not go with an earlier answer is asked about."""

from __future__ import annotations

from dataclasses import dataclass, replace

from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.clicks import change
from img_pathway.dialogue.listening import is_of_another
from img_pathway.quiz.engine import is_settled
from img_pathway.quiz.model import NOT_SURE
from img_pathway.quiz.reader import Story
from img_pathway.quiz.state import Answer, State
from img_pathway.reply import Given, Reply


@dataclass(frozen=True)
class Kept:
    """The record after a story, and what is to be said of it."""

    state: State
    about: str = ""
    """A sentence on the person of whom it is told; empty where that is no news."""
    noted: tuple[str, ...] = ()
    """Questions whose answers were taken."""
    doubts: tuple[str, ...] = ()
    """Sentences on what does not go with an earlier answer, which is asked about."""


def keep(bot: Bot, state: State, story: Story) -> Kept:
    """Return the record with all that a story tells; another person's is not kept."""
    if is_of_another(state, story):
        return Kept(state)
    about = ""
    if story.about and story.about != state.about:
        state, about = replace(state, about=story.about), bot.say("about", who=story.about)
    noted, doubts, wanted = [], [], state.wanted
    for question, new in story.answers.items():
        old = state.answers.get(question)
        answer = bot.reader.revise(question, old, new)
        if _contradicts(old, answer) and not story.corrects:
            said = [in_words(bot, question, one) for one in (old, answer) if one is not None]
            doubts.append(bot.say("contradiction", name=name_of(bot, question), before=said[0], now=said[1]))
            state, wanted = _either(bot, state, question, (old, answer)), wanted or question
            continue
        if answer != old:
            state = state.with_answer(question, answer)
        noted.append(question)
    return Kept(replace(bot.engine.without_idle_options(state), wanted=wanted), about, tuple(noted), tuple(doubts))


def said_back(bot: Bot, kept: Kept, *, as_list: bool) -> Reply:
    """Return what was kept, to be put right; as a list with a change for each, or in one line beside other text."""
    lines = [kept.about] if kept.about else []
    given = tuple(given_of(bot, question, kept.state.answers[question]) for question in kept.noted)
    if given and as_list:
        lines.append(bot.say("noted_list"))
    elif given:
        items = "; ".join(bot.say("answer_line", name=one.name, answer=one.answer) for one in given)
        lines.append(f"{bot.say('noted')} {items}. {bot.say('noted_change')}")
    return Reply(text=(*lines, *kept.doubts), answers=given if as_list else ())


def given_of(bot: Bot, question: str, answer: Answer) -> Given:
    """Return an answer with the click that changes it."""
    return Given(name_of(bot, question), in_words(bot, question, answer), change("", question).payload)


def name_of(bot: Bot, question: str) -> str:
    """Return how the list of answers calls a question."""
    return bot.engine.quiz.questions[question].name


def in_words(bot: Bot, question: str, answer: Answer) -> str:
    """Return an answer in words."""
    options = bot.engine.quiz.questions[question].options
    if answer == NOT_SURE:
        return bot.say("not_sure")
    if isinstance(answer, tuple):
        return bot.say("narrowed", answers=" / ".join(options[o].label for o in answer))
    return str(answer) if isinstance(answer, int) else options[answer].label


def _contradicts(old: Answer | None, new: Answer) -> bool:
    """Whether a settled answer and a new one cannot both be so."""
    if old is None or old == NOT_SURE or not is_settled(old) or new == NOT_SURE:
        return False
    return old not in new if isinstance(new, tuple) else old != new


def _either(bot: Bot, state: State, question: str, answers: tuple[Answer | None, Answer]) -> State:
    """The record with both answers possible, so that the question is asked with those alone; a year stays."""
    options = bot.engine.quiz.questions[question].options
    said = {one for answer in answers for one in (answer if isinstance(answer, tuple) else (answer,))}
    both = tuple(option for option in options if option in said)
    return state.with_answer(question, both) if both else state
