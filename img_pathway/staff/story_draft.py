"""A real conversation as the draft of a story, so that staff put the wrong turn right."""

from __future__ import annotations

import json
from collections.abc import Iterator

from img_pathway.channels.talks import Turn
from img_pathway.channels.turn_outcome import outcome_of
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.labels import FALLBACK
from img_pathway.staff.inbox import words_of

_FOR_TESTS = """\
# A draft from a real conversation. Names, addresses and numbers are masked; read it for what still tells who it was.
# Where a turn went wrong, write the intent and the actions that would have been right, then give it a good name.
# Put it into a file of tests/stories. From then on nothing is published with which it goes otherwise.
"""
_FOR_TRAINING = """\
# A draft from a real conversation: intents and actions only.
# Where a turn went wrong, write the intent and the actions that would have been right, then give it a good name.
# Put it into a file stories.yml in data/conversation, and run: make check, then make train
"""
HIDDEN = "(an answer of an enquiry, not shown)"


def draft(talk: list[Turn], bot: Bot, *, training: bool = False) -> str:
    """YAML of one story; for a test with the words of the person, for training without."""
    first = talk[0]
    lines = [_FOR_TRAINING if training else _FOR_TESTS, 'version: "3.1"', "stories:"]
    lines[0] = lines[0].rstrip("\n")
    lines += [f"  - story: {json.dumps(f'draft of {first.day}, {first.channel}')}", "    steps:"]
    for number, turn in enumerate(talk, 1):
        lines += [f"      {line}" for line in _turn(number, turn, bot, training=training)]
    return "\n".join(lines) + "\n"


def _turn(number: int, turn: Turn, bot: Bot, *, training: bool) -> Iterator[str]:
    best = turn.heard.best
    guess = f"; thought of {best.label} ({best.probability:.0%})" if best.label else ""
    yield f"# turn {number}: {outcome_of(turn, bot).word}{guess}"
    if training:
        yield f"- intent: {turn.intent or FALLBACK}"
    else:
        said = HIDDEN if turn.in_enquiry else words_of(bot, turn.said)
        yield f"- user: {json.dumps(said, ensure_ascii=False)}"
        yield f"  intent: {turn.label or FALLBACK}"
        # What the answer rests on first, such as the common question; facts may change with the season.
        answers = [id_ for id_ in turn.basis if not id_.startswith("fact/")]
        if answers:
            yield f"  basis: {json.dumps(answers)}"
    for key, name in turn.steps:
        yield f"- {key}: {name or 'null'}"
