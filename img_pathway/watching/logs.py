"""One line of JSON for whatever a part writes down; words to read where somebody looks on at a terminal."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from types import TracebackType

import structlog
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, Processor, WrappedLogger

# Nothing else leaves a part. Libraries add what they have at hand, and that may be what a person wrote.
FIELDS = (
    "time", "level", "logger", "message", "release", "conversation", "channel",
    "intent", "band", "outcome", "actions", "milliseconds", "exception",
)  # fmt: skip
# What libraries say to programmers, at each start.
_QUIET = {"py.warnings": logging.ERROR, "alembic": logging.WARNING}
# Loggers that do not pass on what they are told; that a request came is in nginx's log.
_APART = ("sanic.root", "sanic.error", "sanic.access")
_errors = ExceptionDictTransformer(show_locals=False)


def configure(release: Callable[[], str | None] = lambda: None) -> None:
    """Write everything in one form from now on; `release` tells with which content this process answers."""

    def add_release(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        return {**event, "release": release()}

    prepared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        add_release,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=prepared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _where_it_failed,
                _known_fields,
                _written(),
            ],
        )
    )
    # Rasa writes a part of its lines with structlog, the rest and all others with Python's own logging.
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *prepared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(os.environ.get("LOG_LEVEL", "INFO"))
    for name in _APART:
        apart = logging.getLogger(name)
        apart.handlers[:], apart.propagate = [handler], False
        apart.setLevel(logging.ERROR)
    for name, level in _QUIET.items():
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(True)
    sys.excepthook = _died


def _where_it_failed(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The kind of an exception and its places in the code, without its message, which may quote a person."""
    error = event.pop("exc_info", None)
    error = sys.exc_info()[1] if error is True else error[1] if isinstance(error, tuple) else error
    if isinstance(error, BaseException):
        lines = []
        for stack in _errors((type(error), error, error.__traceback__)):
            lines.append(stack["exc_type"])
            lines += [f"  {frame['filename']}:{frame['lineno']} {frame['name']}" for frame in stack["frames"]]
        event["exception"] = "\n".join(lines)
    return event


def _known_fields(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    # Where Rasa has a sentence for people, its own word for the event is not needed.
    event["message"] = event.get("event_info") or event.get("event")
    return {name: event[name] for name in FIELDS if event.get(name) not in (None, "")}


def _written() -> Processor:
    if sys.stderr.isatty():
        return structlog.dev.ConsoleRenderer(event_key="message", timestamp_key="time", sort_keys=False)
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def _died(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    # Not over a message of a person, so that the reason may be said.
    logging.getLogger(__name__).critical("This part has stopped: %s", error, exc_info=(kind, error, trace))
