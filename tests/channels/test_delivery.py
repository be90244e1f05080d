"""Sending to a platform that is slow, busy, down or gone."""

from __future__ import annotations

import asyncio
import logging
import uuid

import pytest

from img_pathway.channels import delivery
from img_pathway.channels.delivery import Call, Delivery, _Patience
from tests.channels.fakes import Fault, Platforms
from tests.serving import SECRETS

DOWN = Fault(503)


@pytest.fixture()
def person() -> str:
    return uuid.uuid4().hex


def sent(platforms: Platforms, person: str, text: str = "a secret of mine") -> bool:
    """Whether Telegram took a message; pauses are short."""

    async def send() -> bool:
        sending = Delivery(f"{platforms.address}/bot{SECRETS['TELEGRAM_TOKEN']}", first_pause=0.0001)
        try:
            return await sending.send(Call("/sendMessage", {"chat_id": person, "text": text}), "telegram-conversation")
        finally:
            await sending.close()

    return asyncio.run(send())


def pauses() -> list[float]:
    patience = _Patience(delivery._ATTEMPTS, 1.0, delivery._LONGEST_PAUSE)
    return [patience.get_timeout(attempt) for attempt in range(1, delivery._ATTEMPTS)]


def test_a_platform_that_is_down_for_two_minutes_is_outlasted() -> None:
    assert pauses() == [1, 2, 4, 8, 16, 30, 30, 30, 30]
    assert 120 < sum(pauses()) < 180


@pytest.mark.parametrize(
    "fault",
    [
        Fault(429),
        Fault(429, {"Retry-After": "0"}),
        Fault(500),
        DOWN,
        Fault(0),
        Fault(400, body={"error": {"code": 131056}}),
        Fault(400, body={"error": {"code": 130429}}),
        Fault(403, body={"error": {"code": 613}}),
    ],
    ids=str,
)
def test_what_is_refused_for_now_is_sent_once_when_it_is_taken(platforms: Platforms, person: str, fault: Fault) -> None:
    platforms.fails(person, *[fault] * (delivery._ATTEMPTS - 1))
    assert sent(platforms, person)
    assert len(platforms.to(person)) == 1


def test_an_answer_that_does_not_come_in_time_is_asked_for_again(
    platforms: Platforms, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "_REQUEST_SECONDS", 0.2)
    platforms.fails(person, Fault(200, seconds=1))
    assert sent(platforms, person)
    assert len(platforms.to(person)) == 1


def test_a_platform_that_cannot_be_reached_at_all_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[int] = []
    plain = _Patience.get_timeout

    def counted(self: _Patience, attempt: int, response: object = None) -> float:
        tries.append(attempt)
        return plain(self, attempt, response)  # type: ignore[arg-type]

    monkeypatch.setattr(_Patience, "get_timeout", counted)

    async def send() -> bool:
        # Nothing listens on this port.
        sending = Delivery("http://127.0.0.1:1", first_pause=0.0001)
        try:
            return await sending.send(Call("/x", {}), "c")
        finally:
            await sending.close()

    assert not asyncio.run(send())
    assert len(tries) == delivery._ATTEMPTS - 1


@pytest.mark.parametrize(
    "fault", [Fault(400), Fault(401), Fault(403, body={"error": {"code": 10}}), Fault(404)], ids=str
)
def test_what_is_refused_for_good_is_not_sent_again(
    platforms: Platforms, person: str, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    platforms.fails(person, fault)
    with caplog.at_level(logging.DEBUG):
        assert not sent(platforms, person)
    assert platforms.to(person) == []
    assert not platforms.is_due(person)
    assert f"telegram-conversation was refused with status {fault.status}" in caplog.text
    assert "secret of mine" not in caplog.text


@pytest.mark.parametrize(("fault", "said"), [(Fault(500), "status 500"), (Fault(0), "could not be sent")], ids=str)
def test_what_is_never_taken_is_logged_without_its_text_or_the_token(
    platforms: Platforms, person: str, fault: Fault, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    platforms.fails(person, *[fault] * delivery._ATTEMPTS)
    with caplog.at_level(logging.DEBUG):
        assert not sent(platforms, person)
    ours = [record for record in caplog.records if record.name.startswith("img_pathway")]
    errors = [record.getMessage() for record in ours if record.levelno >= logging.ERROR]
    assert len(errors) == 1
    assert "telegram-conversation" in errors[0] and said in errors[0]
    assert "secret of mine" not in caplog.text
    assert SECRETS["TELEGRAM_TOKEN"] not in "".join(errors)


def test_a_pause_that_a_platform_asks_for_is_kept_but_not_without_bound() -> None:
    class Asking:
        def __init__(self, seconds: str) -> None:
            self.headers = {"Retry-After": seconds}

    patience = _Patience(delivery._ATTEMPTS, 1.0, delivery._LONGEST_PAUSE)
    asked = {seconds: patience.get_timeout(1, Asking(seconds)) for seconds in ("7", "86400", "soon", "-1", "²")}  # type: ignore[arg-type]
    assert asked == {"7": 7, "86400": delivery._LONGEST_ASKED_PAUSE, "soon": 1, "-1": 1, "²": 1}
