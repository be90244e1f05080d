"""What people left: enquiries, and purging what need not be kept."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from img_pathway.commands.shared import Add, export_file
from img_pathway.serve.settings import Settings

if TYPE_CHECKING:
    from img_pathway.enquiry.store import EnquiryStore


def register(add: Add) -> None:
    """Add the commands."""
    listing = add("enquiries", enquiries, "Enquiries for rotations: list, show, export, mark, delete.")
    listing.add_argument("id", nargs="?", help="the number of an enquiry, to see all of it")
    listing.add_argument("--open", action="store_true", help="only those not handled yet")
    listing.add_argument("--csv", metavar="FILE", help="write a table for a spreadsheet")
    listing.add_argument("--handled-by", metavar="NAME", help="mark the enquiry as handled by you")
    listing.add_argument("--delete", action="store_true", help="remove the enquiry for good")
    purging = add("purge", purge, "Count, and with --yes remove, what is older than so many days.")
    purging.add_argument("--older-than", required=True, metavar="DAYS", help="such as 180d")
    purging.add_argument("--yes", action="store_true", help="remove it; without this nothing is changed")


def enquiries(settings: Settings, options: argparse.Namespace) -> int:
    """List, or do something with one."""
    from img_pathway.staff.enquiries import export, listed, shown

    store = enquiry_store(settings)
    if options.csv:
        with export_file(settings, options.csv, encoding="utf-8-sig") as file:
            export(store.all(open_only=options.open), file)
        print(f"Written to {file.name}.")
        return 0
    if not options.id:
        print(listed(store, open_only=options.open))
        return 0
    enquiry = store.get(options.id)
    if enquiry is None:
        print(f"There is no enquiry {options.id}. `img-pathway enquiries` lists them.", file=sys.stderr)
        return 1
    if options.delete:
        store.delete(id_=enquiry.id)
        print(f"Enquiry {enquiry.id} is deleted.")
    elif options.handled_by:
        store.handle(enquiry.id, options.handled_by)
        print(f"Enquiry {enquiry.id} is marked as handled by {options.handled_by}.")
    else:
        print(shown(enquiry))
    return 0


def purge(settings: Settings, options: argparse.Namespace) -> int:
    """Count, and remove where that is wanted."""
    from img_pathway.database.connect import migrated
    from img_pathway.staff.purge import days
    from img_pathway.staff.purge import purge as remove

    try:
        age = days(options.older_than)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    found = remove(migrated(settings.root), age, dry_run=not options.yes)
    done = "Removed" if options.yes else "To be removed (add --yes to do it)"
    print(f"{done}: {found.conversations} conversations, {found.enquiries} enquiries.")
    return 0


def enquiry_store(settings: Settings) -> EnquiryStore:
    """The enquiries in the database of the installation."""
    from img_pathway.database.connect import migrated
    from img_pathway.enquiry.store import EnquiryStore

    return EnquiryStore(migrated(settings.root))
