"""Figures of a part for Prometheus: counts and times, with nothing of a person and few values for each label."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Literal

from prometheus_client import Counter, Enum, Gauge, Histogram, Info, start_http_server

MESSAGES = Counter("img_pathway_messages", "Messages of people, by what became of them", ["channel", "outcome"])
FALLBACKS = Counter("img_pathway_fallbacks", "Messages without an answer, by how far they were understood", ["band"])
FAILURES = Counter("img_pathway_failures", "What went wrong, by where", ["kind"])
REFUSALS = Counter("img_pathway_refusals", "Requests that were not served, by why", ["channel", "code"])
SECONDS = Histogram(
    "img_pathway_seconds", "How long a part of an answer took", ["part"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32),
)  # fmt: skip
QUIZ = Counter("img_pathway_quiz", "Quizzes that were started, finished or stopped", ["step"])
QUESTIONS = Counter("img_pathway_quiz_questions", "Questions of the quiz that were asked", ["question"])
WAITING = Gauge("img_pathway_turns_waiting", "Messages that wait for their turn")
WORKING = Gauge("img_pathway_turns_in_flight", "Messages that are worked on")
OUTBOX = Gauge("img_pathway_outbox_waiting", "Deliveries of enquiries that are still to be made")
OUTBOX_AGE = Gauge("img_pathway_outbox_oldest_seconds", "For how long the oldest of them has been waiting")
CLOSED = Gauge("img_pathway_closed", "Whether the bot is closed by the staff")
RELEASE = Info("img_pathway_release", "The release that is live")
REDIS = Enum("img_pathway_redis", "Whether Redis answers", states=["not used", "answers", "away"])

Part = Literal["turn", "actions", "database", "delivery"]
Failure = Literal["rasa", "actions", "database", "delivery", "no answer", "deletion", "stopped", "request"]


def serve(port: int | None, interface: str) -> None:
    """Show the figures on a port of their own, which nobody outside may reach; without a port they are not shown."""
    if port:
        start_http_server(port, interface)


@contextmanager
def timed(part: Part) -> Iterator[None]:
    """Measure what is done inside, also where it fails."""
    start = perf_counter()
    try:
        yield
    finally:
        SECONDS.labels(part).observe(perf_counter() - start)


def failed(kind: Failure, times: int = 1) -> None:
    """Count failures."""
    FAILURES.labels(kind).inc(times)


def show_release(name: str | None) -> None:
    """Say which release is live."""
    RELEASE.info({"release": name or "own folder"})
