"""Mistakes that show in the shape of one line, each with the right form of that very line."""

from __future__ import annotations

import re
from collections.abc import Callable
from re import Match, Pattern

_SHOWN = 60
_KEY = r"(?P<lead>\s*(?:- )?)(?P<key>[\w-]+)"
# What looks like a space, or like nothing, and is neither a space nor nothing.
INVISIBLE = "[\u00a0\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]"

Shape = tuple[str, Callable[[Match[str]], str]]


def _quoted(match: Match[str]) -> str:
    value = match["value"].strip()
    inner = value[1:-1] if value[0] == value[-1] and value[0] in "\"'" and len(value) > 1 else value
    escaped = inner.replace("\\", "\\\\").replace('"', '\\"')
    return f'{match["key"]}: "{escaped}"'


_SHAPES: tuple[Shape, ...] = (
    (r"(?:<{7}|={7}|>{7}).*", lambda m: "this line is left over from joining two versions. Keep one of them, and delete"
     " the lines with <<<<<<<, ======= and >>>>>>>."),
    (rf"\s*{INVISIBLE}.*", lambda m: "the line begins with a character that only looks like a space. Delete everything"
     " before its first word and type the spaces anew."),
    (r"(?P<lead>\s*)[\u2013\u2014\u2022\u00b7*+]\s+(?P<rest>\S.*)", lambda m: "an entry of a list begins with a hyphen"
     f" and a space: - {m['rest']}"),
    (r"\s*-(?P<rest>[\w\"'].*)", lambda m: f"a space is missing after the dash: - {m['rest']}"),
    (rf"{_KEY}\s*(?:=|;|\uff1a)\s*(?P<value>\S.*)", lambda m: f"after the key comes a colon and a space:"
     f" {m['key']}: {m['value']}"),
    (rf"{_KEY}:(?!//)(?P<value>[^\s:].*)", lambda m: f"a space is missing after the colon: {m['key']}: {m['value']}"),
    (rf"{_KEY}:\s+(?P<value>\"(?:[^\"\\]|\\.)*\"|\[[^\]]*\]),\s*", lambda m: "a comma stands at the end of the line."
     f" Take it out: {m['key']}: {m['value']}"),
    (rf"{_KEY}:\s+(?P<value>\"(?:[^\"\\]|\\.)*\"\s*[^\s#].*)", lambda m: "a double quote inside a text is written \\\":"
     f" {_quoted(m)}"),
    (rf"{_KEY}:\s+(?P<value>'[^']*'\s*[^\s#'].*)", lambda m: "an apostrophe ends this text. Put it in double quotes:"
     f" {_quoted(m)}"),
    (rf"{_KEY}:\s+(?P<value>(?:[*&%@`!?>|-]|\[[^\]]*\]\s*[^\s#,]|\{{[^}}]*\}}\s*[^\s#,]).*)", lambda m: "a text that"
     f" begins with {m['value'][0]} needs double quotes: {_quoted(m)}"),
    (r".*\[[^\]]*\"\s+\".*", lambda m: 'a comma is missing between two entries of the list: ["first", "second"]'),
    (r".*\[(?:[^\]]*,)?\s*,.*", lambda m: 'an entry is missing between two commas of the list: ["first", "second"]'),
    (rf"{_KEY}:\s+(?P<value>\[[^\]]*)", lambda m: "the bracket ] at the end is missing:"
     f" {m['key']}: {m['value'].rstrip(' )}').removesuffix(',')}]"),
    (rf"{_KEY}:\s+(?P<value>\{{[^}}]*)", lambda m: "the brace } at the end is missing:"
     f" {m['key']}: {m['value'].rstrip(' )]').removesuffix(',')}}}"),
    (r".*\"[^\"]*\\(?![\"\\/nt]).*", lambda m: "a backslash in a text is written twice: \\\\"),
    (r"\s*(?P<value>[^\s#\"'\-][^:]*)", lambda m: f'"{m["value"].strip()[:_SHOWN]}" has no colon. Write "key: value";'
     ' a list entry begins with "- ", a note of your own with "# ".'),
)  # fmt: skip
_COMPILED: tuple[tuple[Pattern[str], Callable[[Match[str]], str]], ...] = tuple(
    (re.compile(shape), advice) for shape, advice in _SHAPES
)


def shape_advice(row: str) -> str | None:
    """What is wrong with a line that YAML cannot read; none where its shape is fine."""
    for shape, advice in _COMPILED:
        match = shape.fullmatch(row)
        if match:
            return advice(match)
    return None


def indent_advice(row: str, above: str) -> str | None:
    """Where nothing else is wrong it is the spaces before the line, if they differ from those above."""
    own, other = (len(line) - len(line.lstrip(" ")) for line in (row, above))
    if own == other:
        return None
    return (
        f"the line begins with {own} spaces, the line above it with {other}. Lines that belong together begin with the "
        "same number of spaces, each level with two more, and an entry of a list with a dash: look at the entry before."
    )
