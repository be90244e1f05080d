"""Nobody is left without a word: when nothing comes back, when something breaks, when the server stops."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from img_pathway.channels import door
from img_pathway.channels import platform as platform_module
from img_pathway.channels.seen import Seen
from img_pathway.channels.store import ConversationStore
from img_pathway.channels.together import Together
from img_pathway.database.connect import connect, migrate
from img_pathway.dialogue.bot import Bot
from tests.channels.fakes import Fault, Platforms
from tests.channels.phones import PLATFORMS, Phone
from tests.channels.served import CRASH, SAID, SILENCE, Served
from tests.serving import credentials_for_tests


def phone_at(served: Served, platforms: Platforms, bot: Bot, platform: str) -> Phone:
    return Phone(f"http://127.0.0.1:{served.port}", bot, {}, platforms=platforms, platform=platform)


@pytest.fixture(params=PLATFORMS)
def phone(request: pytest.FixtureRequest, served: Served, platforms: Platforms, bot: Bot) -> Phone:
    return phone_at(served, platforms, bot, request.param)


def texts(phone: Phone) -> list[str]:
    return [taken.text for taken in phone.messages]


def test_where_rasa_says_nothing_the_person_gets_a_sentence_and_the_log_an_error(
    phone: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    phone.says(SILENCE)
    assert texts(phone) == [phone.bot.say("unavailable")]
    assert f"Nothing was said to a message of conversation {phone.conversation}" in caplog.text


def test_what_breaks_halfway_leaves_nothing_and_is_said(phone: Phone, served: Served) -> None:
    before = served.agent.events()
    phone.says(CRASH)
    assert texts(phone) == [phone.bot.say("unavailable")]
    assert served.agent.events() == before
    assert phone.says("hello").text.startswith(SAID.text[0])


def test_what_nobody_thought_of_is_said_too(
    phone: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> None:
        raise KeyError("made up")

    monkeypatch.setattr(ConversationStore, "recent", broken)
    assert texts(phone.says("hello")) == [phone.bot.say("unavailable")]
    assert f"A message of conversation {phone.conversation} could not be worked on" in caplog.text


def test_channels_that_open_a_new_database_at_once_all_find_its_tables(tmp_path: Path) -> None:
    for number in range(5):
        engine = connect(sa.engine.URL.create("sqlite", database=str(tmp_path / f"{number}.db")))
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(migrate, [engine] * 8))
        assert "sessions" in sa.inspect(engine).get_table_names()


@pytest.mark.parametrize("text", ["x" * 1001, "\ufdfa" * 100])
def test_a_text_that_is_too_long_is_not_read(phone: Phone, text: str) -> None:
    assert texts(phone.says(text)) == [phone.bot.say("too_long", limit=1000)]


def test_an_empty_text_is_answered(phone: Phone) -> None:
    assert phone.says("\u0007").messages


def test_what_is_cut_off_by_a_stop_of_the_server_is_logged_without_its_text(
    tmp_path: Path,
    platforms: Platforms,
    bot: Bot,
    secrets: None,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(door, "_FINISH_SECONDS", 0.1)
    server = Served(credentials_for_tests(tmp_path, platforms.address), tmp_path / "conversations.db")
    phone = phone_at(server, platforms, bot, "whatsapp")
    phone.fake.fails(phone.sender, *[Fault(503)] * 5, Fault(503, seconds=20))
    phone.sends("a secret of mine")
    assert phone.fake.wait(phone.sender, lambda: not phone.fake.is_due(phone.sender))
    server.close()
    assert f"conversation {phone.conversation} was not answered before the server stopped" in caplog.text
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("img_pathway")]
    assert "secret" not in "".join(ours)


def test_a_server_that_stops_first_sends_what_it_has(
    tmp_path: Path, platforms: Platforms, bot: Bot, secrets: None
) -> None:
    server = Served(credentials_for_tests(tmp_path, platforms.address), tmp_path / "conversations.db")
    phone = phone_at(server, platforms, bot, "telegram")
    phone.fake.fails(phone.sender, Fault(503), Fault(0), Fault(429))
    phone.sends("hello")
    server.close()
    assert [taken.text for taken in phone.fake.to(phone.sender)] == list(SAID.text)


def test_known_messages_are_forgotten_the_oldest_first() -> None:
    seen = Seen(Together(""), most=2)
    assert [seen.is_new(name) for name in ("a", "b", "a", "c", "a", "c")] == [True, True, False, True, True, False]


def test_who_is_too_fast_is_logged_and_answered_again_later(
    tmp_path: Path, platforms: Platforms, bot: Bot, secrets: None, caplog: pytest.LogCaptureFixture
) -> None:
    path = Path(credentials_for_tests(tmp_path, platforms.address))
    path.write_text(path.read_text().replace("1000/minute", "3/day"))
    server = Served(str(path), tmp_path / "conversations.db")
    fast, other = (phone_at(server, platforms, bot, "messenger") for _ in range(2))
    for _ in range(5):
        fast.sends("hello")
    other.says("hello")
    server.close()
    assert len(fast.fake.to(fast.sender)) == 3
    assert f"Conversation {fast.conversation} is too fast" in caplog.text


def test_menus_and_photos_count_as_messages(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    spent: list[str] = []
    plain: Callable[..., object] = platform_module.Rates.spend

    def counted(self: platform_module.Rates, limit: str, who: str) -> object:
        spent.append(who)
        return plain(self, limit, who)

    monkeypatch.setattr(platform_module.Rates, "spend", counted)
    phone.settles()
    assert spent == [phone.conversation]
