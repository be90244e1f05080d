"""However long a conversation has been, a turn and a page of its history take as much work as in a short one."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    AllSlotsReset,
    ConversationPaused,
    ConversationResumed,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from img_pathway.channels.keeping import Keeping
from img_pathway.channels.store import ConversationStore
from img_pathway.channels.talks import Turn, turns_of
from img_pathway.channels.window import TURNS, Page
from img_pathway.database.connect import migrate
from tests.channels.long_talks import BEGUN, counted, keep, told, turn
from tests.serving import ROOT

DOMAIN = Domain.load(ROOT / "domain.yml")
SHORT, LONG, VERY_LONG = 10, 1000, 3000


class Kept:
    """A database of conversations, as the tracker store and the channel read it."""

    def __init__(self, path: Path) -> None:
        plain = SQLTrackerStore(domain=DOMAIN, dialect="sqlite", db=str(path))
        self.store = ConversationStore(plain)
        self.engine: sa.engine.Engine = plain.engine
        self.keeping = Keeping(plain, DOMAIN)
        migrate(self.engine)

    def of(self, events: Sequence[Event], name: str = "web-1") -> Kept:
        """With a conversation in it."""
        keep(self.engine, name, events)
        return self

    def tracker(self, name: str = "web-1") -> DialogueStateTracker:
        found = asyncio.run(self.keeping.retrieve(name))
        assert found is not None
        return found

    def recent(self, name: str = "web-1") -> list[dict[str, object]]:
        return asyncio.run(self.store.recent(name, DOMAIN))

    def page(self, size: int = 50, before: int | None = None) -> Page:
        return asyncio.run(self.store.page("web-1", size, before))


@pytest.fixture()
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "conversations.db")


def full(events: Sequence[Event]) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("web-1", list(events), DOMAIN.slots)


def state(tracker: DialogueStateTracker) -> object:
    """What the next action is chosen by."""
    loop = tracker.active_loop
    latest = tracker.latest_message
    return (
        tracker.current_slot_values(), loop and (loop.name, loop.rejected, loop.is_interrupted), tracker.is_paused(),
        tracker.latest_action_name, latest and latest.text, tracker.get_latest_input_channel(),
    )  # fmt: skip


def test_a_turn_reads_and_sends_no_more_events_late_in_a_conversation(tmp_path: Path) -> None:
    short, long = (Kept(tmp_path / f"{n}.db").of(told(n - 1)) for n in (SHORT, LONG))
    assert len(long.tracker().events) <= 2 * len(short.tracker().events)
    assert len(long.recent()) <= 2 * len(short.recent())
    assert state(long.tracker()) == state(full(told(LONG - 1)))


def test_a_turn_is_no_more_work_for_the_database_late_in_a_conversation(tmp_path: Path) -> None:
    work = []
    for number in (SHORT, LONG, VERY_LONG):
        kept = Kept(tmp_path / f"{number}.db").of(told(number - 1))
        with counted(kept.engine) as steps:
            tracker = kept.tracker()
            tracker.update(UserUttered("and then?"))
            asyncio.run(kept.keeping.save(tracker))
            kept.recent()
            asyncio.run(kept.store.repeated("web-1", "no such message"))
        work.append(steps.steps)
    assert max(work) <= 2 * work[0], work


def test_a_page_of_history_is_no_more_work_late_in_a_conversation(tmp_path: Path) -> None:
    work = []
    for number in (70, LONG, VERY_LONG):
        kept = Kept(tmp_path / f"{number}.db").of(told(number))
        with counted(kept.engine) as steps:
            assert kept.page().earlier
        work.append(steps.steps)
    assert max(work) <= 2 * work[0], work


def test_what_is_kept_after_a_window_is_read_is_what_is_new(kept: Kept) -> None:
    before = told(40)
    tracker = kept.of(before).tracker()
    new = turn(41, SlotSet("quiz", {"goal": "match"}))
    for event in new:
        tracker.update(event)
    asyncio.run(kept.keeping.save(tracker))
    everything = asyncio.run(kept.keeping.retrieve_full_tracker("web-1"))
    assert everything is not None
    assert [event.as_dict() for event in everything.events] == [event.as_dict() for event in (*before, *new)]


VALUES = st.one_of(st.none(), st.builds(dict, goal=st.sampled_from("abc"), asked=st.sampled_from(["stage", None])))
WITHIN = st.one_of(
    st.builds(SlotSet, st.sampled_from([slot.name for slot in DOMAIN.slots]), VALUES),
    st.builds(ActiveLoop, st.sampled_from(["quiz_form", None])),
    st.sampled_from([ActionExecuted("quiz_form"), AllSlotsReset(), ConversationPaused(), ConversationResumed()]),
    st.just(Restarted()),
)
RESETS = (AllSlotsReset, Restarted, SessionStarted)
# Rarely, as Rasa does it: between turns.
BEFORE = st.integers(0, 15).map(lambda rare: [] if rare else [SessionStarted(), ActionExecuted("action_listen")])
TALKS = st.lists(st.tuples(BEFORE, st.lists(WITHIN, max_size=4)), min_size=1, max_size=3 * TURNS)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return Kept(tmp_path_factory.mktemp("talks") / "conversations.db")


@given(talk=TALKS)
@examples(max_examples=60, deadline=None)
def test_whatever_was_set_however_long_ago_still_holds(many: Kept, talk: list[tuple[list[Event], list[Event]]]) -> None:
    told = [event for n, (before, within) in enumerate(talk) for event in (*before, *turn(n, *within))]
    events, name = [*BEGUN, *told], uuid.uuid4().hex
    many.of(events, name)
    assert state(many.tracker(name)) == state(full(events))
    if any(isinstance(event, RESETS) for event in told):
        return
    seen, whole = turns_of(many.recent(name))[-1], turns_of([event.as_dict() for event in events])[-1]
    assert (seen.said, seen.in_quiz, seen.in_enquiry, seen.asked) == (
        whole.said, whole.in_quiz, whole.in_enquiry, whole.asked,
    )  # fmt: skip


def test_turns_that_only_rules_know_leave_a_history_to_go_by(kept: Kept) -> None:
    hidden = [event for n in range(3 * TURNS) for event in turn(n)]
    for event in hidden:
        if isinstance(event, ActionExecuted):
            event.hide_rule_turn = True
    events = [*BEGUN, *hidden]
    states = [t.past_states(DOMAIN, ignore_rule_only_turns=True) for t in (kept.of(events).tracker(), full(events))]
    assert states[0] == states[1] != []


def visible(turn: Turn) -> object:
    """What people see of a turn, which is all that a page knows of it."""
    return turn.id, turn.said, turn.shown, turn.at, turn.replies, turn.took


def test_pages_joined_are_the_whole_conversation(kept: Kept) -> None:
    events = told(120)
    kept.of(told(3), "web-2").of(events).of(told(3), "web-3")
    whole = [visible(turn) for turn in turns_of([event.as_dict() for event in events])]
    found, before = list[object](), None
    while True:
        page = kept.page(50, before)
        found = [*map(visible, turns_of(page.events)[-50:]), *found]
        before = page.earlier
        if before is None:
            break
    assert found == whole
    assert [len(turns_of(kept.page(50, 10**9).events)), kept.page(50, 1)] == [60, Page([], None)]


def test_an_option_that_was_shown_on_the_page_before_is_shown_in_its_words(kept: Kept) -> None:
    # Message 53 picks what was offered after message 50, which stands on the page before.
    events = told(50) + turn(51) + [UserUttered("option:50", message_id="picks"), *turn(53)[1:]]
    (*_, last, _) = turns_of(kept.of([*events, *turn(54)]).page(2).events)
    assert (last.said, last.shown) == ("option:50", "Option 50")


@pytest.mark.parametrize("ago", [1, TURNS, TURNS + 1, 60])
def test_a_message_that_comes_again_is_recognized(kept: Kept, ago: int) -> None:
    kept.of(told(200))
    page = asyncio.run(kept.store.repeated("web-1", f"message-{200 - ago}"))
    assert turns_of(page.events)[-1].id == f"message-{200 - ago}"
    assert asyncio.run(kept.store.repeated("web-1", "%")) == Page([], None)
