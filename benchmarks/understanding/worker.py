"""Loads a model as the server does, reads messages one by one, and writes down what was understood and how fast."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import time
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent, load_agent
from rasa.utils.log_utils import configure_structlog

from benchmarks.understanding.running import memory_mb, spread

_WARM_UP = 20
_KEPT = ("text", "intent", "intent_ranking", "entities", "understood")


async def read(model: str, texts: list[str]) -> dict[str, Any]:
    started = time.perf_counter()
    agent: Agent = await load_agent(model_path=model)
    loaded = time.perf_counter() - started
    for text in texts[:_WARM_UP]:
        await agent.parse_message(text)
    parsed, milliseconds, processor = [], [], []
    for text in texts:
        started, worked = time.perf_counter(), time.process_time()
        result = await agent.parse_message(text)
        milliseconds.append((time.perf_counter() - started) * 1000)
        processor.append((time.process_time() - worked) * 1000)
        parsed.append({key: result[key] for key in _KEPT if key in result})
    return {
        "load_seconds": loaded,
        "memory_mb": memory_mb(os.getpid()),
        "message_ms": spread(milliseconds),
        "message_cpu_ms": spread(processor),
        "parsed": parsed,
    }


def main() -> None:
    model, given, found = sys.argv[1:]
    # As the server does it; otherwise every message would be printed, which takes longer than reading it.
    configure_structlog(logging.ERROR)
    logging.disable(logging.WARNING)
    texts = json.loads(Path(given).read_text(encoding="utf-8"))
    Path(found).write_text(json.dumps(asyncio.run(read(model, texts)), default=float), encoding="utf-8")


if __name__ == "__main__":
    main()
