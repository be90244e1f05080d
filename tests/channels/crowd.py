"""Many people at once, each with a quiz of their own, over all platforms."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from img_pathway.dialogue.bot import Bot
from tests.channels.fakes import Taken
from tests.channels.phones import Phone
from tests.channels.taking import PEOPLE, WAYS, Taker, decided


@dataclass(frozen=True)
class Ended:
    """One person's quiz: who, how, the verdicts and all that the person was sent."""

    person: str
    platform: str
    way: str
    verdicts: dict[str, str]
    taken: tuple[Taken, ...]


def crowd(phones: list[Phone], bot: Bot) -> list[Ended]:
    """All people take the quiz at once: neighbors are other people, on other platforms, by other ways."""

    def take(number: int) -> Ended:
        phone = phones[number]
        name, way = list(PEOPLE)[number // 4 % len(PEOPLE)], WAYS[number // 8 % len(WAYS)]
        verdicts = Taker(phone, bot, way).take(PEOPLE[name])
        return Ended(name, phone.platform, way, verdicts, tuple(phone.settles()))

    with ThreadPoolExecutor(len(phones)) as pool:
        return list(pool.map(take, range(len(phones))))


def wrong_verdicts(ended: Iterable[Ended], bot: Bot) -> list[Ended]:
    """People who were told something else than the engine decides."""
    right = {name: decided(bot, person) for name, person in PEOPLE.items()}
    return [one for one in ended if one.verdicts != right[one.person]]


def odd_ones(ended: Iterable[Ended]) -> list[Ended]:
    """People who were sent anything more, less or else than the first one with the same quiz, platform and way."""
    first: dict[tuple[str, str, str], Any] = {}
    found = []
    for one in ended:
        sent = [(taken.text, taken.options) for taken in one.taken]
        if first.setdefault((one.person, one.platform, one.way), sent) != sent:
            found.append(one)
    return found
