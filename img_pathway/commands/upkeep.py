"""Keeping facts fresh and teaching the bot: stale, verify, teach."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from img_pathway.commands.shared import Add
from img_pathway.serve.settings import Settings


def register(add: Add) -> None:
    """Add the commands."""
    looking = add("stale", stale, "Facts that need a fresh look: season passed, old, or undated; with their sources.")
    looking.add_argument("--all", action="store_true", help="every one of them")
    looking.add_argument("--fail", action="store_true", help="exit status 1 where a season has passed or a fact is old")
    verifying = add("verify", verify, "Note that you have compared a fact with its sources.")
    verifying.add_argument("fact", help="the fact's id, as `stale` and `explain --all` show it")
    verifying.add_argument("--by", required=True, metavar="NAME", help="who has looked")
    verifying.add_argument("--on", metavar="DATE", help="when, such as 2026-11-22 (today if left out)")
    teaching = add("teach", teach, "Teach the bot one more way of asking.")
    teaching.add_argument("phrase", help="what somebody may write, in quotes")
    teaching.add_argument("label", help="an intent, ask/…, faq/…, or the id of a fact that answers it")


def stale(settings: Settings, options: argparse.Namespace) -> int:
    """List them."""
    from img_pathway.staff.freshness import URGENT, listed, open_dates
    from img_pathway.staff.freshness import stale as find

    for line in open_dates(settings.data, date.today()):
        print(line)
    found = find(settings.data, date.today())
    for line in listed(found, every=options.all):
        print(line)
    if not found:
        print("All facts are fresh.")
    return int(options.fail and any(item.why in URGENT for item in found))


def verify(settings: Settings, options: argparse.Namespace) -> int:
    """Write the note."""
    from img_pathway.staff.verifying import verify as note

    try:
        on = date.fromisoformat(options.on) if options.on else date.today()
    except ValueError:
        print(f'"{options.on}" is no day. Write it as {date.today()}.', file=sys.stderr)
        return 1
    if on > date.today():
        print(f"{on} is still to come.", file=sys.stderr)
        return 1
    try:
        place = note(settings.root, options.fact, options.by.strip(), on)
    except LookupError as error:
        print(error.args[0], file=sys.stderr)
        return 1
    print(f"{place}: {options.fact} is checked by {options.by.strip()} on {on}. Nothing else was changed.")
    return 0


def teach(settings: Settings, options: argparse.Namespace) -> int:
    """Add an example, and show what it leads to."""
    from img_pathway.dialogue.bot import load_bot
    from img_pathway.staff.answer_now import answer_now
    from img_pathway.staff.teaching import Refused, label_of
    from img_pathway.staff.teaching import teach as add_example
    from img_pathway.staff.training_data import read_training_data

    bot = load_bot(settings.data, date.today())
    try:
        label, why = label_of(bot, read_training_data(settings.root), options.label)
        lesson = add_example(settings.root, bot, options.phrase, label)
    except Refused as reason:
        print(reason, file=sys.stderr)
        return 1
    if why:
        print(why)
    print(f"{lesson.place}: one more example of {label}.")
    if lesson.also_changed:
        lines = ", ".join(map(str, lesson.also_changed))
        print(f"The count of examples at the top of the file was changed too (line {lines}).")
    for warning in lesson.warnings:
        print(f"Beware: {warning}")
    print(f"\nTo this the bot says:\n\n{answer_now(settings.root, bot, options.phrase, label)}\n")
    print("It has not learned it yet: `img-pathway publish` trains, tries and takes it to people (docs/staff.md).")
    return 0
