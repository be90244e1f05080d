"""Every action between Rasa and the dialogue: what is read from a tracker, what is said and set in return."""

from __future__ import annotations

import json
import shutil
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import (
    ATTRIBUTE,
    ENQUIRY,
    FORM,
    MISSES,
    QUIZ,
    QUIZ_ANSWER,
    RECENT,
    TOPICS,
    Done,
    Given,
    TurnAction,
    remembered_of,
)
from img_pathway.content import load_document
from img_pathway.content.home import home
from img_pathway.dialogue.asking import Context
from img_pathway.dialogue.plain import to_text
from img_pathway.dialogue.understood import Understood
from img_pathway.enquiry.talk import Draft
from img_pathway.quiz import State
from img_pathway.reply import Cited, Option, Reply
from img_pathway.serve import content_memory
from tests.actions.given import LONG, asked, enquiry_words, said_by_person
from tests.quiz.content import ROOT, TODAY, bot

REPLY = Reply(
    text=("One line.", "Another."),
    options=(Option("Check me", "quiz:start", "quiz/start"), Option("What it costs", "ask:cost:oet", "ask/cost/oet")),
    sources=(Cited("A source", "https://example.org/a", "2026"),),
    basis=("ask/length/observership", "fact/observership_length"),
)
RELEASE = "0007"


class Probe(TurnAction):
    """An action that does what it is told, and remembers what it was given and where its content is."""

    def __init__(self, done: Done | None = None) -> None:
        self.done = done or Done()
        self.homes: list[Path] = []

    def name(self) -> str:
        return "probe"

    def act(self, given: Given) -> Done:
        self.given = given
        self.homes.append(home())
        return self.done


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMG_PATHWAY_HOME", str(ROOT))
    monkeypatch.setattr("img_pathway.content.day.today", lambda: TODAY)


def tracker(
    message: Understood = LONG, slots: dict[str, Any] | None = None, loop: str | None = None, **more: Any
) -> Tracker:
    """A tracker of Rasa's with a message; `more` goes into the message."""
    latest = {"text": message.text, "understood": json.loads(json.dumps(message.to_dict())), **more}
    events = [said_by_person(message)]
    return Tracker("somebody", slots or {}, latest, events, False, None, {"name": loop} if loop else {}, None)


def ran(probe: Probe, of: Tracker | None = None) -> tuple[list[dict[str, Any]], list[EventType]]:
    """The messages that were sent and the events that were returned."""
    dispatcher = CollectingDispatcher()
    events = probe.run(dispatcher, of or tracker(), {})
    return dispatcher.messages, events


def given(of: Tracker) -> Given:
    probe = Probe()
    ran(probe, of)
    return probe.given


def test_rasa_knows_the_actions_by_their_names() -> None:
    for path in (ROOT / "actions").glob("[!_]*.py"):
        import_module(f"actions.{path.stem}")
    ours = [action for action in TurnAction.__subclasses__() if action.__module__.startswith("actions.")]
    assert sorted(action().name() for action in ours) == load_document(ROOT / "domain.yml").data["actions"]


# What is read


def test_of_a_new_conversation_nothing_is_known() -> None:
    found = given(Tracker("somebody", {}, {"text": "hi"}, [], False, None, {}, None))
    assert found == Given(found.bot, enquiry_words(), Understood("hi"), events=[])


def test_the_content_is_that_of_the_home_on_the_day() -> None:
    found = given(tracker())
    assert found.bot.today == TODAY
    assert found.bot.knowledge.facts == bot().knowledge.facts
    assert found.enquiry_words == enquiry_words()


