"""What a person typed, as text that Rasa takes for text, and how long it may be."""

from __future__ import annotations

import unicodedata

# Characters. No other part limits the length of a message again.
LONGEST_TEXT = 1000
# Rasa obeys what begins with "/" ("/restart", "/intent{…}"). This mark before it cannot be seen, and is not stripped.
_MARK = "\u2060"


def clean(text: str) -> str:
    """Text without control characters and halves of characters, which databases and screens choke on."""
    kept = (c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs") else " " for c in text)
    return "".join(kept).strip()


def is_too_long(text: str) -> bool:
    """Return True where a text is longer than the bot reads, as it is typed or as it is read.

    Reading starts with compatibility normalization, which makes 18 characters of U+FDFA.
    """
    return len(text) > LONGEST_TEXT or len(unicodedata.normalize("NFKC", text)) > LONGEST_TEXT


def as_text(text: str) -> str:
    """Cleaned text that Rasa never takes for a command."""
    text = clean(text)
    return _MARK + text if text.startswith("/") else text


def shown(text: str) -> str:
    """The text as the person wrote it."""
    return text.removeprefix(_MARK)
