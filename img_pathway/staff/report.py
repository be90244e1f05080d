"""The figures as tables for a terminal, and as one page of HTML with drawings that needs nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from img_pathway.staff.figures import MEASURES, SECTIONS, Figures

_MOST_TOPICS = 20
_BAR, _LABEL, _ROW = 420, 260, 22
# Read by people who see no red and green too.
_COLORS = {
    "understood": "#3b6fb6",
    "asked back": "#e0a436",
    "no answer found": "#c9743a",
    "not understood": "#a33b4a",
    "declined": "#8a93a0",
    "did not help": "#7a5ba6",
}
_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;color:#1c2733;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;margin:.5rem 0 1.5rem;display:block;overflow-x:auto}"
    "th,td{padding:.2rem .6rem;border-bottom:1px solid #d7dee7;text-align:right;white-space:nowrap}"
    "th:first-child,td:first-child{text-align:left}svg text{font:12px system-ui,sans-serif;fill:#1c2733}"
)


def as_text(found: Figures) -> str:
    """Tables of columns that stand below each other."""
    parts = [f"Since {found.since}"]
    for title, rows in _tables(found):
        widths = [max(len(str(row[i])) for row in rows) for i in range(len(rows[0]))]
        lines = ["  ".join(_cell(value, widths[i], i) for i, value in enumerate(row)).rstrip() for row in rows]
        parts.append("\n".join([title, *lines]))
    return "\n\n".join(parts)


def as_html(found: Figures) -> str:
    """One page."""
    parts = [f"<p>Since {found.since}. No words of any person are in this page.</p>"]
    weeks = found.sums(0)
    if weeks:
        parts.append(f"<h2>What became of messages</h2>{_legend()}{_stacked(weeks)}")
    for title, counts in (("Topics asked", _topics(found)), ("Where people leave the quiz", found.left_at)):
        if counts:
            parts.append(f"<h2>{title}</h2>{_bars(counts)}")
    for title, (head, *rows) in _tables(found):
        cells = "".join(f"<th scope='col'>{escape(str(value))}</th>" for value in head)
        body = "".join("<tr>" + "".join(f"<td>{escape(str(v))}</td>" for v in row) + "</tr>" for row in rows)
        parts.append(f"<h2>{escape(title)}</h2><table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>")
    head = f"<meta charset='utf-8'><title>What people asked since {found.since}</title><style>{_STYLE}</style>"
    return f"<!doctype html><html lang='en'><head>{head}</head><body><h1>Report</h1>{''.join(parts)}</body></html>\n"


Row = Sequence[object]


def _tables(found: Figures) -> Iterator[tuple[str, list[Row]]]:
    """Titles with rows, the first of which is the head; tables with nothing in them are left out."""
    for title, first, sums in (("By week", "from Monday", found.sums(0)), ("By channel", "channel", found.sums(1))):
        total = {"all": found.total}
        rows = [[name, *(counts[m] for m in MEASURES)] for name, counts in {**sums, **total}.items()]
        yield title, [[first, *MEASURES], *rows]
    for title, head, counts in (
        ("Topics asked", "topic", _topics(found)),
        ("Goals of the quiz", "goal", found.goals),
        ("Where people leave the quiz", "question", found.left_at),
    ):
        if counts:
            yield title, [[head, "times"], *(list(item) for item in counts.most_common())]
    if found.verdicts:
        outcomes = sorted({outcome for outcome, _ in found.verdicts})
        shown = [[o, *(found.verdicts[o, section] for section in SECTIONS)] for o in outcomes]
        yield "Results reached", [["outcome", *SECTIONS.values()], *shown]


def _topics(found: Figures) -> Counter[str]:
    return Counter(dict(found.topics.most_common(_MOST_TOPICS)))


def _cell(value: object, width: int, column: int) -> str:
    return str(value).rjust(width) if column else str(value).ljust(width)


def _legend() -> str:
    marks = (f"<span style='color:{color}'>\u25a0</span> {name}" for name, color in _COLORS.items())
    return f"<p>{' &nbsp; '.join(marks)}</p>"


def _stacked(weeks: Mapping[str, Counter[str]]) -> str:
    """A bar for each week, cut by what became of messages."""
    most = max(sum(counts[name] for name in _COLORS) for counts in weeks.values()) or 1
    parts = []
    for i, (week, counts) in enumerate(weeks.items()):
        x: float = _LABEL
        parts.append(_text(0, i, week))
        for name, color in _COLORS.items():
            width = _BAR * counts[name] / most
            parts.append(_bar(x, i, width, color, f"{week}, {name}: {counts[name]}"))
            x += width
    return _svg(len(weeks), "Messages by week", parts)


def _bars(counts: Counter[str]) -> str:
    """A bar for each name, the longest first."""
    most = max(counts.values())
    parts = []
    for i, (name, count) in enumerate(counts.most_common()):
        width = _BAR * count / most
        parts += [_text(0, i, name), _bar(_LABEL, i, width, _COLORS["understood"], f"{name}: {count}")]
        parts.append(_text(_LABEL + width + 6, i, str(count)))
    return _svg(len(counts), "Bars", parts)


def _text(x: float, row: int, words: str) -> str:
    shown = words if len(words) <= 40 else words[:39] + "\u2026"
    return f"<text x='{x:.0f}' y='{row * _ROW + 15}'>{escape(shown)}</text>"


def _bar(x: float, row: int, width: float, color: str, title: str) -> str:
    box = f"x='{x:.1f}' y='{row * _ROW + 3}' width='{width:.1f}' height='{_ROW - 6}'"
    return f"<rect {box} fill='{color}'><title>{escape(title)}</title></rect>"


def _svg(rows: int, label: str, parts: Sequence[str]) -> str:
    width, height = _LABEL + _BAR + 50, rows * _ROW + 4
    size = f"viewBox='0 0 {width} {height}' width='{width}' height='{height}'"
    return f"<svg xmlns='http://www.w3.org/2000/svg' {size} role='img' aria-label='{label}'>{''.join(parts)}</svg>"
