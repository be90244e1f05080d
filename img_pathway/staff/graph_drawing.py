"""A graph of the quiz as a picture (SVG that needs nothing else) and as Mermaid text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from textwrap import wrap

from img_pathway.staff.graph_layout import Layout, layout
from img_pathway.staff.quiz_graph import Graph, Place, Way

_WIDTH, _GAP_X, _GAP_Y, _LINE, _PAD, _SLOT = 250, 90, 22, 15, 8, 10
_CHARACTERS = 40
_HEAD = 44
_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#1c2733}.t{font-weight:600}.v{fill:#8a3b12}.h{font-size:16px;"
    "font-weight:600}.n{fill:#5b6875}.b{fill:#fff;stroke:#7a8aa0}.e{fill:#1f7a4d;font-weight:600}"
    ".d{stroke:#d7dee7}.a{fill:none;stroke:#6b7d95;stroke-width:1.2}"
)
_RESULT = "\u25a0 Result"
_NOTE = 'Brown: what an answer decides. Green: nothing more is asked. "Not sure" fits everywhere and decides nothing.'

Point = tuple[float, float]


def mermaid(graphs: Sequence[Graph]) -> str:
    """Mermaid text, one subgraph a goal."""
    lines = ["flowchart LR"]
    for number, graph in enumerate(graphs):
        lines.append(f'  subgraph g{number}["{_quoted(graph.goal)}"]')
        for i, place in enumerate(graph.places):
            left, right = ("([", "])") if not place.ways else ("[", "]")
            lines.append(f'    g{number}p{i}{left}"{_quoted(place.title)}"{right}')
            for way in place.ways:
                said = "<br>".join(_quoted(text) for text in (" / ".join(way.answers), *way.decides))
                lines.append(f'    g{number}p{i} -->|"{said}"| g{number}p{way.to}')
        lines.append("  end")
    return "\n".join(lines) + "\n"


def svg(graphs: Sequence[Graph]) -> str:
    """The pictures of all graphs, one below the other."""
    parts: list[str] = []
    top, right = 10.0, 0.0
    for graph in graphs:
        drawing = _Drawing(graph, layout(graph), top)
        parts += drawing.parts()
        top, right = drawing.bottom + _HEAD, max(right, drawing.right)
    size = f'width="{right:.0f}" height="{top:.0f}" viewBox="0 0 {right:.0f} {top:.0f}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"><style>{_STYLE}</style>'
    ground = '<rect width="100%" height="100%" fill="#f6f8fa"/>'
    return "\n".join([head, ground, *parts, "</svg>"]) + "\n"


class _Drawing:
    """One graph below `top`."""

    def __init__(self, graph: Graph, plan: Layout, top: float) -> None:
        self.graph, self.plan, self.top = graph, plan, top
        self._corner: dict[int, Point] = {}
        heights = [sum(self._height(t) + _GAP_Y for t in column) - _GAP_Y for column in plan.columns] or [0.0]
        for i, column in enumerate(plan.columns):
            y = top + _HEAD + (max(heights) - heights[i]) / 2
            for thing in column:
                self._corner[thing] = (10 + i * (_WIDTH + _GAP_X), y)
                y += self._height(thing) + _GAP_Y
        self.bottom = top + _HEAD + max(heights)
        self.right = 20.0 + len(plan.columns) * (_WIDTH + _GAP_X) - _GAP_X

    def parts(self) -> Iterator[str]:
        """Elements: the heading, arrows, and boxes over them."""
        yield f'<text class="h" x="10" y="{self.top + 16:.0f}">{escape(self.graph.goal)}</text>'
        yield f'<text class="n" x="10" y="{self.top + 33:.0f}">{escape(_NOTE)}</text>'
        for arrow in self.plan.arrows:
            yield self._arrow([*self._through(arrow.place, arrow.way, arrow.through), self._entry(arrow.to)])
        for i, place in enumerate(self.graph.places):
            if i in self._corner:
                yield from self._box(i, place, *self._corner[i])

    def _height(self, thing: int) -> float:
        if thing >= len(self.graph.places):
            return _SLOT
        place = self.graph.places[thing]
        return _PAD * 2 + _LINE * len(_lines(place.title)) + sum(map(self._way_height, place.ways))

    def _through(self, place: int, way: int, slots: tuple[int, ...]) -> Iterator[Point]:
        x, y = self._corner[place]
        record = self.graph.places[place]
        above = _PAD + _LINE * len(_lines(record.title)) + sum(map(self._way_height, record.ways[:way]))
        yield x + _WIDTH, y + above + self._way_height(record.ways[way]) / 2
        for slot in slots:
            x, y = self._corner[slot]
            yield x, y + _SLOT / 2
            yield x + _WIDTH, y + _SLOT / 2

    def _entry(self, place: int) -> Point:
        x, y = self._corner[place]
        return x, y + _PAD + _LINE / 2

    def _arrow(self, points: list[Point]) -> str:
        path = f"M{points[0][0]:.0f},{points[0][1]:.1f}"
        for (x, y), (to_x, to_y) in pairwise(points):
            middle = (x + to_x) / 2
            path += f"C{middle:.0f},{y:.1f} {middle:.0f},{to_y:.1f} {to_x:.0f},{to_y:.1f}"
        x, y = points[-1]
        return f'<path class="a" d="{path}"/><path d="M{x:.0f},{y:.1f}l-7,-4v8z" fill="#6b7d95"/>'

    def _box(self, thing: int, place: Place, x: float, y: float) -> Iterator[str]:
        height = self._height(thing)
        yield f'<rect class="b" x="{x:.0f}" y="{y:.1f}" width="{_WIDTH}" height="{height:.1f}" rx="6"/>'
        line = y + _PAD + _LINE - 4
        for text in _lines(place.title):
            yield f'<text class="t" x="{x + _PAD:.0f}" y="{line:.1f}">{escape(text)}</text>'
            line += _LINE
        for way in place.ways:
            rule = line - _LINE + 6
            yield f'<path class="d" d="M{x:.0f},{rule:.1f}h{_WIDTH}"/>'
            line += _PAD / 2
            for text, kind in self._way_lines(way):
                yield f'<text class="{kind}" x="{x + _PAD:.0f}" y="{line:.1f}">{escape(text)}</text>'
                line += _LINE
            line += _PAD / 2

    def _way_lines(self, way: Way) -> list[tuple[str, str]]:
        """The lines of a way with the class of each."""
        said = [(line, "o") for answer in way.answers for line in _lines(answer)]
        decided = [(line, "v") for verdict in way.decides for line in _lines(f"\u2192 {verdict}")]
        return [*said, *decided, *([] if self.graph.places[way.to].ways else [(_RESULT, "e")])]

    def _way_height(self, way: Way) -> float:
        return len(self._way_lines(way)) * _LINE + _PAD


def _lines(text: str) -> list[str]:
    return wrap(text, _CHARACTERS)


def _quoted(text: str) -> str:
    return escape(text, quote=False).replace('"', "#quot;")
