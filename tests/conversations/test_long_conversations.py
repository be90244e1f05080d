"""After a thousand messages a conversation goes on where it was: the open question, the enquiry, the answers."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
import sqlalchemy as sa

from img_pathway.database.connect import connect, database_url
from img_pathway.dialogue.bot import Bot
from img_pathway.serve.supervisor import Supervisor
from tests.channels.browserless import Visitor
from tests.serving import ROOT

pytestmark = pytest.mark.server
ASKED = "what is a clerkship?"
MESSAGES = 1000


def grow(visitor: Visitor, number: int = MESSAGES) -> None:
    """Let the person have asked the last question so many times more, as far as the database knows."""
    engine = connect(database_url(ROOT, visitor.running.settings.environment))
    columns = "type_name, timestamp, intent_name, action_name, data"
    last = "(SELECT MAX(id) FROM events WHERE sender_id = :id AND type_name = 'user')"
    kinds = "('user', 'bot', 'action')"
    query = f"SELECT {columns} FROM events WHERE sender_id = :id AND id >= {last} AND type_name IN {kinds} ORDER BY id"
    with engine.begin() as database:
        turn = database.execute(sa.text(query), {"id": visitor.conversation}).mappings().all()
        more = [
            {**row, "id": visitor.conversation, "data": renamed(row["data"])} for _ in range(number) for row in turn
        ]
        into = f"INSERT INTO events (sender_id, {columns}) VALUES"
        database.execute(sa.text(f"{into} (:id, :type_name, :timestamp, :intent_name, :action_name, :data)"), more)


def renamed(data: str) -> str:
    """The same event of another message."""
    event: dict[str, Any] = json.loads(data)
    return json.dumps({**event, "message_id": uuid.uuid4().hex} if event["event"] == "user" else event)


def said(visitor: Visitor, *texts: str) -> list[Any]:
    return [visitor.hears(text)["replies"] for text in texts]


def both(running: Supervisor, *begins: str) -> tuple[Visitor, Visitor]:
    """Two people who said the same, one of whom has gone on asking."""
    short, long = Visitor.of(running), Visitor.of(running)
    assert said(short, *begins, ASKED) == said(long, *begins, ASKED)
    grow(long)
    return short, long


@pytest.mark.parametrize(
    ("begins", "then"),
    [
        (["what is a residency?"], [ASKED, "how long is it?", "helped:no", "what does it cost?"]),
        (["check my eligibility", "goal:match", "stage:graduate"], ["back", "stage:graduate", "2", "my answers"]),
        (["check my eligibility", "goal:match", "stop the quiz"], ["my answers", "go on with the quiz", "1"]),
        (["i graduated in 2015 and passed step 1"], ["what can i do?", "start over", "my answers"]),
    ],
    ids=["talk", "open quiz", "quiz put aside", "record told"],
)
def test_the_same_is_said_after_a_thousand_messages(running: Supervisor, begins: list[str], then: list[str]) -> None:
    short, long = both(running, *begins)
    assert said(long, *then) == said(short, *then)


def test_an_enquiry_goes_on_after_a_thousand_messages(running: Supervisor) -> None:
    short, long = Visitor.of(running), Visitor.of(running)
    assert said(short, "enquiry:start", "amina diallo") == said(long, "enquiry:start", "amina diallo")
    grow(long)
    then = ["amina@example.com", "skip", "internal medicine", "skip", "skip"]
    assert said(long, *then) == said(short, *then)


def test_history_is_the_last_fifty_and_leads_to_all_before(running: Supervisor) -> None:
    _, long = both(running)
    found, pages, earlier = list[dict[str, Any]](), 0, ""
    while earlier is not None:
        page = long.asks("GET", f"/chat/history{earlier and f'?before={earlier}'}").json()
        found, pages, earlier = [*page["history"], *found], pages + 1, page["earlier"]
    assert (len(found), pages) == (MESSAGES + 1, 21)
    assert {exchange["text"] for exchange in found} == {ASKED}
    assert len({exchange["id"] for exchange in found}) == len(found)
    assert long.history() == found[-50:]


@pytest.mark.parametrize("before", ["x", "-1", "1.5", "", "9" * 19])
def test_a_page_that_no_answer_named_is_refused(running: Supervisor, before: str) -> None:
    answer = Visitor.of(running).asks("GET", f"/chat/history?before={before}")
    assert answer.status_code == (400 if before else 200)


@pytest.mark.parametrize("kind", ["text", "html"])
def test_the_transcript_of_a_long_conversation_is_whole(running: Supervisor, bot: Bot, kind: str) -> None:
    _, long = both(running)
    text = long.asks("GET", f"/chat/transcript?format={kind}").text
    assert text.count(ASKED) == MESSAGES + 1
    assert text.endswith("</html>" if kind == "html" else "\n")