def test_the_bot_of_the_next_day_answers_the_day_after(monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow = date(2026, 11, 23)
    monkeypatch.setattr("img_pathway.content.day.today", lambda: tomorrow)
    assert given(tracker()).bot.today == tomorrow


def test_the_message_is_read_with_all_that_was_understood() -> None:
    assert given(tracker()).heard == LONG


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ("a\x00b\x1bc", "a b c"),
        ("with\u202e a turn", "with  a turn"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("\u200b around \x07", "around"),
        ("\ud800", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_control_characters_are_left_out_and_lines_stay(sent: str | None, text: str) -> None:
    assert given(tracker(text=sent)).heard.text == text


def test_slots_come_back_as_what_they_were_made_of() -> None:
    state, draft = asked("progress", stage="graduate"), Draft({"name": "Amina"}, "email")
    slots = {QUIZ: state.to_slot(), ENQUIRY: draft.to_slot(), MISSES: 2.0, ATTRIBUTE: "length"}
    found = given(tracker(slots=json.loads(json.dumps(slots))))
    assert (found.state, found.draft, found.misses) == (state, draft, 2)
    assert found.context == Context((), "length", ())


def test_an_enquiry_of_which_nothing_is_told_yet_is_open() -> None:
    assert given(tracker(slots={ENQUIRY: Draft().to_slot()})).draft == Draft()
    assert given(tracker(slots={ENQUIRY: {}})).draft == Draft()
    assert given(tracker(slots={ENQUIRY: None})).draft is None


def test_topics_and_answers_that_are_gone_from_the_content_are_left_out() -> None:
    gone = State("match", {"stage": "graduate", "gone": "yes"}, ("gone", "stage"), "gone")
    slots = {TOPICS: ["gone", "residency"], RECENT: ["residency", "gone"], QUIZ: gone.to_slot()}
    found = given(tracker(slots=slots))
    assert (found.context.topics, found.context.recent) == (("residency",), ("residency",))
    assert found.state == State("match", {"stage": "graduate"}, ("stage",))


@pytest.mark.parametrize(("loop", "is_asking"), [(FORM, True), ("another_form", False), (None, False)])
def test_a_question_is_open_while_the_form_is_active(loop: str | None, is_asking: bool) -> None:
    assert given(tracker(loop=loop)).is_asking == is_asking


def test_rasas_events_are_given_as_they_are() -> None:
    of = tracker()
    assert given(of).events is of.events


# Which content


@pytest.fixture()
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with one release, whose content is the project's."""
    folder = tmp_path / "models" / "releases" / RELEASE
    folder.mkdir(parents=True)
    (folder / "release.json").write_text("{}", encoding="utf-8")
    monkeypatch.setenv("IMG_PATHWAY_ROOT", str(tmp_path))
    # Content is read once for all tests; it takes a second.
    memory = {ROOT: content_memory.remembered(ROOT), folder.resolve(): content_memory.remembered(ROOT)}
    monkeypatch.setattr(content_memory, "_memory", memory)
    return tmp_path.resolve()


def test_a_message_is_answered_with_the_release_that_understood_it(root: Path) -> None:
    probe = Probe()
    ran(probe, tracker(metadata={"release": RELEASE}))
    assert probe.homes == [root / "models" / "releases" / RELEASE]
    assert home() == ROOT


def test_a_message_without_a_release_is_answered_with_what_is_live(root: Path) -> None:
    probe = Probe()
    for more in ({}, {"metadata": None}, {"metadata": {}}, {"metadata": {"release": None}}):
        ran(probe, tracker(**more))
    assert set(probe.homes) == {ROOT}


@pytest.mark.parametrize("release", ["0008", "../..", RELEASE])
def test_where_a_release_is_gone_what_is_live_answers(root: Path, release: str) -> None:
    shutil.rmtree(root / "models" / "releases" / RELEASE)
    probe = Probe(Done((REPLY,)))
    messages, _ = ran(probe, tracker(metadata={"release": release}))
    assert probe.homes == [ROOT]
    assert len(messages) == 1


def test_a_failure_leaves_no_release_behind(root: Path) -> None:
    class Failing(Probe):
        def act(self, given: Given) -> Done:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        ran(Failing(), tracker(metadata={"release": RELEASE}))
    assert home() == ROOT


# What is said


def test_a_reply_is_sent_as_text_with_buttons_and_whole_with_its_basis() -> None:
    (message,), events = ran(Probe(Done((REPLY,))))
    assert message["text"] == to_text(REPLY, bot().say)
    assert message["buttons"] == [{"title": o.label, "payload": o.payload} for o in REPLY.options]
    assert message["reply"]["basis"] == REPLY.basis
    assert Reply.from_dict(json.loads(json.dumps(message["reply"]))) == REPLY
    assert events == []


def test_a_reply_without_options_has_no_buttons() -> None:
    (message,), _ = ran(Probe(Done((Reply(text=("One line.",)),))))
    assert message["buttons"] == []


def test_an_empty_reply_is_not_sent() -> None:
    assert ran(Probe(Done((Reply(), Reply()))))[0] == []
    assert len(ran(Probe(Done((Reply(), REPLY, Reply()))))[0]) == 1


def test_replies_are_sent_in_order() -> None:
    messages, _ = ran(Probe(Done((Reply(text=("first",)), Reply(text=("second",))))))
    assert [message["text"] for message in messages] == ["first", "second"]


def test_an_enquiry_that_was_agreed_to_goes_with_the_message() -> None:
    (message,), events = ran(Probe(Done((REPLY,), agreed={"enquiry": {"id": "ABC234"}})))
    assert message["enquiry"] == {"id": "ABC234"}
    assert events == []
    assert "enquiry" not in ran(Probe(Done((REPLY,))))[0][0]


# What is set


def test_slots_and_what_follows_become_events_in_order() -> None:
    done = Done(slots={QUIZ: {"goal": None}}, asks=True)
    assert ran(Probe(done)) == ([], [SlotSet(QUIZ, {"goal": None}), SlotSet(QUIZ_ANSWER, None), FollowupAction(FORM)])


def test_without_anything_done_nothing_is_said_or_set() -> None:
    assert ran(Probe()) == ([], [])


def test_what_an_answer_was_about_ends_the_misses() -> None:
    found = Context(("oet",), "cost", ("oet", "eras"))
    assert remembered_of(found) == {TOPICS: ["oet"], ATTRIBUTE: "cost", RECENT: ["oet", "eras"], MISSES: 0}
