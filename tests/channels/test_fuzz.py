"""Nothing that anybody may send breaks a route, fills the memory, or reaches a conversation that is not theirs.

The routes are the server's own, over real HTTP and with a real database; only the model behind them is a stand-in,
so that thousands of requests take seconds. The last test sends a few hundred to the running bot with its model.
"""

from __future__ import annotations

import itertools
import logging
import os
from pathlib import Path

import pytest

from img_pathway.serve.supervisor import Supervisor
from tests.channels.fuzzing import cases, statuses
from tests.channels.phones import PLATFORMS
from tests.channels.served import Served
from tests.serving import HTTP, eventually, rows, well

CASES = 5000
# Signed ones are worked on to the end, which takes four times as long.
SIGNED_CASES = int(os.environ.get("FUZZ_SIGNED_CASES", "2500"))
MOST_GROWTH_MB = 24
ROUTES = (*PLATFORMS, "web")


def megabytes() -> float:
    """Memory of this process, in which the server runs as well."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def session(address: str) -> dict[str, str]:
    begun = HTTP.post(f"{address}/chat/sessions", json={})
    return {"Authorization": f"Bearer {begun.json()['token']}"}


@pytest.mark.parametrize("route", ROUTES)
def test_without_a_signature_nothing_is_reached(served: Served, route: str) -> None:
    before = served.agent.events()
    found = statuses(served.port, cases(route, CASES, 1, genuine=False))
    assert set(found) == {401 if route == "web" else 403}, found
    assert found.total() == CASES
    assert served.is_idle()
    assert served.agent.events() == before


@pytest.mark.parametrize("route", ROUTES)
def test_with_a_signature_nothing_breaks(served: Served, route: str, caplog: pytest.LogCaptureFixture) -> None:
    genuine = session(f"http://127.0.0.1:{served.port}") if route == "web" else True
    expected = {200, 400, 413, 429} if route == "web" else {200}
    before = served.agent.events()
    with caplog.at_level(logging.ERROR):
        found = statuses(served.port, cases(route, SIGNED_CASES, 2, genuine=genuine))
        assert eventually(served.is_idle)
    assert set(found) <= expected, found
    assert found.total() == SIGNED_CASES
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []
    # Some of what was mutated is still a message.
    assert served.agent.events() > before


def test_memory_does_not_grow(served: Served) -> None:
    def flood(seed: int) -> None:
        requests = (case for p in PLATFORMS for case in cases(p, CASES // 10, seed, genuine=False))
        statuses(served.port, requests)
        assert eventually(served.is_idle)

    flood(3)
    before = megabytes()
    for seed in range(4, 7):
        flood(seed)
    assert megabytes() - before < MOST_GROWTH_MB


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
