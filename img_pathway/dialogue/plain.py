"""A Reply as plain text, for channels that have nothing but text (and for the terminal)."""

from __future__ import annotations

import re

from img_pathway.dialogue.phrases import Phrasebook
from img_pathway.reply import Cited, PlanStep, Reply, Table, Verdict

_MARKS = {"done": "[x]", "here": "[>]", "ahead": "[ ]", "unknown": "[?]"}
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
# Longer lists of sources hide the answer; the first ones carry it.
_MOST_SOURCES = 3


def to_text(reply: Reply, say: Phrasebook, *, numbered: bool = False, bold: str = "") -> str:
    """The whole reply as text; with `numbered`, options become a list to answer by number.

    `bold` is what a channel sets around bold words.
    """
    blocks = [_BOLD.sub(rf"{bold}\1{bold}", line) for line in reply.text]
    if reply.table:
        blocks.append(_table(reply.table))
    if reply.answers:
        blocks.append("\n".join(f"- {say('answer_line', name=a.name, answer=a.answer)}" for a in reply.answers))
    for section in reply.sections:
        blocks.append("\n".join([section.title.upper(), *(f"- {_verdict(item)}" for item in section.items)]))
    if reply.plan:
        blocks.append("\n".join([say("plan").upper(), *(_step(step, i, say) for i, step in enumerate(reply.plan, 1))]))
    blocks += reply.closing
    if reply.why:
        blocks.append(say("why", why=reply.why))
    if reply.sources:
        blocks.append(f"{say('sources')}: " + "; ".join(_source(cited, say) for cited in reply.sources[:_MOST_SOURCES]))
    if numbered and reply.options:
        blocks.append("\n".join(f"{i}) {option.label}" for i, option in enumerate(reply.options, 1)))
    if reply.progress:
        heading = say("progress", number=reply.progress.number, total=reply.progress.total)
        blocks.insert(max(len(reply.text) - 1, 0), heading)
    return "\n\n".join(blocks)


def _verdict(item: Verdict) -> str:
    return " ".join((f"{item.name}: {item.says}", *item.notes))


def _table(table: Table) -> str:
    lines = []
    for name, cells in table.rows:
        lines.append(name)
        lines += [f"- {column}: {cell}" for column, cell in zip(table.columns, cells, strict=True)]
    return "\n".join(lines)


def _step(step: PlanStep, number: int, say: Phrasebook) -> str:
    here = f" ({say('here')})" if step.state == "here" else ""
    return f"{number}. {_MARKS[step.state]} {step.text}{here}"


def _source(cited: Cited, say: Phrasebook) -> str:
    date = say("undated") if cited.as_of == "undated" else say("as_of", date=cited.as_of)
    return f"{cited.title} ({date}) {cited.url}"
