"""What people wrote and what became of it: inbox, story, report."""

from __future__ import annotations

import argparse
import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING

from img_pathway.commands.shared import Add, export_file
from img_pathway.serve.settings import Settings

if TYPE_CHECKING:
    import sqlalchemy as sa

_DAYS = 90


def register(add: Add) -> None:
    """Add the commands."""
    box = add("inbox", inbox, "What the bot did not understand, declined or asked back, and where the quiz was left.")
    _since(box)
    box.add_argument("--most", type=int, default=40, help="how many groups of messages (default 40)")
    telling = add("story", story, "A conversation as the draft of a story, to put the wrong turn right.")
    telling.add_argument("conversation", help="its name, as `inbox` shows it")
    telling.add_argument("--training", action="store_true", help="a story to learn from: intents and actions only")
    telling.add_argument("--to", metavar="FILE", help="write it to a new file")
    reporting = add("report", report, "Figures by week and channel: topics, what was understood, the quiz, enquiries.")
    _since(reporting)
    reporting.add_argument("--html", metavar="FILE", help="write a page with drawings")


def inbox(settings: Settings, options: argparse.Namespace) -> int:
    """List what was missed."""
    from img_pathway.channels.talks import read_talks
    from img_pathway.dialogue.bot import load_bot
    from img_pathway.staff.inbox import inbox as collect
    from img_pathway.staff.inbox import listed

    found = collect(read_talks(_database(settings), options.since), load_bot(settings.data, date.today()))
    for line in listed(found, options.most):
        print(line)
    if not found.missed and not found.left_at:
        print("Nothing was missed.")
    return 0


def story(settings: Settings, options: argparse.Namespace) -> int:
    """Print a draft, or write it to a new file."""
    from img_pathway.channels.talks import read_talk
    from img_pathway.dialogue.bot import load_bot
    from img_pathway.staff.story_draft import draft

    talk = read_talk(_database(settings), options.conversation)
    if not talk:
        print(f"There is no conversation {options.conversation}. `img-pathway inbox` shows names.", file=sys.stderr)
        return 1
    text = draft(talk, load_bot(settings.data, date.today()), training=options.training)
    if not options.to:
        print(text, end="")
        return 0
    try:
        with export_file(settings, options.to, "x") as file:
            file.write(text)
    except FileExistsError as error:
        print(f"{error.filename} is there already. Name another file.", file=sys.stderr)
        return 1
    print(f"Written to {file.name}.")
    return 0


def report(settings: Settings, options: argparse.Namespace) -> int:
    """Print tables, or write a page."""
    from img_pathway.channels.talks import read_talks
    from img_pathway.commands.people import enquiry_store
    from img_pathway.dialogue.bot import load_bot
    from img_pathway.staff.figures import figures
    from img_pathway.staff.report import as_html, as_text

    talks = read_talks(_database(settings), options.since)
    bot = load_bot(settings.data, date.today())
    found = figures(talks, enquiry_store(settings).all(), bot, options.since)
    if not options.html:
        print(as_text(found))
        return 0
    with export_file(settings, options.html) as file:
        file.write(as_html(found))
    print(f"Written to {file.name}.")
    return 0


def _since(parser: argparse.ArgumentParser) -> None:
    start = date.today() - timedelta(days=_DAYS)
    text = f"first day, such as {start} (the last {_DAYS} days if left out)"
    parser.add_argument("--since", type=date.fromisoformat, default=start, metavar="DATE", help=text)


def _database(settings: Settings) -> sa.engine.Engine:
    from img_pathway.database.connect import migrated

    return migrated(settings.root)
