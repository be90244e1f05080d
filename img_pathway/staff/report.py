"""The figures as tables for a terminal, and as one page of HTML with drawings that needs nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from img_pathway.staff.figures import MEASURES, SECTIONS, Figures
from img_pathway.staff.pages import Row, columns, legend, page, stacked, table

_MOST_TOPICS = 20
# Read by people who see no red and green too.
_COLORS = {
    "understood": "#3b6fb6",
    "asked back": "#e0a436",
    "no answer found": "#c9743a",
    "not understood": "#a33b4a",
    "declined": "#8a93a0",
    "did not help": "#7a5ba6",
}


def as_text(found: Figures) -> str:
    """Tables of columns that stand below each other."""
    return "\n\n".join([f"Since {found.since}", *(columns(title, rows) for title, rows in _tables(found))])


def as_html(found: Figures) -> str:
    """One page."""
    parts = [f"<p>Since {found.since}. No words of any person are in this page.</p>"]
    weeks = found.sums(0)
    if weeks:
        most = max(sum(counts[name] for name in _COLORS) for counts in weeks.values())
        parts += ["<h2>What became of messages</h2>", legend(_COLORS), stacked("By week", weeks, _COLORS, most)]
    for title, counts in (("Topics asked", _topics(found)), ("Where people leave the quiz", found.left_at)):
        if counts:
            parts.append(f"<h2>{title}</h2>{_bars(title, counts)}")
    parts += [table(title, rows) for title, rows in _tables(found)]
    return page(f"What people asked since {found.since}", "Report", parts)


def _bars(title: str, counts: Counter[str]) -> str:
    """A bar for each name, the longest first."""
    bars = {name: {"times": count} for name, count in counts.most_common()}
    return stacked(title, bars, {"times": _COLORS["understood"]}, max(counts.values()))


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
