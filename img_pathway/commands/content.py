"""Looking at the content: check, explain, side-by-side, quiz."""

from __future__ import annotations

import argparse

from img_pathway.commands.shared import Add, in_order
from img_pathway.serve.settings import Settings


def register(add: Add) -> None:
    """Add the commands."""
    add("check", check, "Check all content and training data.")
    one = add("explain", explain, "What the bot knows of a topic.")
    one.add_argument("topic", nargs="+", help='topic or other name, such as residency or "step 2 ck"')
    one.add_argument("--all", action="store_true", help="every fact, with its id, date and sources")
    several = add("side-by-side", side_by_side, "Topics side by side.")
    several.add_argument("topics", nargs="+", metavar="TOPIC", help="two to four topics")
    add("quiz", quiz, "Take the quiz in the terminal, without Rasa.")


def check(settings: Settings, options: argparse.Namespace) -> int:
    """Say what is wrong and what deserves notice."""
    from img_pathway.staff.check import notices

    if not in_order(settings):
        return 1
    for notice in notices(settings.root):
        print(notice)
    print("All content and training data are in order.")
    return 0


def explain(settings: Settings, options: argparse.Namespace) -> int:
    """Show a topic."""
    from img_pathway.staff import terminal

    return terminal.explain(settings.data, " ".join(options.topic), every=options.all)


def side_by_side(settings: Settings, options: argparse.Namespace) -> int:
    """Show topics beside each other."""
    from img_pathway.staff import terminal

    return terminal.compare(settings.data, options.topics)


def quiz(settings: Settings, options: argparse.Namespace) -> int:
    """Ask, and show the result."""
    from img_pathway.staff import terminal

    return terminal.quiz(settings.data)
