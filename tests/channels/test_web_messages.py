"""Messages over the web channel: limits, order, repetitions, options, commands of Rasa, and files to keep."""

from __future__ import annotations

import json
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from img_pathway.channels.wording import LONGEST_TEXT
from img_pathway.dialogue.bot import Bot
from img_pathway.serve.supervisor import Supervisor
from tests.channels.browserless import Visitor, code

pytestmark = pytest.mark.server
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture()
def visitor(running: Supervisor) -> Visitor:
    return Visitor.of(running)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", (400, "bad_request")),
        (b"{", (400, "bad_request")),
        (b"\xff\xfe", (400, "bad_request")),
        (b"[1]", (400, "bad_request")),
        (b'"hello"', (400, "bad_request")),
        (b'{"text": "hello"}', (400, "bad_request")),
        (b'{"id": "short", "text": "hello"}', (400, "bad_request")),
        (b'{"id": "no spaces please", "text": "hello"}', (400, "bad_request")),
        (b'{"id": 12345678, "text": "hello"}', (400, "bad_request")),
        (b'{"id": "12345678"}', (400, "bad_request")),
        (b'{"id": "12345678", "text": "  "}', (400, "bad_request")),
        (b'{"id": "12345678", "text": {"a": 1}}', (400, "bad_request")),
        (b'{"id": "12345678", "text": "\\u0000\\u0007"}', (400, "bad_request")),
        (b"[" * 4000 + b"]" * 4000, (400, "bad_request")),
        (b'{"id": "12345678", "text": "' + b"x" * (LONGEST_TEXT + 1) + b'"}', (413, "too_long")),
        (b'{"id": "12345678", "text": "' + "\ufdfa".encode() * 56 + b'"}', (413, "too_long")),
        (b'{"id": "12345678", "text": "' + b"x" * 9000 + b'"}', (413, "too_large")),
    ],
)
def test_a_bad_request_is_told_what_is_wrong(visitor: Visitor, body: bytes, expected: tuple[int, str]) -> None:
    answer = visitor.asks("POST", "/chat/messages", content=body)
    assert (answer.status_code, code(answer)) == expected
    assert visitor.stored() == []


@pytest.mark.parametrize("text", ["x" * LONGEST_TEXT, "\ud83d halves \udc00", "a\u0000b what is a residency", "🙂"])
def test_any_text_within_the_limits_is_answered(visitor: Visitor, text: str) -> None:
    # As bytes, because halves of characters cannot be sent otherwise.
    body = json.dumps({"id": "12345678", "text": text}).encode()
    answer = visitor.asks("POST", "/chat/messages", content=body)
    assert answer.status_code == 200
    assert answer.json()["replies"]


def test_a_repetition_gets_the_first_answer(visitor: Visitor) -> None:
    message_id = uuid.uuid4().hex
    first = visitor.hears("what is a sub-internship?", message_id)
    assert visitor.hears("what is a sub-internship?", message_id) == first
    assert visitor.hears("something else under the same id", message_id) == first
    assert len(visitor.stored("user")) == 1


def test_repetitions_while_the_first_is_worked_on_are_answered_once(visitor: Visitor) -> None:
    message_id = uuid.uuid4().hex
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: visitor.hears("how long is residency?", message_id), range(8)))
    assert all(answer == answers[0] for answer in answers)
    assert len(visitor.stored("user")) == 1


def test_messages_at_once_are_worked_on_one_after_the_other(visitor: Visitor) -> None:
    visitor.hears("check my eligibility")
    answers = ["goal:match", "stage:graduate", "back", "stage:graduate", "my answers"]
    with ThreadPoolExecutor(5) as pool:
        heard = list(pool.map(visitor.hears, answers))
    assert sorted(exchange["text"] for exchange in visitor.history()[1:]) == sorted(e["text"] for e in heard)
    events = [event["event"] for event in visitor.stored() if event["event"] in ("user", "action")]
    # Between two messages Rasa always came back to listening.
    assert "user user" not in " ".join(events)


@pytest.mark.parametrize(
    "typed", ["/restart", "/session_start", "/quiz_stop", '/quiz_start{"quiz": {"goal": "match"}}', "\uff0frestart"]
)
def test_what_looks_like_a_command_of_rasa_is_text(visitor: Visitor, typed: str) -> None:
    visitor.hears("what is a clerkship?")
    visitor.hears(typed)
    kinds = [event["event"] for event in visitor.stored()]
    assert "restart" not in kinds
    assert kinds.count("session_started") == 1
    assert not [event for event in visitor.stored("slot") if "match" in str(event["value"])]
    assert visitor.history()[1]["text"] == typed


def test_options_show_their_labels_and_remember_which_was_picked(visitor: Visitor, bot: Bot) -> None:
    offered = visitor.hears("check my eligibility")["replies"][-1]["options"]
    goal = next(option for option in offered if option["payload"] == "goal:match")
    visitor.hears("goal:match")
    visitor.hears("stage:graduate")
    first, second, third = visitor.history()
    assert [first["took"], second["took"], third["took"]] == ["quiz:start", "goal:match", "stage:graduate"]
    assert second["text"] == goal["label"]
    assert third["text"] == bot.engine.quiz.questions["stage"].options["graduate"].label


def test_the_number_of_an_option_picks_it(visitor: Visitor, bot: Bot) -> None:
    welcome = visitor.asks("GET", "/chat/history").json()["welcome"]
    names = [option["label"] for option in welcome["options"]]
    assert visitor.hears("2")["text"] == names[1]
    assert visitor.history()[0]["text"] == names[1]
    options = visitor.hears("check my eligibility")["replies"][-1]["options"]
    assert visitor.hears(str(len(options)))["text"] == options[-1]["label"]


@pytest.mark.parametrize("kind", ["text", "html"])
def test_the_transcript_holds_what_was_said_and_runs_nothing(visitor: Visitor, bot: Bot, kind: str) -> None:
    said = visitor.hears("what is a clerkship?")["replies"][0]["text"][0]
    visitor.hears(HOSTILE)
    answer = visitor.asks("GET", f"/chat/transcript?format={kind}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    assert bot.organization.name in answer.text
    assert said in answer.text.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&")
    assert (HOSTILE in answer.text) == (kind == "text")
    assert "sandbox" in answer.headers["content-security-policy"]


def test_an_unknown_kind_of_transcript_is_refused(visitor: Visitor) -> None:
    assert code(visitor.asks("GET", "/chat/transcript?format=pdf")) == "bad_request"
