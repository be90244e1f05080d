"""Nothing that anybody may send breaks a route, fills the memory, or reaches a conversation that is not theirs.

The routes are the server's own, over real HTTP and with a real database; only the model behind them is a stand-in,
so that hundreds of requests take a second. `make test` sends 500 to each route, other ones at each run, and
`make faults` ten times as many. A test that fails prints its seed: FUZZ_SEED=… sends the same again.
The last test sends a few hundred to the running bot with its model.
"""

from __future__ import annotations

import itertools
import logging
import os
import random
from pathlib import Path

import pytest

from img_pathway.serve.supervisor import Supervisor
from tests.channels.fuzzing import cases, statuses
from tests.channels.phones import PLATFORMS
from tests.channels.served import Served
from tests.serving import HTTP, eventually, rows, well

CASES = (500, pytest.param(5000, marks=pytest.mark.faults))
MOST_KB_A_CASE = 3
ROUTES = (*PLATFORMS, "web")


@pytest.fixture()
def seed() -> int:
    """Printed where a test fails."""
    found = int(os.environ.get("FUZZ_SEED") or random.SystemRandom().randrange(2**32))
    print(f"FUZZ_SEED={found}")
    return found


def kilobytes() -> float:
    """Memory of this process, in which the server runs as well."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4.096


def session(address: str) -> dict[str, str]:
    begun = HTTP.post(f"{address}/chat/sessions", json={})
    return {"Authorization": f"Bearer {begun.json()['token']}"}


@pytest.mark.parametrize("count", CASES)
@pytest.mark.parametrize("route", ROUTES)
def test_without_a_signature_nothing_is_reached(served: Served, route: str, count: int, seed: int) -> None:
    before = served.agent.events()
    found = statuses(served.port, cases(route, count, seed, genuine=False))
    assert set(found) == {401 if route == "web" else 403}, found
    assert found.total() == count
    assert served.is_idle()
    assert served.agent.events() == before


@pytest.mark.parametrize("count", CASES)
@pytest.mark.parametrize("route", ROUTES)
def test_with_a_signature_nothing_breaks(
    served: Served, route: str, count: int, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    genuine = session(f"http://127.0.0.1:{served.port}") if route == "web" else True
    expected = {200, 400, 413, 429} if route == "web" else {200}
    before = served.agent.events()
    with caplog.at_level(logging.ERROR):
        found = statuses(served.port, cases(route, count, seed, genuine=genuine))
        assert eventually(served.is_idle)
    assert set(found) <= expected, found
    assert found.total() == count
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []
    # Some of what was mutated is still a message.
    assert served.agent.events() > before


@pytest.mark.parametrize("count", CASES)
def test_memory_does_not_grow(served: Served, count: int, seed: int) -> None:
    def flood(number: int) -> None:
        requests = (case for p in PLATFORMS for case in cases(p, count, seed + number, genuine=False))
        statuses(served.port, requests)
        assert eventually(served.is_idle)

    flood(0)
    before = kilobytes()
    for number in (1, 2, 3):
        flood(number)
    assert kilobytes() - before < MOST_KB_A_CASE * 3 * len(PLATFORMS) * count


def test_questions_of_meta_with_odd_arguments_are_refused(served: Served) -> None:
    odd = (
        "",
        "?hub.mode=subscribe&hub.verify_token=%ff%fe",
        "?hub.verify_token=%00",
        "?" + "a=b&" * 500,
        "?hub.mode[]=x",
    )
    for platform, query in itertools.product(("whatsapp", "messenger"), odd):
        answer = HTTP.get(f"http://127.0.0.1:{served.port}/webhooks/{platform}{query}")
        assert answer.status_code == 403, query


@pytest.mark.server
def test_the_running_bot_stands_it_too(running: Supervisor) -> None:
    def events() -> int:
        return int(rows(running, "SELECT COUNT(*) FROM events")[0][0])

    before = events()
    for route in ROUTES:
        found = statuses(running.settings.port, cases(route, 200, 8, genuine=False))
        assert set(found) == {401 if route == "web" else 403}
    assert events() == before
    for route in PLATFORMS:
        signed = [case for case in cases(route, 60, 9, genuine=True) if case.body]
        assert set(statuses(running.settings.port, iter(signed))) == {200}
    # It is still busy with what it took.
    assert eventually(lambda: well(running))
    log = running.parts[1].log.read_text(encoding="utf-8", errors="replace")
    assert "was not answered" not in log
