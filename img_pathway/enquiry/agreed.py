"""An enquiry that a person agreed to, on its way from the action to the chat server, which keeps it with the turn."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

# Where the bot's message carries it.
KEY = "enquiry"
# Read out on the phone: no letters and digits that are mistaken for each other.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 6


def draw_number() -> str:
    """Draw a number for an enquiry; one that is taken is refused when it is kept, and another one drawn then."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


@dataclass(frozen=True)
class Agreed:
    """What a person told, what the quiz knows of them if they agreed to that, and the sentence they agreed to."""

    told: Mapping[str, str]
    profile: Mapping[str, str]
    consent: str
    id: str = field(default_factory=draw_number)
