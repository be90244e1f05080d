"""What staff should do where YAML cannot be read, or would be read as something else than they mean."""

from __future__ import annotations

import re

from img_pathway.content.problems import Problem
from img_pathway.content.yaml_shapes import INVISIBLE, indent_advice, shape_advice

_CURLY = re.compile("[\u201c\u201d\u2018\u2019\u201e\u00ab]")
_COLON_IN_TEXT = re.compile(r"""\s*(- )?[\w-]+: +[^"'\[{|>#].*: """)
# A quote that was never closed shows where the next one begins; that is seldom far below.
_FAR = 30

CURLY = 'the quotes are curly. Use straight ones: "text".'
MISSING_QUOTE = 'a double quote is missing. A text starts and ends with one: "text".'


def syntax_problem(name: str, text: str, error: Exception) -> Problem:
    """Where the text of a file stops being YAML, and the likeliest cause."""
    mark = getattr(error, "problem_mark", None)
    lines = text.splitlines() or [""]
    line = min(mark.line + 1 if mark else 1, len(lines))
    here = lines[line - 1]
    unclosed = _unclosed_quote(lines, line)
    if "\t" in here[: len(here) - len(here.lstrip())]:
        advice = "the line is indented with a tab. Use two spaces for each level."
    elif _CURLY.search(re.sub('"[^"]*"', "", here)):
        advice = CURLY
    elif _COLON_IN_TEXT.match(here):
        advice = 'the text holds a colon. Put the whole text in double quotes: says: "Fee: $150".'
    elif unclosed:
        line, advice = unclosed, MISSING_QUOTE
    else:
        said = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
        line, advice = _by_shape(lines, line, said)
    return Problem(name, line, advice)


def _by_shape(lines: list[str], line: int, said: str) -> tuple[int, str]:
    """What the shape of the line shows, or of the one above: the parser often stumbles a line too late."""
    above = next((n for n in range(line - 1, 0, -1) if lines[n - 1].strip()), line)
    for number in (line, above):
        advice = shape_advice(lines[number - 1])
        if advice:
            return number, advice
    other = "Check indentation, colons and quotes here and one line above."
    advice = indent_advice(lines[line - 1], lines[above - 1]) or f"YAML cannot read this place ({said}). {other}"
    return line, advice


def text_advice(value: str) -> str | None:
    """What is wrong with a text without quotes that YAML reads, but not as meant; none if it is fine."""
    if _CURLY.match(value):
        return CURLY
    if re.search(INVISIBLE, value[:1]):
        return "a character stands here that cannot be seen. Delete the whole line and type it anew."
    if value.endswith('"') and value.count('"') % 2:
        return MISSING_QUOTE
    return None


def _unclosed_quote(lines: list[str], error_line: int) -> int | None:
    """The nearest line at or above the error with an odd number of double quotes, counted from 1."""
    for line in range(error_line, max(error_line - _FAR, 0), -1):
        if lines[line - 1].replace('\\"', "").count('"') % 2:
            return line
    return None
