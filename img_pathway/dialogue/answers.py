"""Answers from the fact base: common questions, look-up, comparison, and what a person's own record says to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from img_pathway.dialogue.asking import Ask, Context, ask, ask_about
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.choosing import VERDICT, asked_beside
from img_pathway.dialogue.clicks import looked_up as looked_up_by
from img_pathway.dialogue.clicks import option
from img_pathway.dialogue.keeping import keep, said_back
from img_pathway.dialogue.labels import ASK, FAQ
from img_pathway.dialogue.limits import limits
from img_pathway.dialogue.looking_up import MOST_OPTIONS, ids_of, looked_up, suggestions, verdict_on
from img_pathway.dialogue.understood import Guess, Understood
from img_pathway.knowledge import Faq
from img_pathway.knowledge.text import fold
from img_pathway.quiz.state import Answer, State
from img_pathway.reply import Option, Reply

# Who asks whether they may is told what their own record says.
_MAY_I = re.compile(r"\b(?:can|may|could|am|do) i\b")
_MOST_REMEMBERED = 4
# Of the probability that a message is ours; what is left after that is noise.
_COVERED = 0.95


def answered(
    bot: Bot, heard: Understood, context: Context, state: State, *, is_asking: bool
) -> tuple[State, Reply, Context]:
    """The answer, with what a person tells of themselves in the question kept: the state after it comes first."""
    told, noted = heard.told, Reply()
    if told.first_person and told.answers:
        kept = keep(bot, state, told)
        state, noted = kept.state, said_back(bot, kept, as_list=False)
    reply, found = respond(bot, heard, context, state.answers)
    # Where a question of the quiz comes back, it is what waits for an answer.
    reply = replace(reply, asks_if_helped=reply.asks_if_helped and not is_asking)
    # What is kept is shown, so that it can be put right.
    return state, replace(reply.then(noted), options=reply.options) if noted.text else reply, found


def beside(bot: Bot, heard: Understood, context: Context, answers: Mapping[str, Answer]) -> Reply:
    """The answer to what a record asks beside ("… can I still do electives?"); nothing where it asks nothing."""
    label = asked_beside(heard)
    if label in ("", VERDICT):
        return verdict_asked(bot, heard.text, answers) if label else Reply()
    reply, _ = respond(bot, replace(heard, label=label, parts=()), context, answers)
    return replace(reply, options=(), asks_if_helped=False)


def respond(bot: Bot, heard: Understood, context: Context, answers: Mapping[str, Answer]) -> tuple[Reply, Context]:
    """The answer to all questions in a message, in order, and what the next turn may lean on."""
    reply = Reply(text=tuple(dict.fromkeys(bot.mentions.corrections(heard.text).values())))
    for number, question in enumerate(heard.parts or (heard,), 1):
        part, context = _respond_to_one(bot, question, context, answers)
        mark = Reply(text=(bot.say("question_number", number=number),)) if heard.parts else Reply()
        # What belongs in every answer on a topic is said once.
        news = tuple(line for line in part.text if line not in reply.text) or part.text
        reply = reply.then(mark).then(replace(part, text=news))
    more = (bot.say("more_questions"),) if heard.more else ()
    return replace(reply, text=(*reply.text, *more)), context


def _respond_to_one(
    bot: Bot, heard: Understood, context: Context, answers: Mapping[str, Answer]
) -> tuple[Reply, Context]:
    intent, _, detail = heard.label.partition("/")
    faq = bot.knowledge.faq.get(detail) if intent == FAQ else None
    if faq:
        # What stands on the button is what was said.
        heard = replace(heard, text=faq.asks, guesses=()) if heard.click else heard
        reply, found = _common_answer(bot, faq, heard, context)
        return verdict_asked(bot, heard.text, answers).then(reply), found
    attribute, topic = looked_up_by(heard.text) if heard.click else ("", "")
    if topic:
        asked = ask_about(topic, attribute, context, bot.knowledge)
        return _look_up(bot, asked, replace(heard, facts={}), context, answers)
    asked = ask(heard.text, detail if intent == ASK and detail else None, context, bot.mentions, bot.knowledge)
    if asked.leaning and not asked.topics and heard.facts:
        nearest, similarity = max(heard.facts.items(), key=lambda item: item[1])
        if similarity >= limits().fact_met and nearest in bot.knowledge.facts:
            asked = replace(asked, topics=(bot.knowledge.facts[nearest].topic,))
    return _look_up(bot, asked, heard, context, answers)


def verdict_asked(bot: Bot, text: str, answers: Mapping[str, Answer]) -> Reply:
    """What a person's own record says to "can I …"; nothing where they do not ask, or it decides nothing."""
    named = [mention.id for mention in bot.mentions.topics(text)]
    return (verdict_on(bot, named, answers) if _MAY_I.search(fold(text)) else None) or Reply()


