"""At midnight both servers go on, though the folder of the content is gone or an edit in it is unfinished."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from img_pathway.channels import health as health_module
from img_pathway.channels.health import health
from img_pathway.content import day
from img_pathway.content import home as home_module
from img_pathway.dialogue.bot import Bot
from img_pathway.serve import content_memory
from tests.channels.fakes import Platforms
from tests.channels.phones import Phone
from tests.channels.served import SAID, Served, Server, app_of_actions
from tests.serving import HTTP, ROOT, credentials_for_tests

ACTIONS = ("action_menu", "action_contact", "action_offers", "action_not_understood", "action_delete_data")


@pytest.fixture()
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Content of a test's own, from which this process answers."""
    shutil.copytree(ROOT / "data", tmp_path / "home" / "data")
    monkeypatch.setattr(home_module, "_moved", [tmp_path / "home"])
    monkeypatch.setattr(content_memory, "_memory", {})
    yield tmp_path / "home"


@pytest.fixture(params=["unfinished", "gone"])
def midnight(request: pytest.FixtureRequest, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Harms the folder, and lets the next day begin."""

    def come() -> None:
        if request.param == "gone":
            shutil.rmtree(folder / "data")
        else:
            (folder / "data" / "phrases.yml").write_text("phrases:\n\tmenu: no\n")
            (folder / "data" / "enquiry.yml").write_text("begin: [")
        monkeypatch.setattr(day, "today", lambda: date.today() + timedelta(days=1))

    return come


def test_a_chat_server_answers_on(
    tmp_path: Path, platforms: Platforms, secrets: None, bot: Bot, midnight: Callable[[], None]
) -> None:
    server = Served(credentials_for_tests(tmp_path, platforms.address), tmp_path / "conversations.db")
    address = f"http://127.0.0.1:{server.port}"
    midnight()
    begun = HTTP.post(f"{address}/chat/sessions", json={})
    assert begun.json()["welcome"]["text"] == [bot.say("menu")]
    headers = {"Authorization": f"Bearer {begun.json()['token']}"}
    message = {"id": "message-1", "text": "hello"}
    assert HTTP.post(f"{address}/chat/messages", json=message, headers=headers).status_code == 200
    for path in ("/chat/", "/widget.js", "/demo/"):
        assert HTTP.get(address + path).status_code == 200, path
    assert HTTP.get(f"{address}/chat/transcript", headers=headers).status_code == 200
    phone = Phone(address, bot, {}, platforms=platforms, platform="whatsapp")
    assert phone.says("hello").text.startswith(SAID.text[0])
    server.close()


def test_an_action_server_answers_on(midnight: Callable[[], None]) -> None:
    server = Server(app_of_actions())
    assert called(server, "action_menu").json()["responses"]
    midnight()
    for action in ACTIONS:
        assert called(server, action).json()["responses"], action
    # Not asked for before.
    opened = called(server, "action_ask_quiz_form_quiz_answer", slots={"enquiry": {}})
    assert opened.json()["responses"]
    server.close()


def called(server: Server, action: str, slots: Mapping[str, Any] = {}) -> httpx.Response:
    tracker = {
        "sender_id": "web-1", "slots": slots, "events": [], "paused": False, "followup_action": None,
        "active_loop": {}, "latest_action_name": None, "latest_input_channel": "web",
        "latest_message": {"text": "hello", "intent": {"name": "help"}, "entities": [], "metadata": {}},
    }  # fmt: skip
    call = {"next_action": action, "sender_id": "web-1", "tracker": tracker, "domain": {}, "version": "3.6.21"}
    answer = HTTP.post(f"http://127.0.0.1:{server.port}/webhook", json=call)
    assert answer.status_code == 200, answer.text
    return answer


def test_health_says_whether_the_content_can_answer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Store:
        async def ping(self) -> None:
            pass

    agent = SimpleNamespace(is_ready=lambda: True, action_endpoint=None)
    assert asyncio.run(health(agent, Store()))["content"]

    def broken() -> Bot:
        raise KeyError("made up")

    monkeypatch.setattr(health_module, "live_bot", broken)
    assert not asyncio.run(health(agent, Store()))["content"]
