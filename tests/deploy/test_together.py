"""What processes share in Redis, and what each does alone while it is away: two stand-ins for processes, one Redis."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from rasa.core.channels.channel import UserMessage

from img_pathway.channels import lines as lines_module
from img_pathway.channels import together as together_module
from img_pathway.channels.lines import Lines
from img_pathway.channels.rates import Rates, TooMany
from img_pathway.channels.seen import Seen
from img_pathway.channels.together import Together
from tests.certificates import Authority
from tests.deploy.servers import RedisServer, redis_server

pytestmark = pytest.mark.services
Work = Callable[[Together, Together], Awaitable[None]]


def between(redis: RedisServer | None, work: Work) -> None:
    """Let two processes work together."""

    async def run() -> None:
        address = redis.address if redis else ""
        await asyncio.wait_for(work(Together(address), Together(address)), 60)

    asyncio.run(run())


@pytest.fixture()
def name() -> str:
    return uuid.uuid4().hex


@pytest.fixture()
def frail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RedisServer]:
    """A Redis that a test may stop; nobody waits long before asking it again."""
    monkeypatch.setattr(together_module, "_PAUSE_SECONDS", 0.2)
    with redis_server(tmp_path) as server:
        yield server


@pytest.fixture()
def short_lived(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who does not say for a second that they are alive is dead."""
    monkeypatch.setattr(lines_module, "_ALIVE_SECONDS", 1)
    monkeypatch.setattr(lines_module, "_SAY_SO_SECONDS", 0.2)


class Witness:
    """Who worked on a thing, in order, and whether ever two at once."""

    def __init__(self) -> None:
        self.order: list[str] = []
        self.inside = self.most = 0

    async def work(self, lines: Lines, name: str, who: str, seconds: float = 0.02) -> None:
        async with lines.turn(name):
            self.inside += 1
            self.most = max(self.most, self.inside)
            self.order.append(who)
            await asyncio.sleep(seconds)
            self.inside -= 1


