"""Closing the bot: while a file is there, people are told that it takes no messages, and nothing else changes."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path


class Closing:
    """The file that closes the bot; who, when and why stand in it for the staff."""

    def __init__(self, path: Path) -> None:
        """Take where it is; all servers of the bot look at the same place."""
        self.path = path

    def since(self) -> float | None:
        """When the bot was closed; None while it is open."""
        try:
            return self.path.stat().st_mtime
        except FileNotFoundError:
            return None

    def note(self) -> str:
        """What whoever closed the bot left for the others."""
        return self.path.read_text(encoding="utf-8").strip() if self.path.exists() else ""

    def close(self, by: str, note: str) -> None:
        """Close the bot at once; people who are being answered get their answers."""
        at = datetime.now(timezone.utc).isoformat(timespec="seconds")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(": ".join(filter(None, (f"{at} by {by}", note))) + "\n", encoding="utf-8")

    def open(self) -> bool:
        """Open it again; False where it was open."""
        is_closed = self.path.exists()
        self.path.unlink(missing_ok=True)
        return is_closed
