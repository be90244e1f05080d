"""Where the boxes of a graph stand: in columns, every arrow goes to the right, and crossings are few."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from img_pathway.staff.quiz_graph import Graph

_SWEEPS = 6


@dataclass(frozen=True)
class Arrow:
    """From a way of a place (its number among the ways) to another place, through free slots of the columns between."""

    place: int
    way: int
    to: int
    through: tuple[int, ...]
    """Slots, numbered behind the places; arrows to the same place share them."""


@dataclass(frozen=True)
class Layout:
    """Columns of places and slots from top to bottom."""

    columns: tuple[tuple[int, ...], ...]
    arrows: tuple[Arrow, ...]


def layout(graph: Graph) -> Layout:
    """Columns by the longest way from the start, ordered so that arrows cross seldom; the result is left out."""
    depth_of = _depths(graph)
    asked = [i for i, place in enumerate(graph.places) if place.ways]
    columns: list[list[int]] = [[] for _ in range(max((depth_of[i] for i in asked), default=-1) + 1)]
    for place in asked:
        columns[depth_of[place]].append(place)
    arrows: list[Arrow] = []
    slots: dict[tuple[int, int], int] = {}
    for place in asked:
        for number, way in enumerate(graph.places[place].ways):
            if not graph.places[way.to].ways:
                continue
            between = range(depth_of[place] + 1, depth_of[way.to])
            for depth in between:
                if (way.to, depth) not in slots:
                    slots[way.to, depth] = len(graph.places) + len(slots)
                    columns[depth].append(slots[way.to, depth])
            arrows.append(Arrow(place, number, way.to, tuple(slots[way.to, depth] for depth in between)))
    return Layout(tuple(map(tuple, _ordered(columns, arrows))), tuple(arrows))


def _depths(graph: Graph) -> list[int]:
    depths = [0] * len(graph.places)
    # Every place is numbered after the places that it leads to.
    for place in reversed(range(len(graph.places))):
        for way in graph.places[place].ways:
            depths[way.to] = max(depths[way.to], depths[place] + 1)
    return depths


def _ordered(columns: list[list[int]], arrows: list[Arrow]) -> list[list[int]]:
    """Each thing near the middle of what it is joined to: to the right, and back again."""
    before: dict[int, list[tuple[int, float]]] = {}
    after: dict[int, list[tuple[int, float]]] = {}
    for arrow in arrows:
        chain = [arrow.place, *arrow.through, arrow.to]
        for one, next_ in pairwise(chain):
            # The ways of a place leave it in their order.
            shift = arrow.way / 100 if one == arrow.place else 0.0
            before.setdefault(next_, []).append((one, shift))
            after.setdefault(one, []).append((next_, 0.0))
    for sweep in range(_SWEEPS):
        neighbors = after if sweep % 2 else before
        for column in reversed(columns) if sweep % 2 else columns:
            rank = {thing: i for other in columns for i, thing in enumerate(other)}
            place = {
                thing: sum(rank[n] + s for n, s in near) / len(near) if (near := neighbors.get(thing)) else rank[thing]
                for thing in column
            }
            column.sort(key=place.__getitem__)
    return columns
