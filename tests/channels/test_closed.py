"""While the staff have closed the bot: people are told so, nothing of theirs is touched, and it opens again."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from img_pathway import cli
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.helping import closed as closed_words
from tests.channels.browserless import code
from tests.channels.fakes import Platforms
from tests.channels.phones import PLATFORMS, Phone
from tests.channels.served import SAID, Served
from tests.serving import HTTP, eventually

Switch = Callable[..., str]


@pytest.fixture()
def switch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], served: Served
) -> Iterator[Switch]:
    """The commands of the staff; returns what they print."""
    monkeypatch.setenv("IMG_PATHWAY_CLOSED", str(tmp_path / "state" / "closed"))

    def command(*words: str) -> str:
        assert cli.main(list(words)) == 0
        return capsys.readouterr().out

    yield command
    command("open")


@pytest.fixture()
def words(bot: Bot) -> str:
    return " ".join(closed_words(bot).text)


def asks(served: Served, method: str, path: str, token: str = "", **body: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    sent = {"json": body} if method == "POST" else {}
    return HTTP.request(method, f"http://127.0.0.1:{served.port}/chat/{path}", headers=headers, **sent)  # type: ignore[arg-type]


def test_the_website_is_told_and_what_was_said_stays(served: Served, switch: Switch, words: str) -> None:
    token = asks(served, "POST", "sessions").json()["token"]
    assert asks(served, "POST", "messages", token, id="12345678", text="hello").status_code == 200
    message = {"id": uuid.uuid4().hex, "text": "hello again"}
    switch("close")
    for refused in (asks(served, "POST", "messages", token, **message), asks(served, "POST", "sessions")):
        assert (refused.status_code, code(refused)) == (503, "closed")
        assert refused.json()["error"]["message"] == words
        assert int(refused.headers["retry-after"]) > 0
    assert len(asks(served, "GET", "history", token).json()["history"]) == 1
    switch("open")
    assert asks(served, "POST", "messages", token, **message).json()["replies"][0]["text"] == list(SAID.text)


def test_people_may_delete_what_is_kept_of_them_also_while_it_is_closed(served: Served, switch: Switch) -> None:
    token = asks(served, "POST", "sessions").json()["token"]
    switch("close")
    assert asks(served, "DELETE", "session", token).json() == {"deleted": True}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_platform_is_told_once_in_each_conversation(
    served: Served, platforms: Platforms, bot: Bot, switch: Switch, words: str, platform: str
) -> None:
    phone = Phone(f"http://127.0.0.1:{served.port}", bot, {}, platforms=platforms, platform=platform)
    switch("close")
    for _ in range(3):
        phone.sends("hello")
    assert eventually(served.is_idle)
    assert [taken.text for taken in phone.fake.to(phone.sender)] == [words]
    switch("open")
    assert phone.says("hello").text.startswith(SAID.text[0])
    # Another time is another matter.
    switch("close")
    phone.sends("hello")
    assert eventually(served.is_idle)
    assert [taken.text for taken in phone.fake.to(phone.sender)].count(words) == 2


def test_the_staff_see_who_has_closed_it_and_why(switch: Switch, tmp_path: Path) -> None:
    assert "img-pathway open" in switch("close", "--note", "fees are wrong", "--by", "Kim Lee")
    assert "by Kim Lee: fees are wrong" in switch("close")
    assert "taken again" in switch("open")
    assert "already" in switch("open")
    # A file that somebody made by hand closes it as well.
    (tmp_path / "state" / "closed").touch()
    assert "closed already" in switch("close")
