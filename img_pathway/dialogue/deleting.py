"""Deleting all that is kept of a person: what is removed, and whether it was."""

from __future__ import annotations

from dataclasses import replace

from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.clicks import DELETE_ALL
from img_pathway.reply import Option, Reply


def offer(bot: Bot, way_back: Reply) -> Reply:
    """What would be removed, with the one option that does it, and those of a `way_back`."""
    said = bot.say("delete_offer", name=bot.organization.name, email=bot.organization.contact.email)
    offered = Reply(text=(said,)).then(how(bot))
    return replace(offered, options=(*offered.options, *way_back.options))


def how(bot: Bot) -> Reply:
    """How it is done; a mere "yes" is too little for what cannot be undone."""
    label = bot.say("delete_option")
    return Reply(text=(bot.say("delete_how", option=label),), options=(Option(label, DELETE_ALL, "delete/all"),))


def deleted(bot: Bot) -> Reply:
    """All of it is gone."""
    return Reply(text=(bot.say("deleted"),))


def not_deleted(bot: Bot) -> Reply:
    """It is still there, and what to do."""
    return Reply(text=(bot.say("not_deleted", email=bot.organization.contact.email),))
