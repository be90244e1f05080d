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
from img_pathway.dialogue.labels import FALLBACK, UNCLEAR, intent_of
from img_pathway.dialogue.limits import FILE, Limits, limits, trying
from img_pathway.dialogue.listening import GOAL, listen
from img_pathway.dialogue.routing import route, routed
from img_pathway.dialogue.utterances import Utterance, read_utterances
from img_pathway.quiz import State
from img_pathway.staff.evaluation import GOOD, Heard
from img_pathway.staff.held_out import judge

CALIBRATION = ROOT / "data" / "calibration.yml"
IN_QUIZ = Path(__file__).with_name("in_quiz.yml")
_STEPS = (-0.2, -0.1, -0.05, 0.05, 0.1, 0.2)
# So rarely a change may look better by chance: many are tried.
_CHANCE = 0.01
# A right decision is worth 1, a wrong one with confidence -1.
_WORTH = {"offered": 0.5, "asked": 0.0, "near": -0.5, "not recognized": 0.0}
# Limits that the pipeline goes by before a message is routed.
_IN_PIPELINE = ("in_scope", "right", "next_part")


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
        self._parsed = asyncio.run(self._parse())

    def __len__(self) -> int:
        """How many messages there are."""
        return len(self._alone) + len(self._in_quiz)

    def worth(self, name: str, tried: Limits) -> list[float]:
        """What each decision is worth under some limits, of which one differs from those in use."""
        with trying(tried):
            parsed = asyncio.run(self._parse()) if name in _IN_PIPELINE else self._parsed
            alone = [self._judged(one, result) for one, result in zip(self._alone, parsed, strict=False)]
            rest = zip(self._in_quiz, parsed[len(alone) :], strict=True)
            return [*alone, *(self._in_talk(one, result) for one, result in rest)]

    async def _parse(self) -> list[dict[str, Any]]:
        texts = [*(one.text for one in self._alone), *(one.text for one in self._in_quiz)]
        return [await self._agent.parse_message(text) for text in texts]

    def _judged(self, one: Utterance, parsed: dict[str, Any]) -> float:
        before = Heard.of(parsed)
        heard = routed(before.understood)
        verdict = self._judge(one, Heard(heard, intent_of(heard.label), before.entities)).verdict
        return 1.0 if verdict in GOOD else _WORTH.get(verdict, -1.0)

    def _in_talk(self, one: InQuiz, parsed: dict[str, Any]) -> float:
        heard = routed(Heard.of(parsed).understood)
        state = State(None if one.asked == GOAL else "certification", asked=one.asked)
        label = route(heard, listen(self._bot, state, heard, is_asking=True)).label
        if label in one.expect or intent_of(label) in one.expect:
            return 1.0
        return 0.0 if label in (UNCLEAR, FALLBACK) else -1.0


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
    tuning, kept = Tuning(own_model(OneThread(ROOT))), limits()
    for field in fields(Limits):
        value, base = getattr(kept, field.name), tuning.worth(field.name, kept)
        worths, best = {value: sum(base)}, (0.0, value)
        for other in others(value):
            changed: dict[str, Any] = {field.name: other}
            found = tuning.worth(field.name, replace(kept, **changed))
            changes = [new - old for new, old in zip(found, base, strict=True)]
            worths[other] = sum(found)
            if beyond_chance(sum(c > 0 for c in changes), sum(c < 0 for c in changes)):
                best = max(best, (sum(changes), other))
        final: dict[str, Any] = {field.name: best[1]}
        kept = replace(kept, **final)
        _write(field.name, best[1], worths, len(tuning))


def _write(name: str, value: float, worths: dict[float, float], of: int) -> None:
    shown = ", ".join(f"{worth:g} at {tried:g}" for tried, worth in sorted(worths.items()))
    measured = f"{date.today()}, worth of {of} decisions: {shown}"
    known = json.loads(FILE.read_text(encoding="utf-8"))
    known[name] = {"value": value, "measured": measured}
    FILE.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
    say(f"{name} = {value:g}. {measured}")


if __name__ == "__main__":
    main()
