"""An enquiry while the action server hangs: kept once, with the number that the person is told, or not at all."""

from __future__ import annotations

import os
import signal
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from img_pathway.database.connect import connect, database_url
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.clicks import DELETE_ALL
from img_pathway.serve.supervisor import Supervisor
from tests.channels.browserless import Visitor
from tests.channels.phones import Phone
from tests.serving import ROOT, crash, eventually, rows, tables_with, well

pytestmark = pytest.mark.server


@pytest.fixture()
def marker() -> str:
    """A name that nobody else has; names are letters."""
    return "zebediah" + uuid.uuid4().hex.translate(str.maketrans("0123456789", "ghijklmnop"))


@contextmanager
def hanging_actions(running: Supervisor) -> Iterator[None]:
    process = running.parts[0].process
    assert process is not None
    os.kill(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process.pid, signal.SIGCONT)


def asked_for_consent(running: Supervisor, marker: str) -> Visitor:
    """Somebody who has told all, and was asked whether to send it."""
    visitor = Visitor.of(running)
    for said in told(marker):
        last = visitor.hears(said)["replies"][-1]
    assert marker in str(last).lower()
    assert "enquiry:yes" in str(last["options"])
    return visitor


def told(marker: str) -> tuple[str, ...]:
    return ("enquiry:start", marker, f"{marker}@example.com", "skip", "skip", "skip", "skip")


def has_worked_off(running: Supervisor) -> bool:
    """Whether the action server has done what it was asked before: it works on one action after the other."""
    return well(running) and bool(Visitor.of(running).hears("what is a residency?")["replies"])


def numbers(running: Supervisor, conversation: str) -> list[str]:
    return [row[0] for row in rows(running, "SELECT id FROM enquiries WHERE conversation = :id", id=conversation)]


def kept_of(running: Supervisor, marker: str) -> set[str]:
    return tables_with(connect(database_url(ROOT, running.settings.environment)), marker)


def test_nothing_is_kept_of_whoever_deletes_while_an_action_hangs(running: Supervisor, marker: str) -> None:
    visitor = asked_for_consent(running, marker)
    assert kept_of(running, marker) == {"events"}
    with hanging_actions(running):
        assert visitor.says("yes").status_code == 503
        assert visitor.asks("DELETE", "/chat/session").json() == {"deleted": True}
    assert eventually(lambda: has_worked_off(running))
    assert kept_of(running, marker) == set()
    assert numbers(running, visitor.conversation) == []


def test_the_same_on_a_platform_where_the_person_goes_on_afterwards(
    phone_on: Callable[[str], Phone], running: Supervisor, bot: Bot, marker: str
) -> None:
    phone = phone_on("telegram")
    for said in told(marker):
        phone.says(said)
    assert "enquiry:yes" in phone.payloads
    with hanging_actions(running):
        phone.says("yes").phrase("unavailable")
        assert phone.says(DELETE_ALL).text == bot.say("deleted")
    assert eventually(lambda: has_worked_off(running))
    assert kept_of(running, marker) == set()
    assert phone.says("what is a residency?").about("residency")
    assert [event["text"] for event in phone.stored("user")] == ["what is a residency?"]


@pytest.mark.parametrize("fault", ["hangs", "is restarted"])
def test_a_message_that_is_sent_again_makes_one_enquiry_whose_number_is_told(
    running: Supervisor, marker: str, fault: str
) -> None:
    visitor, message_id = asked_for_consent(running, marker), uuid.uuid4().hex
    if fault == "hangs":
        with hanging_actions(running):
            assert visitor.says("yes", message_id).status_code == 503
    else:
        crash(running.parts[0])
        assert visitor.says("yes", message_id).status_code == 503
        running._relaunch(running.parts[0])
    assert eventually(lambda: has_worked_off(running))
    assert numbers(running, visitor.conversation) == []
    said = visitor.hears("yes", message_id)
    (number,) = numbers(running, visitor.conversation)
    assert number in str(said["replies"])
    assert visitor.hears("yes", message_id) == said
    assert numbers(running, visitor.conversation) == [number]


def test_a_double_click_makes_one_enquiry(running: Supervisor, marker: str) -> None:
    visitor = asked_for_consent(running, marker)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(visitor.hears, ["enquiry:yes"] * 2))
    (number,) = numbers(running, visitor.conversation)
    assert [number in str(answer["replies"]) for answer in answers].count(True) == 1


def test_two_people_at_once_have_an_enquiry_each(running: Supervisor, marker: str) -> None:
    visitors = [asked_for_consent(running, marker) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda visitor: visitor.hears("yes"), visitors))
    for visitor, answer in zip(visitors, answers, strict=True):
        (number,) = numbers(running, visitor.conversation)
        assert number in str(answer["replies"])
