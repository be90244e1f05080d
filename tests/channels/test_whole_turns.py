"""What a turn changes is kept in one transaction or not at all, and nothing that came before a deletion after it."""

from __future__ import annotations

import asyncio
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from img_pathway.channels import store as store_module
from img_pathway.channels.talks import Turn
from img_pathway.channels.turns import Inbound, Turns, Unavailable
from img_pathway.database import tombstones
from img_pathway.database.tombstones import Deleted
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.clicks import DELETE_ALL
from img_pathway.staff.purge import purge
from tests.channels.hanging import IN_ACTION, IN_SAVE, MARKER, POINTS, Servers, reached, run
from tests.deploy.servers import PostgresServer, postgres_server

ALL_TABLES = {"events", "enquiries"}


@pytest.fixture(scope="module")
def postgres() -> Iterator[PostgresServer]:
    with postgres_server() as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def servers(request: pytest.FixtureRequest, tmp_path: Path, bot: Bot) -> Servers:
    if request.param == "sqlite":
        return Servers(f"sqlite:///{tmp_path / 'bot.db'}", bot)
    postgres: PostgresServer = request.getfixturevalue("postgres")
    return Servers(postgres.create(f"bot_{uuid.uuid4().hex}"), bot)


def message(conversation: str, text: str = MARKER, id_: str = "", at: float | None = None) -> Inbound:
    channel, moment = conversation.split("-", maxsplit=1)[0], time.time() if at is None else at
    return Inbound(conversation, id_ or uuid.uuid4().hex, text, channel, in_session=channel == "web", at=moment)


def number_told(turn: Turn) -> str:
    return str(turn.replies[-1]["text"][0])


async def history(turns: Turns, conversation: str) -> list[Turn]:
    found, _ = await turns.page(conversation, 50, None)
    return found


async def begin(servers: Servers, conversation: str) -> None:
    if conversation.startswith("web"):
        await servers.one.store.begin(conversation, "web")


