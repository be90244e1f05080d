"""Two chat servers and two action servers behind nginx, over PostgreSQL and Redis, are one bot.

Nothing ties a person to a worker: nginx hands each message to the next one.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest

from img_pathway.dialogue.bot import Bot
from img_pathway.enquiry.words import load_enquiry_words
from img_pathway.serve.supervisor import Supervisor
from tests.channels.browserless import Visitor, code
from tests.channels.fakes import Fault, Platforms, Taken
from tests.channels.phones import PLATFORMS, Phone
from tests.channels.taking import PEOPLE, Taker, decided
from tests.deploy.fleet import LIMIT, Fleet
from tests.deploy.front import nginx
from tests.deploy.servers import PASSWORD, PostgresServer, program
from tests.serving import HTTP, ROOT, crash, eventually, free_port, rows, well
from tests.talking import Talk

pytestmark = [pytest.mark.server, pytest.mark.services]
# nginx waits twelve seconds for a chat server before it asks another one, which then has its own ten.
HUNG_SECONDS = 22


@pytest.fixture()
def talk(fleet: Fleet, bot: Bot, responses: dict[str, list[str]]) -> Talk:
    """A conversation through nginx."""
    return Talk(fleet.front.settings.address, bot, responses)


@pytest.fixture()
def visitor(fleet: Fleet) -> Visitor:
    return Visitor.of(fleet.front)


def at_each(fleet: Fleet, visitor: Visitor) -> list[Visitor]:
    """The same person at each worker, past nginx."""
    return [Visitor(worker, visitor.token) for worker in fleet.workers]


def test_a_quiz_goes_from_worker_to_worker_and_stays_whole(fleet: Fleet, talk: Talk, bot: Bot) -> None:
    log = fleet.nginx / "img-pathway.log"
    before = len(log.read_text())
    person = PEOPLE["without_pathway"]
    assert Taker(talk, bot, "typing").take(person) == decided(bot, person)
    took = Counter(re.findall(r"POST /chat/messages .* upstream=(\S+)", log.read_text()[before:]))
    assert len(took) == 2
    assert min(took.values()) >= 4
    assert talk.token not in log.read_text()


def test_what_both_workers_get_at_once_is_answered_once(fleet: Fleet, visitor: Visitor) -> None:
    visitor.hears("check my eligibility")
    for said in ("goal:match", "stage:graduate", "back", "stage:graduate"):
        message_id = uuid.uuid4().hex
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda who, m=message_id, s=said: who.hears(s, m), at_each(fleet, visitor) * 4))
        assert all(answer == answers[0] for answer in answers)
    assert len(visitor.stored("user")) == 5


def test_different_messages_at_once_are_answered_in_their_order(fleet: Fleet, visitor: Visitor) -> None:
    visitor.hears("check my eligibility")
    said = ["goal:match", "stage:graduate", "back", "stage:final_year", "back", "stage:graduate", "my answers"]
    workers = at_each(fleet, visitor)
    with ThreadPoolExecutor(len(said)) as pool:
        heard: list[Future[dict[str, Any]]] = []
        for number, text in enumerate(said):
            heard.append(pool.submit(workers[number % 3 // 2].hears, text))
            # The next one is sent as soon as this one stands in line.
            seen = (len(heard), fleet, visitor.conversation)
            assert eventually(lambda s=seen, h=tuple(heard): s[1].waiting(s[2]) + sum(f.done() for f in h) >= s[0])
    exchanges = visitor.history()[1:]
    assert [exchange["id"] for exchange in exchanges] == [future.result()["id"] for future in heard]
    kinds = [event["event"] for event in visitor.stored() if event["event"] in ("user", "action")]
    assert "user user" not in " ".join(kinds)


def test_a_platform_that_tells_both_workers_is_answered_once(
    fleet: Fleet, bot: Bot, responses: dict[str, list[str]], platforms: Platforms
) -> None:
    addresses = [worker.settings.address for worker in fleet.workers]
    behind: Any = {"running": fleet.front, "platforms": platforms, "platform": "telegram"}
    phones = [Phone(address, bot, responses, **behind) for address in addresses]
    phones[1].sender = phones[0].sender
    for text in ("hello", "check my eligibility"):
        payload = phones[0].payload("text", text)
        with ThreadPoolExecutor(4) as pool:
            assert {answer.status_code for answer in pool.map(lambda p, b=payload: p.posts(b), phones * 2)} == {200}
    taken = phones[0].settles()
    assert len(phones[0].stored("user")) == 2
    assert len(taken) == len({(each.text, each.options) for each in taken})


def test_limits_count_what_all_workers_took(fleet: Fleet, visitor: Visitor) -> None:
    message_id, workers = uuid.uuid4().hex, at_each(fleet, visitor)
    with ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(workers[number % 2].says, "hello", message_id) for number in range(LIMIT + 10)]
    assert Counter(answer.result().status_code for answer in sent) == {200: LIMIT, 429: 10}


def test_enquiries_reach_postgresql_and_what_is_deleted_leaves_it(fleet: Fleet, talk: Talk) -> None:
    asks = {q.id: q.asks for q in load_enquiry_words(ROOT / "data" / "enquiry.yml").questions}
    talk.says("enquiry:start").contains(asks["name"]).says("amina diallo").contains(asks["email"])
    for said in ("amina@example.com", "skip", "internal medicine", "skip", "skip"):
        talk.says(said)
    talk.says("enquiry:yes")
    visitor = Visitor(fleet.front, talk.token)

    def left() -> list[int]:
        tables = {"events": "sender_id", "sessions": "id", "enquiries": "conversation"}
        queries = [f"SELECT COUNT(*) FROM {table} WHERE {column} = :id" for table, column in tables.items()]
        return [rows(fleet.front, query, id=visitor.conversation)[0][0] for query in queries]

    assert all(left())
    assert "amina" in fleet.staff("enquiries", "--open")
    assert visitor.asks("DELETE", "/chat/session").json() == {"deleted": True}
    assert left() == [0, 0, 0]
    assert "amina" not in fleet.staff("enquiries")


def test_staff_commands_and_a_restored_backup_say_the_same(
    fleet: Fleet, talk: Talk, postgres: PostgresServer, tmp_path: Path
) -> None:
    talk.says("its for the paper from last month").says("check my eligibility").says("goal:match")
    dump, other = str(tmp_path / "bot.dump"), postgres.create("restored")
    environment = {**os.environ, "PGPASSWORD": PASSWORD}
    for command in (
        [program("pg_dump"), "--format=custom", "--file", dump, "--dbname", fleet.front.settings.database],
        [program("pg_restore"), "--exit-on-error", "--no-owner", "--dbname", other, dump],
    ):
        subprocess.run(command, check=True, env=environment)
    assert "paper from last month" in fleet.staff("inbox")
    for words in (["inbox"], ["report"], ["enquiries"], ["purge", "--older-than", "180d", "--yes"]):
        assert fleet.staff(*words) == fleet.staff(*words, database=other)
    assert "Removed: 0 conversations" in fleet.staff("purge", "--older-than", "180d", "--yes")


def test_nothing_but_the_chat_is_public(fleet: Fleet) -> None:
    address = fleet.front.settings.address
    for path in (
        "/",
        "/demo/",
        "/version",
        "/model",
        "/conversations/x/tracker",
        "/webhooks/web",
        "/webhooks/rest",
        "/webhook",
    ):
        assert HTTP.get(address + path).status_code == 404, path
    for path in ("/widget.js", "/chat/", "/chat/health"):
        assert HTTP.get(address + path).status_code == 200, path
    assert HTTP.delete(address + "/chat/").status_code == 403
    assert HTTP.post(address + "/chat/messages", content=b"x" * 20_000).status_code == 413


def test_one_command_closes_all_servers_with_words_and_opens_them_again(fleet: Fleet, visitor: Visitor) -> None:
    fleet.staff("close", "--note", "fees are wrong")
    try:
        for worker in at_each(fleet, visitor):
            refused = worker.says("hello")
            assert (refused.status_code, code(refused)) == (503, "closed")
            health = worker.asks("GET", "/chat/health")
            assert (health.status_code, health.json()["closed"]) == (200, True)
        assert code(visitor.says("hello")) == "closed"
        assert HTTP.get(f"{fleet.front.settings.address}/widget.js").status_code == 200
    finally:
        fleet.staff("open")
    assert visitor.hears("hello")["replies"]


def test_without_chat_servers_nginx_says_so_in_words(tmp_path: Path) -> None:
    ports = {f"127.0.0.1:{port}": f"127.0.0.1:{free_port()}" for port in ("5005", "5006", "5050")}
    front = free_port()
    with nginx(tmp_path / "nginx", front, ports):
        page = HTTP.get(f"http://127.0.0.1:{front}/chat/")
        assert (page.status_code, "text/html" in page.headers["content-type"]) == (503, True)
        assert "away for a moment" in page.text
        refused = HTTP.post(f"http://127.0.0.1:{front}/chat/messages", json={})
        assert (refused.status_code, code(refused), refused.headers["retry-after"]) == (503, "unavailable", "10")
        assert HTTP.post(f"http://127.0.0.1:{front}/webhooks/telegram").status_code == 502


def test_visitors_cannot_choose_the_address_that_limits_count(fleet: Fleet) -> None:
    made_up = {"X-Forwarded-For": "203.0.113.7"}
    assert HTTP.post(f"{fleet.front.settings.address}/chat/sessions", json={}, headers=made_up).status_code == 201
    counted = fleet.counted_addresses()
    assert "127.0.0.1" in counted
    assert made_up["X-Forwarded-For"] not in counted


def test_a_database_that_was_restarted_is_not_noticed(fleet: Fleet, visitor: Visitor) -> None:
    for worker in at_each(fleet, visitor):
        worker.hears("what is a residency?")
    others = "FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
    assert rows(fleet.front, f"SELECT COUNT(pg_terminate_backend(pid)) {others}")[0][0] >= 2
    for worker in at_each(fleet, visitor):
        assert worker.hears("how long is it?")["replies"]


def test_without_redis_everybody_is_answered(fleet: Fleet, visitor: Visitor) -> None:
    fleet.redis.stop()
    try:
        for worker in at_each(fleet, visitor):
            message_id = uuid.uuid4().hex
            first = worker.hears("what is a residency?", message_id)
            assert worker.hears("what is a residency?", message_id) == first
        health = visitor.asks("GET", "/chat/health")
        assert (health.status_code, health.json()["redis"]) == (200, "away")
    finally:
        fleet.redis.start()
    assert eventually(lambda: visitor.asks("GET", "/chat/health").json()["redis"] == "answers")


def test_a_worker_that_is_restarted_is_missed_by_nobody(fleet: Fleet) -> None:
    people = [Visitor.of(fleet.front) for _ in range(3)]
    back, answers = Event(), list[int]()

    def talk(who: Visitor) -> None:
        while not back.is_set():
            answers.append(who.says("what is a residency?").status_code)
            # Not so fast that the restart would have to be quick to stay within the limit of a conversation.
            back.wait(1)

    part = fleet.workers[0].parts[1]
    assert part.process is not None
    with ThreadPoolExecutor(len(people)) as pool:
        talking = [pool.submit(talk, who) for who in people]
        assert eventually(lambda: len(answers) > 10)
        part.process.terminate()
        part.process.wait()
        fleet.workers[0]._relaunch(part)
        assert eventually(lambda: well(fleet.workers[0]))
        back.set()
        for thread in talking:
            thread.result()
    assert set(answers) == {200}


def test_a_worker_that_hangs_is_passed_by_and_nothing_is_doubled(fleet: Fleet) -> None:
    people = [Visitor.of(fleet.front) for _ in range(4)]
    hung = fleet.workers[0].parts[1].process
    assert hung is not None
    said = {f"message-{text}": text for text in ("menu", "eligibility", "contact")}

    def talk(who: Visitor) -> list[float]:
        return [who.says(text, id_).raise_for_status().elapsed.total_seconds() for id_, text in said.items()]

    os.kill(hung.pid, signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(len(people)) as pool:
            seconds = [one for person in pool.map(talk, people) for one in person]
    finally:
        os.kill(hung.pid, signal.SIGCONT)
    assert max(seconds) < HUNG_SECONDS
    assert eventually(lambda: well(fleet.workers[0]))
    for person in people:
        for worker in at_each(fleet, person):
            assert [exchange["id"] for exchange in worker.history()] == list(said)
        assert len(person.stored("user")) == len(said)


@contextmanager
def hanging_actions(fleet: Fleet) -> Iterator[None]:
    """All action servers hang, so that a message stays under way."""
    actions = [worker.parts[0].process for worker in fleet.workers]
    for process in actions:
        assert process is not None
        os.kill(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in actions:
            assert process is not None
            os.kill(process.pid, signal.SIGCONT)


def test_what_comes_as_a_worker_stops_is_answered_by_the_other(fleet: Fleet) -> None:
    """nginx knows nothing of the stop: it still hands messages to the worker, which leaves them to the other one."""
    stopping = fleet.workers[0]
    people, held = [Visitor.of(fleet.front) for _ in range(6)], Visitor.of(fleet.front)
    server = stopping.parts[1].process
    assert server is not None
    with ThreadPoolExecutor(len(people) + 1) as pool:
        with hanging_actions(fleet):
            # What it has taken keeps it from ending.
            taken = pool.submit(at_each(fleet, held)[0].says, "what is a residency?")
            assert eventually(lambda: fleet.waiting(held.conversation) == 1)
            server.terminate()
            assert eventually(
                lambda: at_each(fleet, held)[0].asks("POST", "/chat/sessions", json={}).status_code == 502
            )
            answers = [pool.submit(who.says, "what is a residency?") for who in people]
            # Not all at once: a server works on a few messages of an address at a time, and gives them up in seconds.
            assert eventually(lambda: any(fleet.waiting(who.conversation) for who in people))
        assert {answer.result().status_code for answer in (taken, *answers)} == {200}
    server.wait()
    stopping._relaunch(stopping.parts[1])
    assert eventually(lambda: well(stopping))


@pytest.fixture()
def doomed(fleet: Fleet) -> Iterator[Supervisor]:
    """A worker that a test may kill."""
    worker = fleet.workers[0]
    yield worker
    worker.keep_running(until=lambda: well(worker))


@pytest.fixture()
def phones(
    fleet: Fleet, doomed: Supervisor, platforms: Platforms, bot: Bot, responses: dict[str, list[str]]
) -> list[Phone]:
    """A person on each platform, which has chosen the worker that will die."""
    behind: Any = {"running": fleet.front, "platforms": platforms}
    return [Phone(doomed.settings.address, bot, responses, **behind, platform=platform) for platform in PLATFORMS]


def texts(messages: list[Taken]) -> list[str]:
    return [taken.text for taken in messages]


def heard_by_another(phone: Phone, *asked: str) -> list[str]:
    """What somebody hears who asks the same when nothing is broken."""
    other = replace(phone, sender="")
    for text in asked:
        other.sends(text)
    return texts(other.settles())


def test_a_worker_that_dies_over_a_message_is_taken_the_place_of(
    fleet: Fleet, doomed: Supervisor, visitor: Visitor
) -> None:
    visitor.hears("check my eligibility")
    first, other = at_each(fleet, visitor)
    message_id = uuid.uuid4().hex
    with ThreadPoolExecutor(1) as pool, hanging_actions(fleet):
        cut_off = pool.submit(first.says, "goal:match", message_id)
        assert eventually(lambda: fleet.waiting(visitor.conversation) == 1)
        crash(doomed.parts[1])
        assert isinstance(cut_off.exception(), httpx.TransportError)
    assert other.hears("goal:match", message_id)["replies"]
    assert [exchange["id"] for exchange in visitor.history()].count(message_id) == 1
    # nginx finds out by itself who is left.
    for said in ("stage:graduate", "back", "stage:graduate", "my answers"):
        assert visitor.hears(said)["replies"]


def test_what_a_worker_acknowledged_before_it_died_is_answered_once_by_another(
    fleet: Fleet, doomed: Supervisor, phones: list[Phone]
) -> None:
    asked = ["what is a clerkship?", "what is a fellowship?"]
    with hanging_actions(fleet):
        for text in asked:
            for phone in phones:
                phone.sends(text)
        assert eventually(lambda: all(fleet.waiting(phone.conversation) == 2 for phone in phones))
        crash(doomed.parts[1])
    assert eventually(lambda: all(len(phone.stored("user")) == len(asked) for phone in phones))
    for phone in phones:
        phone.address = fleet.workers[1].settings.address
        heard = texts(phone.settles())
        assert [event["text"] for event in phone.stored("user")] == asked
        assert heard == heard_by_another(phone, *asked)


def test_an_answer_that_a_worker_had_not_sent_before_it_died_is_sent_at_its_next_start(
    doomed: Supervisor, phones: list[Phone]
) -> None:
    phone = phones[PLATFORMS.index("whatsapp")]
    phone.fake.fails(phone.sender, Fault(503, seconds=30))
    phone.sends("what is a clerkship?")
    # Answered and kept, but the platform takes its time.
    assert eventually(lambda: not phone.fake.is_due(phone.sender))
    assert phone.stored("bot")
    crash(doomed.parts[1])
    doomed.keep_running(until=lambda: well(doomed))
    assert texts(phone.settles()) == heard_by_another(phone, "what is a clerkship?")
