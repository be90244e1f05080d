"""Chromium, and a witness of what must never happen in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, sync_playwright

from img_pathway.channels.tokens import LIFETIME, now
from tests.channels.browserless import Visitor

# The first of them that there is. The shell is Chromium without its own windows, and needs half of the processor time.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Without a sandbox because tests often run as root in a container, where Chromium has none.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


Launch = Callable[..., Browser]


@contextmanager
def chromium() -> Iterator[Launch]:
    """Starts the system's Chromium, without a window; given flags are added."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    assert program, "There is no Chromium: sh scripts/programs.sh browser"
    with sync_playwright() as playwright:
        yield lambda *flags: playwright.chromium.launch(executable_path=program, args=[*FLAGS, *flags])


@dataclass
class Witness:
    """Sees every request, error and dialog of a context."""

    addresses: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """Uncaught errors, dialogs, and what a content policy had to stop."""

    def watch(self, context: BrowserContext) -> Witness:
        context.on("request", lambda request: self.addresses.append(request.url))
        context.on("weberror", lambda error: self.wrong.append(f"error: {error.error}"))
        context.on("dialog", self._on_dialog)
        context.on("console", self._on_console)
        return self

    def origins(self) -> set[str]:
        """Whom the pages asked for something over the network."""
        parts = [urlsplit(address) for address in self.addresses]
        return {f"{part.scheme}://{part.netloc}" for part in parts if part.scheme not in ("data", "blob", "about")}

    def _on_console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Refused to" in message.text:
            self.wrong.append(f"policy: {message.text}")

    def _on_dialog(self, dialog: Dialog) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()


def remembering(visitor: Visitor) -> Any:
    """What a browser keeps of a conversation."""
    held = {
        "token": visitor.token,
        "expires_at": (now() + LIFETIME).isoformat(),
        "since": (now() - timedelta(minutes=1)).isoformat(),
    }
    kept = [{"name": "img-pathway.session", "value": json.dumps(held)}]
    return {"cookies": [], "origins": [{"origin": visitor.running.settings.address, "localStorage": kept}]}