def test_turns_are_taken_one_by_one_in_order_of_arrival_whatever_the_process(redis: RedisServer, name: str) -> None:
    async def work(one: Together, other: Together) -> None:
        processes, seen, tasks = (Lines(one), Lines(other)), Witness(), []
        for number in range(12):
            # Neither in turns nor in blocks, so that no process's own order could pass for that of all.
            lines = processes[number % 3 // 2]
            tasks.append(asyncio.create_task(seen.work(lines, name, str(number))))
            await asyncio.sleep(0.01)
        await asyncio.gather(*tasks)
        assert seen.order == [str(number) for number in range(12)]
        assert seen.most == 1

    between(redis, work)


def test_messages_of_one_process_keep_their_order_without_any_pause(redis: RedisServer, name: str) -> None:
    async def work(one: Together, other: Together) -> None:
        lines, seen = Lines(one), Witness()
        await asyncio.gather(*(seen.work(lines, name, str(number), 0) for number in range(20)))
        assert seen.order == [str(number) for number in range(20)]

    between(redis, work)


def test_who_holds_a_turn_holds_it_in_all_that_it_calls(redis: RedisServer, name: str) -> None:
    async def work(one: Together, other: Together) -> None:
        seen = Witness()

        async def outer() -> None:
            async with Lines(one).turn(name):
                await seen.work(Lines(one), name, "inner", 0.3)
                await asyncio.sleep(0.1)
                seen.order.append("outer")

        async def next_one() -> None:
            await asyncio.sleep(0.1)
            await seen.work(Lines(other), name, "next")

        await asyncio.gather(outer(), next_one())
        assert (seen.order, seen.most) == (["inner", "outer", "next"], 1)

    between(redis, work)


@pytest.mark.parametrize("is_first", [True, False], ids=["who works", "who waits"])
@pytest.mark.usefixtures("short_lived")
def test_a_process_that_dies_holds_nobody_up_for_long(redis: RedisServer, name: str, is_first: bool) -> None:
    async def work(one: Together, other: Together) -> None:
        seen = Witness()
        before = asyncio.create_task(seen.work(Lines(other), name, "before", 0.5))
        await asyncio.sleep(0.1)
        if is_first:
            await before
        dead = lines_module._Place(one, f"img-pathway:line:{name}")
        await dead.take()
        assert dead._saying_so is not None
        dead._saying_so.cancel()
        started = time.monotonic()
        await seen.work(Lines(other), name, "after")
        await before
        assert seen.order == ["before", "after"]
        assert time.monotonic() - started < 3

    between(redis, work)


@pytest.mark.usefixtures("short_lived")
def test_a_turn_may_last_longer_than_a_dead_process_is_waited_for(redis: RedisServer, name: str) -> None:
    async def work(one: Together, other: Together) -> None:
        seen = Witness()
        long = asyncio.create_task(seen.work(Lines(one), name, "long", 2.5))
        await asyncio.sleep(0.1)
        await asyncio.gather(long, seen.work(Lines(other), name, "next"))
        assert (seen.order, seen.most) == (["long", "next"], 1)

    between(redis, work)


def test_without_redis_a_process_keeps_its_own_order(name: str) -> None:
    async def work(one: Together, other: Together) -> None:
        lines, seen = Lines(one), Witness()
        await asyncio.gather(*(seen.work(lines, name, str(number)) for number in range(5)))
        assert (seen.order, seen.most) == ([str(number) for number in range(5)], 1)

    between(None, work)


def test_connections_that_died_with_a_restarted_redis_are_opened_anew(
    frail: RedisServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(together_module, "_IDLE_SECONDS", 0.01)

    async def work(one: Together, other: Together) -> None:
        rates = Rates(one)

        async def all_at_once() -> set[str]:
            await asyncio.gather(*(rates.spend("99/hour", "somebody") for _ in range(5)))
            return set(await asyncio.gather(*(one.state() for _ in range(5))))

        assert await all_at_once() == {"answers"}
        frail.stop()
        frail.start()
        assert await all_at_once() == {"answers"}
        assert "Redis does not answer" not in caplog.text

    between(frail, work)


def test_redis_that_goes_away_is_said_once_and_holds_nobody_up(
    frail: RedisServer, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def work(one: Together, other: Together) -> None:
        lines, rates, seen, witness = Lines(one), Rates(one), Seen(one), Witness()
        working = asyncio.create_task(witness.work(lines, name, "works", 1))
        await asyncio.sleep(0.1)
        waiting = asyncio.create_task(witness.work(lines, name, "waits"))
        await asyncio.sleep(0.1)
        frail.stop()
        # Who came before is still waited for, though no Redis says so.
        await asyncio.gather(working, waiting, witness.work(lines, name, "comes"))
        assert (witness.order, witness.most) == (["works", "waits", "comes"], 1)
        assert await seen.is_new_to_all(f"{name}:1")
        for _ in range(3):
            await rates.spend("3/day", name)
        with pytest.raises(TooMany):
            await rates.spend("3/day", name)
        assert await one.state() == "away"
        assert caplog.text.count("Redis does not answer") == 1
        frail.start()
        await asyncio.sleep(0.3)
        assert await one.state() == "answers"
        assert "Redis answers again" in caplog.text

    between(frail, work)


def test_messages_of_one_process_keep_their_order_where_redis_goes_away_between_them(
    frail: RedisServer, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Who waits looks so seldom that the next one has heard first that Redis is away.
    monkeypatch.setattr(lines_module, "_LOOK_SECONDS", 0.5)

    async def work(one: Together, other: Together) -> None:
        lines, seen = Lines(one), Witness()
        elsewhere = asyncio.create_task(seen.work(Lines(other), name, "elsewhere", 1))
        await asyncio.sleep(0.1)
        waiting = asyncio.create_task(seen.work(lines, name, "waits"))
        await asyncio.sleep(0.1)
        frail.stop()
        await asyncio.gather(elsewhere, waiting, seen.work(lines, name, "comes"))
        assert seen.order == ["elsewhere", "waits", "comes"]

    between(frail, work)


def test_redis_that_was_started_anew_ends_no_waiting(frail: RedisServer, name: str) -> None:
    async def work(one: Together, other: Together) -> None:
        seen = Witness()
        working = asyncio.create_task(seen.work(Lines(one), name, "works", 0.5))
        await asyncio.sleep(0.1)
        waiting = asyncio.create_task(seen.work(Lines(other), name, "waits"))
        await asyncio.sleep(0.1)
        await other.ask(lambda redis: redis.flushall())
        await asyncio.wait_for(asyncio.gather(working, waiting), 5)

    between(frail, work)


def test_limits_count_all_processes(redis: RedisServer, name: str) -> None:
    async def work(one: Together, other: Together) -> None:
        rates = (Rates(one), Rates(other))
        for number in range(4):
            await rates[number % 2].spend("4/day", name)
        for process in rates:
            with pytest.raises(TooMany) as refused:
                await process.spend("4/day", name)
            assert 0 < refused.value.seconds <= 86_400

    between(redis, work)


def test_a_message_is_new_to_one_process_alone(redis: RedisServer, name: str) -> None:
    async def work(one: Together, other: Together) -> None:
        news = await asyncio.gather(*(Seen(t).is_new_to_all(name) for t in (one, other)))
        assert sorted(news) == [False, True]

    between(redis, work)


def test_rasas_own_connectors_stand_in_the_same_lines(
    redis: RedisServer, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from img_pathway.channels import locks

    async def work(one: Together, other: Together) -> None:
        monkeypatch.setattr(locks, "together", lambda: one)
        store, seen = locks.SharedLocks(), Witness()
        ours = asyncio.create_task(seen.work(Lines(other), name, "ours", 0.3))
        await asyncio.sleep(0.1)
        async with store.lock(UserMessage("hello", sender_id=name).sender_id):
            assert (seen.order, seen.inside) == (["ours"], 0)
        await ours

    between(redis, work)


@pytest.mark.parametrize(
    ("name", "self_signed", "is_trusted", "state"),
    [
        ("localhost", False, True, "answers"),
        ("redis.example.org", False, True, "away"),
        ("localhost", True, True, "away"),
        ("localhost", False, False, "away"),
    ],
    ids=["good", "of another name", "self-signed", "of an unknown authority"],
)
def test_only_the_redis_that_is_named_is_told_anything(
    name: str, self_signed: bool, is_trusted: bool, state: str, request: pytest.FixtureRequest
) -> None:
    folder, patched = request.getfixturevalue("tmp_path"), request.getfixturevalue("monkeypatch")
    authority = Authority(folder)
    if is_trusted:
        patched.setenv("SSL_CERT_FILE", str(authority.path))

    async def look(one: Together, other: Together) -> None:
        assert await one.state() == state
        await Rates(one).spend("1/hour", "somebody")
        if state == "answers":
            with pytest.raises(TooMany):
                await Rates(other).spend("1/hour", "somebody")
            assert await other.state() == state
        else:
            # Each by itself, since nothing may be told to that Redis.
            await Rates(other).spend("1/hour", "somebody")

    with redis_server(folder, authority.certificate(name, self_signed=self_signed)) as server:
        between(server, look)
