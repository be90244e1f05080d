"""Welcome, menu, contact, and what to say to a message that was not understood, only half, or answered to no avail."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from img_pathway.dialogue import deleting
from img_pathway.dialogue.answers import common_options
from img_pathway.dialogue.asking import Context
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.clicks import DELETE_ALL
from img_pathway.dialogue.labels import ASK, FAQ, intent_of
from img_pathway.dialogue.languages import said_in
from img_pathway.dialogue.looking_up import MOST_OPTIONS, about, about_topic, check_me, gist_of, ids_of
from img_pathway.dialogue.routing import language_of
from img_pathway.dialogue.understood import Guess, Understood
from img_pathway.knowledge.text import normalize
from img_pathway.reply import Option, Reply

# After this many misses in a row a person is offered.
_PATIENCE = 2
# A topic is said to be meant if guesses that together hold this probability are about it.
_MEANT = 0.5


def welcome(bot: Bot) -> Reply:
    """What the bot can do, with a first thing to pick."""
    known = bot.knowledge.topics
    topics = [(t, known[t].name) for t in ("clerkship", "residency") if t in known]
    options = [check_me(bot), *(about_topic(bot, topic, name) for topic, name in topics)]
    return Reply(text=(bot.say("menu"),), options=tuple(options), basis=("help/menu",))


def menu(bot: Bot) -> Reply:
    """The welcome for people who have read no notice before it, in which a demonstration is called one."""
    reply = welcome(bot)
    return replace(reply, text=(*reply.text, *_demo(bot)))


def menu_or_agreed(bot: Bot, label: str, offered: Collection[str]) -> Reply:
    """The menu; to who says yes to deleting, once more how it is done: a bare "yes" is too little for that."""
    return deleting.how(bot) if label == "affirm" and DELETE_ALL in offered else menu(bot)


def in_their_language(bot: Bot, heard: Understood) -> Reply:
    """Where help is, in the language that a message is to be answered in; nothing where that is English."""
    language = bot.languages.get(language_of(heard))
    return Reply(text=(said_in(language, heard.label, bot.organization),)) if language else Reply()


def _demo(bot: Bot) -> tuple[str, ...]:
    return (bot.say("demo"),) if bot.organization.example else ()


def closed(bot: Bot) -> Reply:
    """What people are told while the staff have closed the bot."""
    org = bot.organization
    return Reply(text=(bot.say("closed", name=org.name, email=org.contact.email),))


def contact(bot: Bot) -> Reply:
    """How to reach a person at the organization."""
    org = bot.organization
    said = bot.say(
        "contact",
        name=org.name,
        email=org.contact.email,
        phone=org.contact.phone,
        hours=org.contact.hours,
        page=org.contact.page,
    )
    return Reply(text=(said, *_demo(bot)), basis=("help/contact",))


def not_understood(bot: Bot, heard: Understood, context: Context, misses: int) -> tuple[Reply, Context | None]:
    """Half understood: two or three things it may mean; else what the bot can do; twice in a row, a person."""
    if not normalize(heard.text):
        return Reply(text=(bot.say("empty"),), options=menu(bot).options), None
    options = tuple(_nearest(bot, heard, context)) if heard.band == "ask" else ()
    if options:
        reply, found = _did_you_mean(bot, heard, options)
        if misses < _PATIENCE:
            return reply, found
        person = Reply(text=(bot.say("not_understood_twice"),)).then(contact(bot))
        return replace(reply.then(person), options=options), found
    if misses >= _PATIENCE:
        said = contact(bot)
        return Reply(text=(bot.say("not_understood_twice"), *said.text), options=menu(bot).options), None
    return Reply(text=(bot.say("not_understood_nothing"),), options=menu(bot).options), None


def did_not_help(bot: Bot, before: Understood, context: Context) -> Reply:
    """Sorry, a person to contact, and what the message that was answered may have meant instead."""
    parts = before.parts or (before,)
    answered = {part.label for part in parts}
    # Nobody is asked whether they hold a belief that was not the first guess.
    beliefs = {f"{FAQ}/{id_}" for id_, faq in bot.knowledge.faq.items() if faq.verdict}
    guesses = tuple(g for part in parts for g in part.guesses if g.label not in answered and g.label not in beliefs)
    was_a_question = intent_of(before.label) in (ASK, FAQ) or before.band == "ask"
    others = _nearest(bot, replace(before, guesses=guesses), context, context.attribute) if was_a_question else []
    options = tuple(option for option in others if normalize(option.label) != normalize(before.text))
    last = "did_you_mean" if options else "in_other_words"
    return Reply(text=(bot.say("not_helped"), *contact(bot).text, bot.say(last)), options=options)


def _did_you_mean(bot: Bot, heard: Understood, options: tuple[Option, ...]) -> tuple[Reply, Context | None]:
    """Where the topic is plain, what belongs in every answer on it is said with the question."""
    topic = _topic_meant(bot, heard)
    gist = gist_of(bot, topic) if topic else []
    if not topic or not gist:
        return Reply(text=(bot.say("not_understood"),), options=options), None
    text = (" ".join(fact.says for fact in gist), bot.say("did_you_mean"))
    return Reply(text=text, sources=bot.cite(gist), options=options, basis=ids_of(gist)), Context(
        (topic,), "what", (topic,)
    )


def _topic_meant(bot: Bot, heard: Understood) -> str | None:
    weights: dict[str, float] = {}
    for guess in heard.guesses:
        if guess.intent == FAQ and guess.detail in bot.knowledge.faq:
            about = bot.knowledge.faq[guess.detail].topic
            weights[about] = weights.get(about, 0.0) + guess.probability
    topic = max(weights, key=lambda id_: weights[id_], default=None)
    return topic if topic and weights[topic] >= _MEANT else None


def _nearest(bot: Bot, heard: Understood, context: Context, known: str | None = None) -> list[Option]:
    """What the guesses ask, likeliest first; what a topic is only where nothing else is left to offer.

    Of the topic that is named or was spoken of, the attribute `known` is not offered again.
    """
    topics = [m.id for m in bot.mentions.topics(heard.text)] or list(context.topics[:1])
    options: list[Option] = []
    for guess in heard.guesses:
        options += common_options(bot, [guess]) or _of_topic(bot, topics, guess, known)
    options += [] if options else _of_topic(bot, topics, Guess(f"{ASK}/what", 0.0), known)
    return list(dict.fromkeys(options))[:MOST_OPTIONS]


def _of_topic(bot: Bot, topics: Sequence[str], guess: Guess, known: str | None) -> list[Option]:
    is_open = guess.intent == ASK and guess.detail not in (known, "")
    return [about(bot, t, guess.detail) for t in topics[:1] if is_open and bot.knowledge.facts_about(t, guess.detail)]
