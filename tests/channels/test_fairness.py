"""One visitor takes some of the places for work, and others find one, however much that visitor asks for."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from img_pathway.channels import turns
from img_pathway.channels.fairness import Bound, Places
from img_pathway.channels.rates import TooMany
from img_pathway.channels.talks import Turn
from img_pathway.channels.turns import Inbound, Turns

PLACES, EACH = 4, 2


class Crowd:
    """Visitors who want a place; who has one keeps it until they are told to go on."""

    def __init__(self) -> None:
        self.places = Places(PLACES, EACH)
        self.working: list[str] = []
        self.go_on = asyncio.Event()

    async def work(self, who: str) -> None:
        async with self.places.held(who):
            self.working.append(who)
            await self.go_on.wait()

    async def begin(self, *visitors: str) -> list[asyncio.Task[None]]:
        tasks = [asyncio.create_task(self.work(who)) for who in visitors]
        for _ in range(10):
            await asyncio.sleep(0)
        return tasks


def test_one_visitor_holds_some_places_and_others_the_rest() -> None:
    async def run() -> None:
        crowd = Crowd()
        tasks = await crowd.begin(*["greedy"] * 20, "one", "two", "three")
        assert crowd.working == ["greedy"] * EACH + ["one", "two"]
        crowd.go_on.set()
        await asyncio.gather(*tasks)
        # "three" was not behind the eighteen that came before.
        assert crowd.working[4] in ("three", "greedy")
        assert crowd.working.index("three") <= PLACES + EACH

    asyncio.run(run())


def test_who_gives_up_waiting_leaves_the_place_to_others() -> None:
    async def run() -> None:
        crowd = Crowd()
        tasks = await crowd.begin(*["a"] * 3)
        tasks[2].cancel()
        tasks[0].cancel()
        await asyncio.gather(tasks[0], tasks[2], return_exceptions=True)
        await crowd.begin("a", "b", "c", "d")
        assert sorted(crowd.working) == ["a", "a", "a", "b", "c"]

    asyncio.run(run())


def test_no_more_than_so_many_of_one_visitor_wait() -> None:
    bound = Bound(2)
    with bound.counted("a"), bound.counted("a"):
        with pytest.raises(TooMany) as refused, bound.counted("a"):
            pass
        assert refused.value.seconds > 0
        with bound.counted("b"):
            pass
    with bound.counted("a"):
        pass
    assert not bound._inside


@pytest.fixture()
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[str]]]:
    """Turns that end when the test says so; who works on what."""
    seen: dict[str, list[str]] = {"working": []}

    async def answer(self: Turns, message: Inbound) -> Turn:
        seen["working"].append(message.conversation)
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr(Turns, "_first_answer", answer)
    yield seen


def test_a_message_of_another_address_is_worked_on_beside_one_that_sends_many(held: dict[str, list[str]]) -> None:
    async def run() -> None:
        taking = Turns(lambda: None, lambda: None)  # type: ignore[arg-type, return-value]

        def take(conversation: str, address: str) -> asyncio.Task[Turn]:
            return asyncio.create_task(taking.take(Inbound(conversation, "12345678", "hello", "web", address)))

        many = [take(f"web-{n}", "192.0.2.1") for n in range(turns._WAITING_EACH + 5)]
        # Each has its place in the line, or is refused, after a few rounds of the event loop.
        for _ in range(50):
            await asyncio.sleep(0)
        refused = [task for task in many if task.done()]
        assert len(refused) == 5
        assert all(isinstance(task.exception(), TooMany) for task in refused)
        # A platform names no address: each of its conversations is a visitor.
        others = [take("web-other", "192.0.2.2"), take("telegram-1", ""), take("telegram-2", "")]
        while len(held["working"]) < turns._AT_ONCE:
            await asyncio.sleep(0)
        assert held["working"] == ["web-0", "web-1", "web-other", "telegram-1"]
        for task in (*many, *others, *taking._working.values()):
            task.cancel()
        await asyncio.gather(*many, *others, *taking._working.values(), return_exceptions=True)

    asyncio.run(run())
