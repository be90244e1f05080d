"""Tables for a terminal, and pages of HTML with tables and bars that need nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

Row = Sequence[object]
"""Cells of a table; the first row of a table is its head."""

_BAR, _LABEL, _HEIGHT = 420, 260, 22
_LONGEST_LABEL = 40
_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;color:#1c2733;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;margin:.5rem 0 1.5rem;display:block;overflow-x:auto}"
    "th,td{padding:.2rem .6rem;border-bottom:1px solid #d7dee7;text-align:right;white-space:nowrap;vertical-align:top}"
    "th:first-child,td:first-child,.words td,.words th{text-align:left}.words td{white-space:pre-wrap}"
    "svg text{font:12px system-ui,sans-serif;fill:#1c2733}"
)


def columns(title: str, rows: Sequence[Row]) -> str:
    """A table for a terminal, its columns below each other."""
    widths = [max(len(str(row[i])) for row in rows) for i in range(len(rows[0]))]
    lines = ["  ".join(_cell(value, widths[i], i) for i, value in enumerate(row)).rstrip() for row in rows]
    return "\n".join([title, *lines])


def _cell(value: object, width: int, column: int) -> str:
    return str(value).rjust(width) if column else str(value).ljust(width)


def page(title: str, heading: str, parts: Iterable[str]) -> str:
    """A whole page."""
    head = f"<meta charset='utf-8'><title>{escape(title)}</title><style>{_STYLE}</style>"
    body = "".join(parts)
    return f"<!doctype html><html lang='en'><head>{head}</head><body><h1>{escape(heading)}</h1>{body}</body></html>\n"


def table(title: str, rows: Sequence[Row], *, of_words: bool = False) -> str:
    """A table with a heading; one of words has its texts from the left and in several lines."""
    head, *others = rows
    cells = "".join(f"<th scope='col'>{escape(str(value))}</th>" for value in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(v))}</td>" for v in row) + "</tr>" for row in others)
    kind = " class='words'" if of_words else ""
    return f"<h2>{escape(title)}</h2><table{kind}><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"


def legend(colors: Mapping[str, str]) -> str:
    """What the colors of bars mean."""
    marks = (f"<span style='color:{color}'>\u25a0</span> {escape(name)}" for name, color in colors.items())
    return f"<p>{' &nbsp; '.join(marks)}</p>"


def stacked(label: str, bars: Mapping[str, Mapping[str, float]], colors: Mapping[str, str], most: float) -> str:
    """A bar for each name, cut into the parts that have a color; `most` fills the width."""
    parts = []
    for i, (name, values) in enumerate(bars.items()):
        x: float = _LABEL
        parts.append(_text(0, i, name))
        for part, color in colors.items():
            width = _BAR * values.get(part, 0) / (most or 1)
            parts.append(_bar(x, i, width, color, f"{name}, {part}: {_figure(values.get(part, 0))}"))
            x += width
        parts.append(_text(x + 6, i, _figure(sum(values.get(part, 0) for part in colors))))
    return _svg(len(bars), label, parts)


def paired(label: str, rows: Sequence[tuple[str, float | None, float]], colors: Mapping[str, str]) -> str:
    """Two dots on a line for each name, from 0 to 1: before and after, in the two colors."""
    before, after = colors
    parts = []
    for i, (name, old, new) in enumerate(rows):
        y = i * _HEIGHT + _HEIGHT // 2
        ends = [_LABEL + _BAR * value for value in (new if old is None else old, new)]
        parts.append(_text(0, i, name))
        parts.append(f"<line x1='{ends[0]:.1f}' y1='{y}' x2='{ends[1]:.1f}' y2='{y}' stroke='#8a93a0'/>")
        if old is not None:
            parts.append(_dot(ends[0], y, colors[before], f"{name}, {before}: {old:.2f}"))
        parts.append(_dot(ends[1], y, colors[after], f"{name}, {after}: {new:.2f}"))
    return _svg(len(rows), label, parts)


def _figure(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.2f}"


def _text(x: float, row: int, words: str) -> str:
    shown = words if len(words) <= _LONGEST_LABEL else words[: _LONGEST_LABEL - 1] + "\u2026"
    return f"<text x='{x:.0f}' y='{row * _HEIGHT + 15}'>{escape(shown)}</text>"


def _bar(x: float, row: int, width: float, color: str, title: str) -> str:
    box = f"x='{x:.1f}' y='{row * _HEIGHT + 3}' width='{width:.1f}' height='{_HEIGHT - 6}'"
    return f"<rect {box} fill='{color}'><title>{escape(title)}</title></rect>"


def _dot(x: float, y: float, color: str, title: str) -> str:
    return f"<circle cx='{x:.1f}' cy='{y}' r='5' fill='{color}'><title>{escape(title)}</title></circle>"


def _svg(rows: int, label: str, parts: Iterable[str]) -> str:
    width, height = _LABEL + _BAR + 60, rows * _HEIGHT + 4
    size = f"viewBox='0 0 {width} {height}' width='{width}' height='{height}'"
    shown = "".join(parts)
    return f"<svg xmlns='http://www.w3.org/2000/svg' {size} role='img' aria-label='{escape(label)}'>{shown}</svg>"
