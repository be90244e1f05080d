"""Enquiries for the staff, in the terminal and as a table for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import datetime, timezone
from typing import TextIO

from img_pathway.enquiry.store import Enquiry, EnquiryStore
from img_pathway.enquiry.words import FIELDS

_TOLD = tuple(name for name in FIELDS if name not in ("profile", "consent"))
# A cell that begins with one of these is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def listed(store: EnquiryStore, *, open_only: bool) -> str:
    """A line for each, newest first."""
    lines = [
        f"{e.id}  {_day(e.created)}  {e.channel:<10} {'handled' if e.handled else 'open':<8} {e.told.get('name', '')}"
        for e in store.all(open_only=open_only)
    ]
    waiting = store.waiting()
    if waiting:
        lines.append(f"{waiting} still to be delivered; see .state/log/outbox.log.")
    return "\n".join(lines) or "No enquiries."


def shown(enquiry: Enquiry) -> str:
    """All of one enquiry."""
    handled = f"{_day(enquiry.handled)} by {enquiry.handled_by}" if enquiry.handled else "not yet"
    lines = [f"Enquiry {enquiry.id} of {_day(enquiry.created)} by {enquiry.channel}", f"handled: {handled}"]
    lines += [f"{name}: {value}" for name, value in enquiry.told.items()]
    lines += [f"quiz, {name}: {value}" for name, value in enquiry.profile.items()]
    return "\n".join([*lines, f"agreed to: {enquiry.consent}"])


def export(enquiries: Iterable[Enquiry], out: TextIO) -> None:
    """Comma-separated values in which no cell is a formula."""
    table = csv.writer(out)
    table.writerow(["id", "date", "channel", "handled", *_TOLD, "quiz"])
    for enquiry in enquiries:
        quiz = "; ".join(f"{name}: {value}" for name, value in enquiry.profile.items())
        handled = _day(enquiry.handled) if enquiry.handled else ""
        told = [enquiry.told.get(name, "") for name in _TOLD]
        table.writerow(map(_cell, [enquiry.id, _day(enquiry.created), enquiry.channel, handled, *told, quiz]))


def _cell(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value


def _day(at: float) -> str:
    return f"{datetime.fromtimestamp(at, timezone.utc):%Y-%m-%d}"
