"""The content that a server answers with: each folder is read once, so an edit goes live with a start or a release."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from img_pathway.content import day
from img_pathway.dialogue.bot import Bot, Content, bot_on, read_content
from img_pathway.enquiry.words import EnquiryWords, load_enquiry_words
from img_pathway.serve.releases import Releases

_LOG = logging.getLogger(__name__)
_LOOK_SECONDS = 1.0
# The folder that the server was started with, and the last releases: those of messages under way among them.
_MOST = 4
_memory: dict[Path, Remembered] = {}


@dataclass(frozen=True)
class Remembered:
    """What was read from a folder, and from its data/enquiry.yml."""

    content: Content
    enquiry: EnquiryWords


def remembered(folder: Path) -> Remembered:
    """The content of a folder, read at the first call; raises ContentError, and then nothing has changed."""
    found = _memory.get(folder)
    if found is None:
        data = folder / "data"
        enquiry = load_enquiry_words(data / "enquiry.yml")
        found = Remembered(read_content(data), enquiry)
        # Rules are checked when they are first put together.
        bot_on(found.content, day.today())
        # A release that is needed again is read again, for nobody edits it; the folder of the start never is.
        while len(_memory) >= _MOST:
            del _memory[list(_memory)[1]]
        _memory[folder] = found
    return found


def bot_of(folder: Path) -> Bot:
    """The bot over a folder's content, for today; raises ContentError where it was never read and is broken."""
    return bot_on(remembered(folder).content, day.today())


def read_ahead(releases: Releases, is_over: Callable[[], bool] = lambda: False) -> None:
    """Read each release as soon as it goes live, in a thread, so that no message waits for it.

    Chat servers load its model meanwhile, and only then send messages that are answered with it.
    """
    threading.Thread(target=_read_ahead, args=(releases, is_over), name="releases", daemon=True).start()


def _read_ahead(releases: Releases, is_over: Callable[[], bool]) -> None:
    read, pause = None, threading.Event()
    while not is_over():
        try:
            live = releases.live()
            if live and live != read:
                # Not tried again and again, since it is read when it is needed as well.
                read = live
                remembered(releases.folder(live))
        except Exception:
            _LOG.exception("The content of the published release cannot be read.")
        pause.wait(_LOOK_SECONDS)
