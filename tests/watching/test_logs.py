"""Lines of the log: JSON from whatever library they come, with nothing in them that a person wrote."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from img_pathway.watching.logs import FIELDS
from tests.serving import ROOT

SECRET = "xylophone"
# As Rasa and others write, in a process of its own: logging is one for a process.
SCRIPT = f"""
import logging, structlog
from img_pathway.watching import logs
logs.configure(lambda: "0007")
plain, rasas = logging.getLogger("plain"), structlog.get_logger("rasa")
with structlog.contextvars.bound_contextvars(conversation="web-1", channel="web"):
    plain.info("A message was %s.", "answered", extra={{"intent": "ask", "milliseconds": 12, "text": "{SECRET}"}})
    rasas.warning("rasa.event", event_info="A sentence for people.", user_text="{SECRET}")
try:
    try:
        int("{SECRET}")
    except ValueError as error:
        raise RuntimeError("body: {SECRET}") from error
except RuntimeError as error:
    plain.exception("It failed.")
    rasas.exception("rasa.failed")
    rasas.error("rasa.failed.too", exc_info=error)
logging.getLogger("sanic.error").error("It failed there.")
logging.getLogger("sanic.access").info("{SECRET}")
import warnings
warnings.warn("{SECRET}")
raise SystemError("The port is in use.")
"""


def written() -> list[dict[str, Any]]:
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == ""
    assert SECRET not in done.stderr
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_every_line_is_an_object_with_known_fields_alone() -> None:
    lines = written()
    assert all({"time", "level", "logger", "message", "release"} <= set(line) <= set(FIELDS) for line in lines)
    answered, rasas, *failures, apart, died = lines
    assert (answered["message"], answered["intent"], answered["milliseconds"]) == ("A message was answered.", "ask", 12)
    assert (rasas["message"], rasas["level"], rasas["logger"]) == ("A sentence for people.", "warning", "rasa")
    assert {(line["conversation"], line["channel"], line["release"]) for line in (answered, rasas)} == {
        ("web-1", "web", "0007")
    }
    assert [line["message"] for line in failures] == ["It failed.", "rasa.failed", "rasa.failed.too"]
    for line in failures:
        assert "RuntimeError" in line["exception"] and "ValueError" in line["exception"]
        assert "<module>" in line["exception"]
    assert apart["logger"] == "sanic.error"
    assert (died["level"], died["message"]) == ("critical", "This part has stopped: The port is in use.")
