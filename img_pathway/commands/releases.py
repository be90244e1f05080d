"""What people talk to: compare, publish, rollback, models."""

from __future__ import annotations

import argparse
import getpass
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from img_pathway.commands.shared import Add, export_file, in_order, model_for, tell
from img_pathway.serve.settings import Settings

if TYPE_CHECKING:
    from img_pathway.staff.comparison import Comparison

_PORT = "port of the running bot, which is waited for (default 5005)"
# A running bot looks once a second and loads a model in some seconds, longer while it is busy.
_LONGEST_WAIT = 120


def register(add: Add) -> None:
    """Add the commands."""
    comparing = add("compare", compare, "Your folder beside what is live: what got better, what got worse.")
    comparing.add_argument("--html", metavar="FILE", help="also as a page with tables and drawings")
    publishing = add("publish", publish, "Make your folder what people talk to, if it holds all checks.")
    publishing.add_argument("--note", default="", help="what has changed, for the list of releases")
    back = add("rollback", rollback, "Go back to the release that was live before, or to the one that is named.")
    back.add_argument("release", nargs="?", help="its number, as `models` shows it")
    for parser in (publishing, back):
        parser.add_argument("--by", default=getpass.getuser(), help="who does it (your login if left out)")
        parser.add_argument("--port", type=int, default=5005, help=_PORT)
    add("models", models, "Releases: which is live since when, by whom, from which commit and data.")


def compare(settings: Settings, options: argparse.Namespace) -> int:
    """Show what differs; the status is 1 where it could not be published."""
    compared = _compared(settings)
    if compared is None:
        return 1
    found, _ = compared
    if options.html:
        from img_pathway.staff.comparison_page import as_html

        with export_file(settings, options.html) as file:
            file.write(as_html(found))
        print(f"\nWritten to {file.name}.")
    return 1 if found.complaints else 0


def publish(settings: Settings, options: argparse.Namespace) -> int:
    """Compare, and go live where nothing speaks against it."""
    from img_pathway.staff import publishing

    compared = _compared(settings)
    if compared is None:
        return 1
    found, model = compared
    if found.complaints:
        print("\nNothing was published. Mend what stands above, or take your change back.", file=sys.stderr)
        return 1
    release = publishing.publish(settings, model, found, options.by, options.note)
    print(f"\nRelease {release.name} is published.")
    return _wait_until_live(settings, release.name)


def rollback(settings: Settings, options: argparse.Namespace) -> int:
    """Go back."""
    from img_pathway.serve.releases import NoRelease, Releases

    releases = Releases(settings)
    try:
        change = releases.go_live(options.release or releases.before(), options.by, "rolled back")
    except NoRelease as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Back to release {change.release}. Your folder was not changed.")
    return _wait_until_live(settings, change.release)


def models(settings: Settings, options: argparse.Namespace) -> int:
    """List the releases, and what was done with them."""
    from img_pathway.serve.releases import Releases
    from img_pathway.serve.training import content_hash
    from img_pathway.staff.pages import Row, columns

    releases = Releases(settings)
    kept, live = releases.all(), releases.live()
    if not kept:
        print("Nothing was published yet; `run` starts with your folder. `img-pathway publish` makes a release of it.")
        return 0
    rows: list[Row] = [("", "release", "made", "by", "commit", "data", "right", "note")]
    for one in kept:
        mark, right = "live" if one.name == live else "", f"{100 * one.figures['right']:.1f} %"
        rows.append((mark, one.name, one.at, one.by, one.commit or "none", one.content, right, one.note))
    print(columns("Releases", rows))
    print()
    head: list[Row] = [("at", "release", "was", "by")]
    print(columns("History", [*head, *((c.at, c.release, c.did, c.by) for c in releases.changes()[-12:])]))
    same = [one.name for one in kept if one.content == content_hash(settings.root)]
    print(f"\nYour folder holds the data of release {same[-1]}." if same else "\nYour folder holds data not published.")
    return 0


def _compared(settings: Settings) -> tuple[Comparison, Path] | None:
    """The comparison with what is live and the model that was tried, after the whole check; None where that failed."""
    from img_pathway.serve.training import TrainingFailed
    from img_pathway.staff.comparison_page import as_text
    from img_pathway.staff.publishing import compare_with_live
    from img_pathway.staff.trial import TrialFailed

    tell("Checking content and training data, and asking Rasa … (half a minute)\n")
    if not in_order(settings, slow=True):
        return None
    try:
        model = model_for(settings)
        tell("Talking with your version, and with the one that is live … (a minute or two)\n")
        found = compare_with_live(settings, model, date.today())
    except (TrainingFailed, TrialFailed) as error:
        print(error, file=sys.stderr)
        return None
    print(as_text(found))
    return found, model


def _wait_until_live(settings: Settings, release: str) -> int:
    """Wait until a running bot answers with a release."""
    from img_pathway.serve.supervisor import port_in_use, release_at

    if not port_in_use(settings.port):
        print(f"No bot runs on port {settings.port}; the next start takes this release.")
        return 0
    if release_at(settings.address, release, _LONGEST_WAIT):
        print("The running bot answers with it; no conversation was interrupted.")
        return 0
    print(
        f"The bot on port {settings.port} has not taken it within {_LONGEST_WAIT} s and goes on as before. "
        f"The reason is in {settings.state / 'log' / 'rasa.log'}. (A bot that was started with --draft never does.)",
        file=sys.stderr,
    )
    return 1
