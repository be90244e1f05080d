"""What takes longest to understand: processor time of messages of full length, beside a plain one.

`python -m benchmarks.worst MODEL` prints the time of each; nothing is kept.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import time
from pathlib import Path

import structlog
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from img_pathway.channels.wording import LONGEST_TEXT, as_text, is_too_long
from img_pathway.serve.settings import Settings, default_root
from img_pathway.serve.training import model_path

_ROUNDS = 5
PLAIN = "what is the match"
# One for each cause of work: questions, pieces, topics, numbers, options, punctuation, characters of many kinds.
MESSAGES = {
    "plain": PLAIN,
    "long and plain": "I graduated in Pakistan and want to know how residency works because it seems hard to get in ",
    "questions after and": "how long is residency and ",
    "questions after commas": ", is it",
    "questions in lines": "why me\n",
    "marks": "abc? ",
    "questions of many kinds": "how long is oet, what does step 1 cost? who may do a clerkship and when is the match? ",
    "and": "and ",
    "commas": "x, ",
    "lines": "a b c\n",
    "one letter": "a ",
    "topics": "residency match step 1 step 2 ck step 3 ecfmg fellowship j-1 h-1b internship clerkship usmle eras oet ",
    "digits": "2015 7 230 1 99 ",
    "years": "1950 1951 1999 2000 2015 2024 2025 2026 ",
    "countries": "india pakistan nigeria egypt united kingdom usa canada brazil syria iran china ",
    "options": "graduate student final year passed failed yes no not sure match never both none ",
    "record": "I graduated in 2015 and I passed step 1 with 230 and failed step 2 twice and I have 3 letters ",
    "negations": "not ",
    "apostrophes": "don't ",
    "punctuation": "?!.,;:",
    "brackets": "(((([[[[{{{{",
    "dots": ".",
    "spaces": "a" + " " * (LONGEST_TEXT - 2) + "b",
    "hyphens": "step-1-",
    "addresses": "https://a.b/c?d=e&f ",
    "emoji": "\U0001f642",
    "joined emoji": "\U0001f468\u200d\U0001f469\u200d",
    "combining": "a\u0301",
    "one long word": "a",
    "Arabic": "\u0643\u064a\u0641 \u062d\u0627\u0644\u0643 ",
    "Chinese": "\u533b",
    "Hangul": "\ud55c",
    "U+FDFA": "\ufdfa",
}


def full(text: str) -> str:
    """A text repeated up to the length that a channel lets in."""
    text = (text * LONGEST_TEXT)[:LONGEST_TEXT]
    return next(text[:length] for length in range(LONGEST_TEXT, 0, -1) if not is_too_long(text[:length]))


def milliseconds(agent: Agent, text: str) -> float:
    """The least processor time of some rounds."""
    assert agent.processor is not None
    found = []
    for _ in range(_ROUNDS):
        started = time.process_time()
        asyncio.run(agent.processor.parse_message(UserMessage(as_text(text))))
        found.append(time.process_time() - started)
    return 1000 * min(found)


def main() -> None:
    """Print all times, the longest first."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("model", nargs="?", type=Path, default=model_path(Settings(default_root())))
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    logging.disable(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    agent = Agent.load(options.parse_args().model)
    milliseconds(agent, PLAIN)
    times = {name: milliseconds(agent, PLAIN if text == PLAIN else full(text)) for name, text in MESSAGES.items()}
    for name, taken in sorted(times.items(), key=lambda item: -item[1]):
        print(f"{taken:7.1f} ms  {taken / times['plain']:5.1f} times a plain one  {name}")


if __name__ == "__main__":
    main()
