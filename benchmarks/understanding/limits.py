"""Measures each limit of the dialogue on the sets for tuning, and moves it where that is better beyond chance."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from math import comb
from pathlib import Path
from typing import Any

import yaml

from benchmarks.understanding.own import own_model
from benchmarks.understanding.running import ROOT, OneThread, say
from img_pathway.dialogue.bot import Bot, load_bot
from img_pathway.dialogue.labels import intent_of
from img_pathway.dialogue.limits import FILE, Limits, limits, trying
from img_pathway.dialogue.listening import GOAL, listen
from img_pathway.dialogue.routing import route
from img_pathway.dialogue.utterances import Utterance, read_utterances
from img_pathway.quiz import State
from img_pathway.staff.evaluation import GOOD, Heard
from img_pathway.staff.held_out import judge

CALIBRATION = ROOT / "data" / "calibration.yml"
IN_QUIZ = Path(__file__).with_name("in_quiz.yml")
_STEPS = (-0.2, -0.1, -0.05, 0.05, 0.1, 0.2)
_CHANCE = 0.05


@dataclass(frozen=True)
class InQuiz:
    """A message while a question is open, and the labels that are right for it."""

    text: str
    asked: str
    expect: tuple[str, ...]


def in_quiz() -> list[InQuiz]:
    """The messages of in_quiz.yml."""
    found = yaml.safe_load(IN_QUIZ.read_text(encoding="utf-8"))["messages"]
    return [InQuiz(one["text"], asked, tuple(one["expect"])) for asked, rows in found.items() for one in rows]


class Tuning:
    """The sets for tuning, read by a trained model."""

    def __init__(self, model: Path) -> None:
        """Load the model and the sets."""
        from rasa.core.agent import Agent
        from rasa.utils.log_utils import configure_structlog

        # Otherwise every message would be printed.
        configure_structlog(logging.ERROR)
        self._agent = Agent.load(model)
        self._bot: Bot = load_bot(ROOT / "data", date.today())
        self._judge = judge(ROOT)
        self._alone: tuple[Utterance, ...] = read_utterances(CALIBRATION)
        self._in_quiz = in_quiz()

    def __len__(self) -> int:
        """How many messages there are."""
        return len(self._alone) + len(self._in_quiz)

    def right(self, tried: Limits) -> list[bool]:
        """Which messages are decided rightly under some limits."""
        with trying(tried):
            return asyncio.run(self._right())

    async def _right(self) -> list[bool]:
        alone = [self._judge(one, Heard.of(await self._parsed(one.text))).verdict in GOOD for one in self._alone]
        return [*alone, *[await self._is_right(one) for one in self._in_quiz]]

    async def _parsed(self, text: str) -> dict[str, Any]:
        parsed: dict[str, Any] = await self._agent.parse_message(text)
        return parsed

    async def _is_right(self, one: InQuiz) -> bool:
        heard = Heard.of(await self._parsed(one.text)).understood
        state = State(None if one.asked == GOAL else "certification", asked=one.asked)
        label = route(heard, listen(self._bot, state, heard, is_asking=True)).label
        return label in one.expect or intent_of(label) in one.expect


def beyond_chance(better: int, worse: int) -> bool:
    """Return whether so many messages better and worse are no chance (sign test, one-sided)."""
    n = better + worse
    return n > 0 and sum(comb(n, k) for k in range(better, n + 1)) / 2**n < _CHANCE


def others(value: float) -> Iterator[float]:
    """Yield the values around one that are tried: probabilities by tenths, numbers by one."""
    if isinstance(value, int):
        yield from (value - 1, value + 1)
    else:
        yield from (round(value + step, 2) for step in _STEPS if 0 <= value + step <= 1)


def main() -> None:
    """Measure every limit with the others as they are, and write limits.json anew."""
    tuning = Tuning(own_model(OneThread(ROOT)))
    kept = limits()
    for field in fields(Limits):
        value, base = getattr(kept, field.name), tuning.right(kept)
        counts, best = {value: sum(base)}, (0, value)
        for other in others(value):
            found = tuning.right(replace(kept, **{field.name: other}))
            better = sum(new and not old for new, old in zip(found, base, strict=True))
            worse = sum(old and not new for new, old in zip(found, base, strict=True))
            counts[other] = sum(found)
            if beyond_chance(better, worse):
                best = max(best, (better - worse, other))
        kept = replace(kept, **{field.name: best[1]})
        _write(field.name, best[1], counts, len(tuning))


def _write(name: str, value: float, counts: dict[float, int], of: int) -> None:
    shown = ", ".join(f"{right} at {tried:g}" for tried, right in sorted(counts.items()))
    measured = f"{date.today()}: right of {of} messages for tuning: {shown}."
    known = json.loads(FILE.read_text(encoding="utf-8"))
    known[name] = {"value": value, "measured": measured}
    FILE.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
    say(f"{name} = {value:g}. {measured}")


if __name__ == "__main__":
    main()
