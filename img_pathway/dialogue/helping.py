"""Menu, contact, and the nearest topics for a message that was not understood."""

from __future__ import annotations

from img_pathway.dialogue.asking import Context
from img_pathway.dialogue.bot import Bot
from img_pathway.knowledge.text import normalize
from img_pathway.reply import Option, Reply

# After this many misses in a row a person is offered.
_PATIENCE = 2
_MOST_OFFERED = 3


def menu(bot: Bot) -> Reply:
    """What the bot can do, with a first thing to pick."""
    demo = (bot.say("demo"),) if bot.organization.example else ()
    topics = [bot.knowledge.topics[t].name for t in ("clerkship", "residency") if t in bot.knowledge.topics]
    options = [Option(bot.say("check_me"), bot.say("check_me"))]
    options += [Option(name, name) for name in topics]
    return Reply(text=(bot.say("menu"), *demo), options=tuple(options))


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
    return Reply(text=(said, *((bot.say("demo"),) if org.example else ())))


def not_understood(
    bot: Bot, text: str, ranking: list[str], context: Context, misses: int
) -> tuple[Reply, Context | None]:
    """Two or three nearest things to pick; after two misses in a row, a person as well."""
    if not normalize(text):
        return Reply(text=(bot.say("empty"),), options=menu(bot).options), None
    if misses >= _PATIENCE:
        said = contact(bot)
        return Reply(text=(bot.say("not_understood_twice"), *said.text), options=menu(bot).options), None
    options = _nearest(bot, text, ranking, context)
    if not options:
        return Reply(text=(bot.say("not_understood_nothing"),), options=menu(bot).options), None
    return Reply(text=(bot.say("not_understood"),), options=tuple(options)), None


def _nearest(bot: Bot, text: str, ranking: list[str], context: Context) -> list[Option]:
    topics = [m.id for m in bot.mentions.topics(text)] or list(context.topics[:1])
    guesses = [name.removeprefix("ask_") for name in ranking if name.startswith("ask_")]
    options: list[Option] = []
    for topic in topics[:2]:
        record = bot.knowledge.topics[topic]
        for attribute in [*guesses, "what"]:
            if attribute in bot.knowledge.attributes and bot.knowledge.facts_about(topic, attribute):
                label = bot.say("ask_attribute", topic=record.name, asked=bot.knowledge.attributes[attribute].asked)
                options.append(Option(label, label))
    beliefs = [name.removeprefix("belief_") for name in ranking[:3] if name.startswith("belief_")]
    options += [
        Option(bot.knowledge.beliefs[b].claim, bot.knowledge.beliefs[b].claim)
        for b in beliefs
        if b in bot.knowledge.beliefs
    ]
    return list(dict.fromkeys(options))[:_MOST_OFFERED]