def answer(
    bot: Bot, text: str, attribute: str | None, context: Context, answers: Mapping[str, Answer]
) -> tuple[Reply, Context]:
    """What is known of the topics of a text for an attribute, without any guess at what else it may mean."""
    asked = ask(text, attribute, context, bot.mentions, bot.knowledge)
    return _look_up(bot, asked, Understood(text), context, answers)


def _look_up(
    bot: Bot, asked: Ask, heard: Understood, context: Context, answers: Mapping[str, Answer]
) -> tuple[Reply, Context]:
    topics = asked.topics or context.topics
    found = Context(topics, asked.attribute if topics else context.attribute, _latest(topics, context))
    return looked_up(bot, asked, heard.facts, answers), found


def _common_answer(bot: Bot, faq: Faq, heard: Understood, context: Context) -> tuple[Reply, Context]:
    """The answer, and the next questions that people ask."""
    facts = bot.facts(faq.facts)
    # "And how much does it cost?" asks for the cost of what was named, else of what the answer was about.
    topics = tuple(mention.id for mention in bot.mentions.topics(heard.text))[:1] or (faq.topic,)
    others = common_options(bot, [g for g in _may_be_meant(heard) if bot.knowledge.faq.get(g.detail) is not faq])
    # Of the same topic, those first that rest on the same facts.
    near = [(id_, f) for id_, f in bot.knowledge.faq.items() if f.topic == faq.topic and f is not faq]
    near.sort(key=lambda item: -len(set(item[1].facts) & set(faq.facts)))
    neighbors = [asked_as(bot, id_) for id_, _ in near]
    return (
        Reply(
            text=_said(bot, faq, heard),
            sources=bot.cite(facts),
            options=tuple(dict.fromkeys((*others, *neighbors, *suggestions(bot, faq.topic, "what"))))[:MOST_OPTIONS],
            asks_if_helped=True,
            basis=(heard.label, *ids_of(facts)),
        ),
        Context(topics, "what", _latest(topics, context)),
    )


def _may_be_meant(heard: Understood) -> Iterator[Guess]:
    """The guesses that leave next to nothing unsaid, likeliest first: what was meant is among them, if it is ours."""
    covered = 0.0
    for guess in heard.guesses:
        if covered >= _COVERED * heard.in_scope:
            return
        covered += guess.probability
        yield guess


def _said(bot: Bot, faq: Faq, heard: Understood) -> tuple[str, ...]:
    """The answer; to a belief with its "No" only where the message is known to hold it, and not the contrary."""
    holds = any(guess.belief == "spoken" for guess in heard.guesses if guess.label == heard.label)
    if not faq.verdict or not (heard.click or heard.words.picked or holds):
        return faq.lines
    return (f"**{bot.say('belief_' + faq.verdict)} {faq.short}**", *faq.lines[1:])


def common_options(bot: Bot, guesses: Iterable[Guess]) -> list[Option]:
    """Common questions among guesses, in people's words, to pick."""
    found = [g.detail for g in guesses if g.intent == FAQ and g.detail in bot.knowledge.faq]
    return [asked_as(bot, id_) for id_ in found[:MOST_OPTIONS]]


def asked_as(bot: Bot, id_: str) -> Option:
    """A common question to pick; nobody is asked to hold a belief, only whether it is true."""
    faq = bot.knowledge.faq[id_]
    return option(bot.say("is_it_true", belief=faq.asks) if faq.verdict else faq.asks, FAQ, id_)


def _latest(topics: tuple[str, ...], context: Context) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*topics, *context.recent)))[:_MOST_REMEMBERED]
