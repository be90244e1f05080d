"""How conversations are kept: by their order and not by clocks, and whole turns alone."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace

import pytest
from jsonschema import ValidationError
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from img_pathway.channels import failures
from img_pathway.channels.failures import noticing
from img_pathway.channels.keeping import Keeping, _is_well_formed
from tests.channels.fakes import Platforms
from tests.channels.served import Served
from tests.serving import credentials_for_tests


@pytest.fixture()
def keeping(tmp_path: Path) -> Keeping:
    domain = Domain.empty()
    return Keeping(SQLTrackerStore(domain=domain, dialect="sqlite", db=str(tmp_path / "conversations.db")), domain)


def talk(*events: object) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("somebody", list(events))


async def kept(keeping: Keeping) -> list[str]:
    found = await keeping.retrieve("somebody")
    return [event.type_name for event in found.events] if found else []


def test_what_was_said_after_a_clock_was_set_back_is_remembered_and_kept_once(keeping: Keeping) -> None:
    began = [ActionExecuted("action_session_start", timestamp=5000), SessionStarted(timestamp=5001)]

    async def run() -> None:
        await keeping.save(talk(*began, UserUttered("one", timestamp=5002)))
        for time, text in ((100, "two"), (200, "three")):
            tracker = await keeping.retrieve("somebody")
            assert tracker is not None
            tracker.update(UserUttered(text, timestamp=time))
            tracker.update(BotUttered(text, timestamp=time + 1))
            await keeping.save(tracker)

    asyncio.run(run())
    assert asyncio.run(kept(keeping)) == ["session_started", "user", "user", "bot", "user", "bot"]


def test_a_turn_in_which_something_failed_is_not_kept(keeping: Keeping) -> None:
    async def run() -> None:
        with noticing():
            failures._notice(TimeoutError(), "actions")
            await keeping.save(talk(UserUttered("one")))
        with noticing():
            await keeping.save(talk(UserUttered("two")))

    asyncio.run(run())
    assert asyncio.run(kept(keeping)) == ["user"]


def test_whatever_connector_the_first_message_comes_by_its_turn_is_kept_so(
    tmp_path: Path, platforms: Platforms, secrets: None
) -> None:
    store = SQLTrackerStore(Domain.empty(), dialect="sqlite", db=str(tmp_path / "conversations.db"))
    processor = SimpleNamespace(tracker_store=store, action_endpoint=None)
    agent = SimpleNamespace(processor=processor, tracker_store=store, domain=Domain.empty(), action_endpoint=None)
    Served(credentials_for_tests(tmp_path, platforms.address), tmp_path / "conversations.db", agent).close()
    assert isinstance(processor.tracker_store, Keeping)
    assert agent.tracker_store is processor.tracker_store


def test_who_gives_up_waits_for_what_was_begun_in_the_database(
    keeping: Keeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow(self: SQLTrackerStore, tracker: DialogueStateTracker) -> None:
        await asyncio.sleep(0.3)
        done.append(tracker.sender_id)

    monkeypatch.setattr(SQLTrackerStore, "save", slow)
    done: list[str] = []

    async def run() -> None:
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(keeping.save(talk(UserUttered("one"))), 0.05)
        assert done == ["somebody"]

    asyncio.run(run())


def test_what_an_action_sends_back_is_looked_at_though_not_its_schema(keeping: Keeping) -> None:
    assert _is_well_formed(None, {"events": [{"event": "slot", "name": "quiz", "value": None}], "responses": []})
    for wrong in ({"events": [{"event": "slot"}]}, {"responses": "hello"}):
        with pytest.raises(ValidationError):
            _is_well_formed(None, wrong)
