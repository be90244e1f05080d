"""The quiz on the website and on all platforms, by buttons, by numbers and by typing: one person, one verdict."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from img_pathway.dialogue.bot import Bot
from tests.channels.crowd import crowd, odd_ones, wrong_verdicts
from tests.channels.phones import PLATFORMS, Phone
from tests.channels.taking import PEOPLE, WAYS, Taker, decided
from tests.talking import Talk

pytestmark = pytest.mark.server
# The second person is long, so each channel takes it by one way, and every way is taken by some channel.
RUNS = [("watcher", channel, way) for channel in ("web", *PLATFORMS) for way in WAYS] + [
    ("without_pathway", channel, WAYS[i % 3]) for i, channel in enumerate(("web", *PLATFORMS))
]


@pytest.mark.parametrize(("name", "channel", "way"), RUNS)
def test_the_quiz_gives_the_same_verdicts_everywhere(
    name: str, channel: str, way: str, talk: Talk, phone_on: Callable[[str], Phone], bot: Bot
) -> None:
    person = PEOPLE[name]
    on = talk if channel == "web" else phone_on(channel)
    verdicts = Taker(on, bot, way).take(person)
    assert person["verdicts"].items() <= verdicts.items()
    assert verdicts == decided(bot, person)


def test_thirty_people_at_once_get_their_own_verdicts_and_nothing_twice(
    phone_on: Callable[[str], Phone], bot: Bot
) -> None:
    phones = [phone_on(PLATFORMS[number % 4]) for number in range(30)]
    # What other tests made the platforms refuse is none of these people's.
    before = len(phones[0].fake.refused)
    ended = crowd(phones, bot, ("watcher", "student"))
    assert wrong_verdicts(ended, bot) == []
    assert odd_ones(ended) == []
    assert phones[0].fake.refused[before:] == []
