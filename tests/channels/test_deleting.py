"""Deleting all that is kept of a person, over every messaging platform and typed over the web channel."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest

from img_pathway.channels import platform as platform_module
from img_pathway.channels.inbox import Inbox
from img_pathway.channels.platform import PlatformInput, Received
from img_pathway.channels.store import ConversationStore, StoreFailed
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.clicks import DELETE_ALL
from img_pathway.serve.supervisor import Supervisor
from tests.channels.browserless import Visitor, code
from tests.channels.fakes import Platforms
from tests.channels.hanging import MARKER, Agent, Hang
from tests.channels.phones import PLATFORMS, Phone
from tests.channels.served import Served
from tests.serving import credentials_for_tests, tables_with
from tests.talking import Talk

KEPT_BY = {
    "events": "sender_id = ?",
    "sessions": "id = ?",
    "enquiries": "conversation = ?",
    "deliveries": "enquiry IN (SELECT id FROM enquiries WHERE conversation = ?)",
}


def kept(running: Supervisor, conversation: str) -> dict[str, int]:
    """Rows of a conversation by table."""
    with closing(sqlite3.connect(running.settings.database)) as database:
        return {
            table: database.execute(f"SELECT COUNT(*) FROM {table} WHERE {where}", (conversation,)).fetchone()[0]
            for table, where in KEPT_BY.items()
        }


def asked_for_a_rotation(talk: Talk) -> Talk:
    """With a name and an address that are kept."""
    talk.says("enquiry:start").says("Amina Diallo").says("amina@example.com")
    return talk.says("skip").says("skip").says("skip").says("skip").says("yes")


def offered(phone: Phone, bot: Bot, typed: str = "delete my data") -> Phone:
    """What is deleted was said, with the one option that does it."""
    phone.says(typed).phrase("delete_offer").phrase("delete_how")
    assert phone.labels[0].endswith(bot.say("delete_option"))
    return phone


@pytest.mark.server
@pytest.mark.parametrize("taken", ["click", "number", "label", "payload"])
def test_nothing_is_left_of_a_person_who_takes_the_option(
    phone: Phone, running: Supervisor, bot: Bot, taken: str
) -> None:
    asked_for_a_rotation(phone).says("check my eligibility").says("goal:match").says("1")
    before = kept(running, phone.conversation)
    assert before["events"] > 0
    assert before["enquiries"] == 1
    offered(phone, bot)
    typed = {"number": "1", "label": bot.say("delete_option").upper()}.get(taken, DELETE_ALL)
    if taken == "click" and phone.platform != "twilio":
        assert DELETE_ALL in phone.payloads
        phone.clicks(DELETE_ALL)
    else:
        phone.says(typed)
    assert [message.text for message in phone.messages] == [bot.say("deleted")]
    assert not any(kept(running, phone.conversation).values())
    phone.says("my answers").phrase("nothing_yet")
    assert kept(running, phone.conversation)["events"] > 0
    assert [event["text"] for event in phone.stored("user")] == ["my answers"]


@pytest.mark.server
@pytest.mark.parametrize("ambiguous", ["yes", "delete", "everything", "ok", "2"])
def test_no_other_word_deletes(phone_on: Callable[[str], Phone], running: Supervisor, bot: Bot, ambiguous: str) -> None:
    phone = offered(phone_on("telegram").says("what is a residency?"), bot)
    phone.says(ambiguous)
    assert bot.say("deleted") not in phone.text
    if ambiguous in ("yes", "ok"):
        phone.phrase("delete_how")
    # Once something else was said, the option's number means nothing any more.
    phone.says("hello").says("1")
    assert bot.say("deleted") not in phone.text
    assert len(phone.stored("user")) == 5


@pytest.mark.server
@pytest.mark.parametrize("typed", ["delete my data", "please erase everything you have about me", "forget me"])
def test_in_the_quiz_it_is_no_answer_and_the_quiz_can_go_on(
    phone_on: Callable[[str], Phone], bot: Bot, typed: str
) -> None:
    phone = phone_on("whatsapp").says("check my eligibility").says("goal:match")
    phone = offered(phone.asked("stage"), bot, typed)  # type: ignore[arg-type]
    phone.not_asked("stage")
    phone.says(bot.say("continue_option")).asked("stage").says("my answers").phrase("nothing_yet")


@pytest.mark.server
def test_in_an_enquiry_it_is_no_name(phone_on: Callable[[str], Phone], running: Supervisor, bot: Bot) -> None:
    phone = phone_on("messenger").says("enquiry:start")
    offered(phone, bot)  # type: ignore[arg-type]
    assert "nothing was sent" in phone.text
    phone.says("what is a residency?").about("residency")
    assert kept(running, phone.conversation)["enquiries"] == 0  # type: ignore[attr-defined]


@pytest.mark.server
def test_typed_over_the_web_it_ends_the_conversation_too(running: Supervisor, bot: Bot) -> None:
    visitor = Visitor.of(running)
    visitor.hears("what is a residency?")
    assert visitor.hears("delete my data")["replies"][-1]["options"][0]["payload"] == DELETE_ALL
    assert visitor.hears("Delete everything")["replies"][-1]["text"] == [bot.say("deleted")]
    assert not any(kept(running, visitor.conversation).values())
    assert code(visitor.says("hello")) == "bad_token"


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("left", [StoreFailed("made up"), 3], ids=["the database is down", "rows are left"])
def test_what_could_not_be_deleted_is_said(
    served: Served,
    platforms: Platforms,
    bot: Bot,
    platform: str,
    left: StoreFailed | int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def fails(*_: object) -> int:
        if isinstance(left, StoreFailed):
            raise left
        return left

    monkeypatch.setattr(ConversationStore, "delete", fails)
    if isinstance(left, StoreFailed):
        monkeypatch.setattr(ConversationStore, "recent", fails)
    phone = Phone(f"http://127.0.0.1:{served.port}", bot, {}, platforms=platforms, platform=platform)
    phone.says(DELETE_ALL)
    said = bot.say("not_deleted", email=bot.organization.contact.email)
    assert [message.text for message in phone.messages] == [said]


@pytest.mark.parametrize("early", [f"{MARKER} asks", "yes", DELETE_ALL], ids=["words", "an enquiry", "a deletion"])
def test_what_a_server_that_is_gone_had_acknowledged_before_the_deletion_is_left_out(
    tmp_path: Path, platforms: Platforms, bot: Bot, secrets: None, early: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform_module, "_LOOK_SECONDS", 0.02)
    agent = Agent(f"sqlite:///{tmp_path / 'bot.db'}", Hang())
    served = Served(credentials_for_tests(tmp_path, platforms.address), tmp_path / "bot.db", agent)
    phone = Phone(f"http://127.0.0.1:{served.port}", bot, {}, platforms=platforms, platform="telegram")

    def acknowledged(text: str) -> Received:
        return Received(text, phone.sender, text, {"chat_id": phone.sender})

    try:
        taken = [acknowledged(early)]
        phone.says(DELETE_ALL).says("hello")
        taken.append(acknowledged("after it"))
        said = len(platforms.to(phone.sender))
        leave(tmp_path, taken)
        (channel,) = (c for c in served.channels if isinstance(c, PlatformInput) and c.platform == "telegram")
        channel._inbox = Inbox(tmp_path, "telegram")
        assert platforms.wait(phone.sender, lambda: len(platforms.to(phone.sender)) > said)
        phone.settles()
    finally:
        served.close()
    engine = agent.tracker_store.engine
    with engine.connect() as db:
        heard = db.execute("SELECT json_extract(data, '$.text') FROM events WHERE type_name = 'user'").scalars().all()
    assert heard == ["hello", "after it"]
    assert tables_with(engine, "i agree") == set()


def leave(folder: Path, taken: Iterable[Received]) -> None:
    """What a server took before it was gone."""
    inbox = Inbox(folder, "telegram")
    for received in taken:
        inbox.take(received.name, asdict(received))
    inbox.close()
