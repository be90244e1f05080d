"""A conversation as a file to keep or to print."""

from __future__ import annotations

from html import escape

from img_pathway.channels.conversation import Exchange, JsonReply
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.plain import to_text
from img_pathway.reply import Reply

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}"
    "h2{font-size:1rem;margin:1.5rem 0 .25rem}p{margin:.25rem 0;white-space:pre-wrap}"
)


def as_text(bot: Bot, history: list[Exchange]) -> str:
    """The transcript as plain text."""
    blocks = [_title(bot), bot.say("no_promise")]
    for exchange in history:
        blocks.append(f"{bot.say('you')}: {exchange.text}")
        blocks += [f"{bot.organization.bot_name}: {_said(bot, reply)}" for reply in exchange.replies]
    return "\n\n".join(blocks) + "\n"


def as_html(bot: Bot, history: list[Exchange]) -> str:
    """The transcript as a page that needs nothing else."""
    parts = []
    for exchange in history:
        parts.append(f"<h2>{escape(bot.say('you'))}</h2><p>{escape(exchange.text)}</p>")
        said = "".join(f"<p>{escape(_said(bot, reply))}</p>" for reply in exchange.replies)
        parts.append(f"<h2>{escape(bot.organization.bot_name)}</h2>{said}")
    title = escape(_title(bot))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
        f"</head><body><h1>{title}</h1><p>{escape(bot.say('no_promise'))}</p>{''.join(parts)}</body></html>"
    )


def _title(bot: Bot) -> str:
    return bot.say("transcript_title", bot=bot.organization.bot_name, name=bot.organization.name, date=bot.today)


def _said(bot: Bot, reply: JsonReply) -> str:
    return to_text(Reply.from_dict(reply), bot.say)
