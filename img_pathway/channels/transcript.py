"""A conversation as a file to keep or to print; the whole of it, but never all of it at once in memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from html import escape

from img_pathway.channels.talks import JsonReply, Turn
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.plain import to_text
from img_pathway.reply import Reply

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}"
    "h2{font-size:1rem;margin:1.5rem 0 .25rem}p{margin:.25rem 0;white-space:pre-wrap}"
)


Pages = AsyncIterator[list[Turn]]


async def as_text(bot: Bot, pages: Pages) -> AsyncIterator[str]:
    """The transcript as plain text, piece by piece."""
    yield f"{_title(bot)}\n\n{bot.say('no_promise')}\n"
    async for page in pages:
        yield await asyncio.to_thread(_page_as_text, bot, page)


async def as_html(bot: Bot, pages: Pages) -> AsyncIterator[str]:
    """The transcript as a page that needs nothing else, piece by piece."""
    title = escape(_title(bot))
    yield (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
        f"</head><body><h1>{title}</h1><p>{escape(bot.say('no_promise'))}</p>"
    )
    async for page in pages:
        yield await asyncio.to_thread(_page_as_html, bot, page)
    yield "</body></html>"


def _page_as_text(bot: Bot, page: list[Turn]) -> str:
    blocks = []
    for turn in page:
        blocks.append(f"{bot.say('you')}: {turn.shown}")
        blocks += [f"{bot.organization.bot_name}: {_said(bot, reply)}" for reply in turn.replies]
    return "".join(f"\n{block}\n" for block in blocks)


def _page_as_html(bot: Bot, page: list[Turn]) -> str:
    parts = []
    for turn in page:
        parts.append(f"<h2>{escape(bot.say('you'))}</h2><p>{escape(turn.shown)}</p>")
        said = "".join(f"<p>{escape(_said(bot, reply))}</p>" for reply in turn.replies)
        parts.append(f"<h2>{escape(bot.organization.bot_name)}</h2>{said}")
    return "".join(parts)


def _title(bot: Bot) -> str:
    return bot.say("transcript_title", bot=bot.organization.bot_name, name=bot.organization.name, date=bot.today)


def _said(bot: Bot, reply: JsonReply) -> str:
    return to_text(Reply.from_dict(reply), bot.say)