@pytest.fixture(params=["web-1", "telegram-1"])
def conversation(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("before", [0, 2], ids=["the first message", "a later message"])
@pytest.mark.parametrize("way", ["asked for", "typed"])
@pytest.mark.parametrize("point", POINTS)
def test_a_turn_that_hangs_keeps_nothing_after_a_deletion(
    servers: Servers, conversation: str, point: str, way: str, before: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work() -> None:
        await begin(servers, conversation)
        for _ in range(before):
            await servers.one.take(message(conversation))
        servers.hang.point = point
        hung = asyncio.create_task(servers.one.take(message(conversation, "yes")))
        await reached(servers.hang)
        deletion = servers.other.forget(conversation) if way == "asked for" else typed(servers, conversation)
        deleting = asyncio.create_task(deletion)
        if point == IN_SAVE:
            # Whoever holds the conversation is waited for.
            assert await asyncio.to_thread(asked.wait, 60)
        else:
            await deleting
        servers.hang.woken.set()
        await asyncio.wait([hung, deleting])
        assert deleting.result() is None or deleting.result() == 0
        if point != IN_SAVE:
            assert isinstance(hung.exception(), Deleted)

    asked = threading.Event()
    monkeypatch.setattr(
        store_module, "lock_conversation", lambda *given: (asked.set(), tombstones.lock_conversation(*given))
    )
    run(work())
    assert servers.tables_with(MARKER) == set()
    assert servers.tables_with(conversation) == set()
    assert servers.tables_with("i agree") == set()


async def typed(servers: Servers, conversation: str) -> None:
    await servers.other.take(message(conversation, DELETE_ALL))


def test_a_message_after_the_deletion_begins_anew_on_platforms_and_is_refused_on_the_web(
    servers: Servers, conversation: str
) -> None:
    async def work() -> list[Turn]:
        await begin(servers, conversation)
        await servers.one.take(message(conversation, "yes"))
        assert servers.tables_with(MARKER) == ALL_TABLES
        await typed(servers, conversation)
        assert servers.tables_with(MARKER) == set()
        await servers.one.take(message(conversation, "hello again"))
        return await history(servers.one, conversation)

    if conversation.startswith("web"):
        with pytest.raises(Deleted):
            run(work())
        assert servers.tables_with("hello again") == set()
    else:
        assert [turn.shown for turn in run(work())] == ["hello again"]


def test_what_was_received_before_a_deletion_and_comes_back_later_is_left_out(servers: Servers) -> None:
    async def work() -> None:
        now = time.time()
        early = message("telegram-1", f"{MARKER} early", at=now - 2)
        earlier_wish = message("telegram-1", DELETE_ALL, at=now - 2)
        wish, late = message("telegram-1", DELETE_ALL, at=now - 1), message("telegram-1", "late", at=now - 0.5)
        # "late" was written before the deletion was done, though after it was asked for.
        await servers.one.take(wish)
        await servers.one.take(late)
        for left_by_another_server in (early, earlier_wish):
            with pytest.raises(Deleted):
                await servers.other.take(left_by_another_server)
        assert [turn.shown for turn in await history(servers.one, "telegram-1")] == ["late"]
        # Its answer had not been sent when the server died.
        assert (await servers.other.take(wish)).replies

    run(work())
    assert servers.tables_with("early") == set()


def test_a_message_twice_makes_one_enquiry_and_both_are_told_its_number(servers: Servers, conversation: str) -> None:
    async def work() -> tuple[Turn, Turn]:
        await begin(servers, conversation)
        await servers.one.take(message(conversation))
        servers.hang.point = IN_ACTION
        yes = message(conversation, "yes")
        first = asyncio.create_task(servers.one.take(yes))
        await reached(servers.hang)
        second = await servers.other.take(yes)
        servers.hang.woken.set()
        return await first, second

    first, second = run(work())
    assert first == second
    assert servers.numbers() == [number_told(first)]


@pytest.mark.parametrize(("text", "enquiries"), [("yes", 1), ("hello", 0)], ids=["a second click", "other words"])
def test_a_turn_that_was_overtaken_is_kept_in_no_part(servers: Servers, text: str, enquiries: int) -> None:
    async def work() -> None:
        await begin(servers, "web-1")
        servers.hang.point = IN_ACTION
        first = asyncio.create_task(servers.one.take(message("web-1", "yes")))
        await reached(servers.hang)
        overtaking = await servers.other.take(message("web-1", text))
        servers.hang.woken.set()
        with pytest.raises(Unavailable):
            await first
        assert len(servers.numbers()) == enquiries
        assert await history(servers.one, "web-1") == [overtaking]

    run(work())


def test_a_number_that_is_taken_is_drawn_again_and_nothing_of_the_turn_is_kept_until_then(servers: Servers) -> None:
    async def work() -> None:
        for agent in servers.agents:
            agent.number = "KX7P2M"
        await servers.one.take(message("telegram-1", "yes"))
        yes = message("telegram-2", "yes")
        with pytest.raises(Unavailable):
            await servers.one.take(yes)
        assert await history(servers.one, "telegram-2") == []
        servers.agents[0].number = ""
        answer = await servers.one.take(yes)
        assert sorted(servers.numbers()) == sorted(["KX7P2M", number_told(answer)])

    run(work())


def test_two_conversations_at_once_are_kept_both(servers: Servers) -> None:
    async def work() -> None:
        people = [f"telegram-{number}" for number in range(8)]
        turns = [(servers.one, servers.other)[number % 2] for number in range(8)]
        said = [turn.take(message(person, "yes")) for turn, person in zip(turns, people, strict=True)]
        answers = await asyncio.gather(*said)
        assert sorted(servers.numbers()) == sorted(map(number_told, answers))

    run(work())


def test_a_deletion_concerns_no_other_conversation(servers: Servers) -> None:
    async def work() -> None:
        servers.hang.point = IN_ACTION
        hung = asyncio.create_task(servers.one.take(message("telegram-1", "yes")))
        await reached(servers.hang)
        await typed(servers, "telegram-2")
        servers.hang.woken.set()
        assert (await hung).replies

    run(work())
    assert servers.tables_with(MARKER) == ALL_TABLES


def found(servers: Servers) -> list[tuple[str, float]]:
    with servers.engine.connect() as db:
        return list(db.execute(sa.text("SELECT conversation, at FROM tombstones")).all())


def test_a_tombstone_names_nobody_and_goes_after_a_day(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    async def delete(conversation: str, age: float) -> None:
        await servers.one.take(message(conversation, DELETE_ALL, at=time.time() - age))

    run(delete("telegram-1", 0))
    ((hashed, _),) = found(servers)
    assert "telegram" not in hashed
    run(delete("telegram-2", 86_401))
    assert len(found(servers)) == 2
    assert purge(servers.engine, 180, dry_run=True).conversations == 0
    assert len(found(servers)) == 2
    purge(servers.engine, 180, dry_run=False)
    assert [name for name, _ in found(servers)] == [hashed]
    run(delete("telegram-2", 86_401))
    run(delete("telegram-3", 0))
    assert len(found(servers)) == 2


def test_a_clock_that_was_set_back_keeps_nobody_from_a_new_conversation(servers: Servers) -> None:
    async def work() -> None:
        hours_ahead = time.time() + 3 * 3600
        await servers.one.take(message("telegram-1", DELETE_ALL, at=hours_ahead))
        assert (await servers.one.take(message("telegram-1", "hello"))).replies

    run(work())


def test_a_restart_between_the_message_and_its_repetition_changes_nothing(servers: Servers, bot: Bot) -> None:
    yes = message("web-1", "yes")

    async def first() -> Turn:
        await begin(servers, "web-1")
        return await servers.one.take(yes)

    answer = run(first())
    url = servers.engine.url.render_as_string(hide_password=False)
    assert run(Servers(url, bot).one.take(yes)) == answer
    assert servers.numbers() == [number_told(answer)]
