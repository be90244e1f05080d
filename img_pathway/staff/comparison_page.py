"""A comparison as lines for a terminal, and as a page with tables and drawings."""

from __future__ import annotations

from html import escape

from img_pathway.staff.comparison import FIGURES, Comparison, Pair
from img_pathway.staff.pages import Row, columns, legend, page, paired, table
from img_pathway.staff.trial import Tried

_KINDS = ("worse", "better", "answered otherwise")
_COLORS = {"live": "#8a93a0", "candidate": "#3b6fb6"}
_MOST_TOPICS = 30


def as_text(found: Comparison) -> str:
    """What matters most, for a terminal."""
    parts = [columns("Held-out utterances", _figures(found))]
    for kind in _KINDS:
        pairs = _of(found, kind)
        if pairs:
            lines = (f"  {p.after.text}\n      {p.before.answers} ({p.before.verdict}) → {_now(p)}" for p in pairs)
            parts.append("\n".join([f"{kind.capitalize()}: {len(pairs)}", *lines]))
    if found.verdicts:
        lines = (f"  {c.outcome}: {c.before} → {c.after}\n      {c.people}" for c in found.verdicts)
        parts.append("\n".join([f"Other verdicts: {len(found.verdicts)}", *lines]))
    parts.append(
        "\n".join(["It cannot be published:", *(f"  {c}" for c in found.complaints)]) if found.complaints else ""
    )
    return "\n\n".join(part for part in parts if part)


def as_html(found: Comparison) -> str:
    """One page."""
    complaints = "".join(f"<li>{escape(text)}</li>" for text in found.complaints)
    parts = [f"<p>It cannot be published:</p><ul>{complaints}</ul>" if complaints else "<p>It may be published.</p>"]
    parts += [table("Held-out utterances", _figures(found))]
    shares = [(FIGURES[name], before, after) for name, before, after in found.figures]
    parts += [legend(_COLORS), paired("Shares before and after", shares, _COLORS)]
    topics = [row for row in found.topics[:_MOST_TOPICS] if row[1] != row[2]]
    if topics:
        parts += ["<h2>Topics that changed (F1)</h2>", paired("F1 of topics before and after", topics, _COLORS)]
    for kind in _KINDS:
        pairs = _of(found, kind)
        if pairs:
            rows: list[Row] = [("message", "live", "candidate")]
            rows += [(p.after.text, _whole(p.before), _whole(p.after)) for p in pairs]
            parts.append(table(f"{kind.capitalize()}: {len(pairs)}", rows, of_words=True))
    if found.verdicts:
        head: list[Row] = [("outcome", "people", "live", "candidate")]
        rows = [*head, *((c.outcome, c.people, c.before, c.after) for c in found.verdicts)]
        parts.append(table(f"Other verdicts: {len(found.verdicts)}", rows, of_words=True))
    return page("Candidate and live", "Candidate beside what is live", parts)


def _of(found: Comparison, kind: str) -> list[Pair]:
    return [pair for pair in found.utterances if pair.kind == kind]


def _now(pair: Pair) -> str:
    same = pair.before.answers == pair.after.answers
    return "the same, in other words" if same else f"{pair.after.answers} ({pair.after.verdict})"


def _whole(tried: Tried) -> str:
    return f"{tried.answers}\n\n{tried.said}"


def _figures(found: Comparison) -> list[Row]:
    rows: list[Row] = [("", "live", "candidate")]
    return [*rows, *((FIGURES[n], _percent(before), _percent(after)) for n, before, after in found.figures)]


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f} %"
