"""The maximum tree of a network of words as a drawing: its strongest links that make no circle (analysis of similarities)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import numpy as np

from presstm import drawing
from presstm.drawing import Box, Dot, Drawing, Line, Mark, Word
from presstm.report.paper import node_colour

MOST_WORDS = 300  # that a page has room for
_LETTER = 0.66  # width of a letter of DejaVu Sans, of its size
_SMALL, _LARGE = 10.0, 18.0  # sizes of words
_LEAST, _MOST = 3.0, 10.0  # radii of dots
_STEP, _FLAT = 44.0, 1.5  # pixels from ring to ring, and how much wider rings are than high, as words are
_GAP = 3.0  # around a dot with its word
_SECTOR = 0.9 * math.pi  # of a branch, at most: it leads away from the middle
_GROWN, _ROUNDS = 12, 60  # times that rings grow by a tenth to give words room; and of moving words, before rings grow again
_WIDTH, _BETWEEN, _MARGIN = 900.0, 30.0, 16.0  # of the page, at least; of parts; of the edge
_UNIT = 0.72  # points of a pixel


@dataclass(frozen=True)
class _Node:
    """A dot at x, y with its word above (`side` -1) or below it (1)."""

    label: str
    share: float  # square root of the sentences, of the most
    colour: str
    x: float = 0.0
    y: float = 0.0
    side: int = 1

    @property
    def letters(self) -> float:
        return round(_SMALL + (_LARGE - _SMALL) * self.share, 1)

    @property
    def radius(self) -> float:
        return round(_LEAST + (_MOST - _LEAST) * self.share, 1)

    @property
    def wide(self) -> float:
        return max(_LETTER * self.letters * len(self.label), 2 * self.radius) + 2 * _GAP

    @property
    def high(self) -> float:
        return 2 * self.radius + self.letters + 2 * _GAP

    @property
    def middle(self) -> float:
        """Of dot and word, from top to bottom."""
        return self.y + self.side * self.letters / 2


Nodes = dict[str, _Node]


def svg(tree: Any) -> bytes:
    """The drawing as SVG: dots and words by the number of their sentences, in the colours of communities, lines by shared sentences.

    Each connected part has its middle word at the centre and the others in rings around it, every branch in a sector of its own; rings
    grow, and what still lies on another is moved, so that no word lies on a dot or another word. Parts stand side by side.

    Args:
        tree: of `word_network.maximum_tree`.
    """
    import networkx as nx

    parts = sorted((sorted(part) for part in nx.connected_components(tree)), key=lambda part: (-len(part), part))
    placed: Nodes = {}
    left, top, bottom, right = _MARGIN, _MARGIN, _MARGIN, _WIDTH
    for part in parts:
        nodes = _with_room(_rings(tree, part))
        low_x, low_y = min(n.x - n.wide / 2 for n in nodes.values()), min(n.middle - n.high / 2 for n in nodes.values())
        wide = max(n.x + n.wide / 2 for n in nodes.values()) - low_x
        high = max(n.middle + n.high / 2 for n in nodes.values()) - low_y
        if left > _MARGIN and left + wide > right:
            left, top = _MARGIN, bottom + _BETWEEN
        placed |= {name: replace(node, x=node.x - low_x + left, y=node.y - low_y + top) for name, node in nodes.items()}
        right, bottom = max(right, left + wide), max(bottom, top + high)
        left += wide + _BETWEEN
    return drawing.svg(Drawing(right + _MARGIN, bottom + _MARGIN, list(_marks(tree, placed)), unit=_UNIT))


def _marks(tree: Any, nodes: Nodes) -> Iterator[Mark]:
    most = max((weight for _, _, weight in tree.edges(data="weight")), default=1)
    for a, b, weight in sorted((*sorted(edge[:2]), edge[2]) for edge in tree.edges(data="weight")):
        yield Line([(nodes[a].x, nodes[a].y), (nodes[b].x, nodes[b].y)], 0.8 + 5 * weight / most, "#bbbbbb")
    for name in sorted(nodes):
        node = nodes[name]
        near = node.y + node.side * node.radius
        top = near if node.side > 0 else near - node.letters
        wide = _LETTER * node.letters * len(node.label)
        yield Box(node.x - wide / 2, top + 1, wide, node.letters - 1, "#ffffff")
        yield Word(node.x, top + 0.85 * node.letters, node.label, node.letters, "#000000", anchor="middle")
    for name in sorted(nodes):
        yield Dot(nodes[name].x, nodes[name].y, nodes[name].radius, nodes[name].colour, "#000000", 0.7)


def _rings(tree: Any, part: list[str]) -> Nodes:
    """A connected part around the word that is nearest to all others."""
    import networkx as nx

    most = max(number for _, number in tree.nodes(data="sentences"))
    values, within = tree.nodes, tree.subgraph(part)
    nodes = {
        name: _Node(
            values[name]["label"], math.sqrt(values[name]["sentences"] / most), node_colour(values[name]["community"])
        )
        for name in part
    }
    root = min(nx.barycenter(within))
    steps = list(
        nx.bfs_edges(within, root, sort_neighbors=lambda names: sorted(names, key=lambda n: (values[n]["community"], n)))
    )
    leaves = dict.fromkeys(part, 0)
    for parent, child in reversed(steps):
        leaves[child] = leaves[child] or 1
        leaves[parent] += leaves[child]
    sectors, rings = {root: (0.0, math.tau)}, {root: 0}
    taken: dict[str, float] = {}
    for parent, child in steps:
        start, end = sectors[parent]
        share = (end - start) * leaves[child] / leaves[parent]
        turn = taken.get(parent, start) + share / 2
        taken[parent] = turn + share / 2
        half = min(share, _SECTOR) / 2
        sectors[child], rings[child] = (turn - half, turn + half), rings[parent] + 1
        x, y = _FLAT * _STEP * rings[child] * math.cos(turn), _STEP * rings[child] * math.sin(turn)
        nodes[child] = replace(nodes[child], x=x, y=y, side=-1 if y < -1 else 1)
    return nodes


def _with_room(nodes: Nodes) -> Nodes:
    """Nodes that lie on no other: all are drawn apart, then those that still do are moved, each pair the shorter way."""
    at = np.array([(node.x, node.middle) for node in nodes.values()])
    half = np.array([(node.wide, node.high) for node in nodes.values()]) / 2
    room = half[:, None] + half
    for number in count():
        lying = (np.abs(at[:, None] - at) < room - 0.01).all(axis=2)
        pairs = np.argwhere(np.triu(lying, k=1)).tolist()
        if not pairs:
            break
        if number < _GROWN or number % _ROUNDS == 0:
            at *= 1.1
        else:
            for one, other in pairs:
                way = at[other] - at[one]
                over = room[one, other] - np.abs(way)
                axis = int(over[1] < over[0])
                shift = math.copysign(max(0.0, over.min()), way[axis]) / 2
                at[one, axis] -= shift
                at[other, axis] += shift
    placed = zip(nodes.items(), at.tolist(), strict=True)
    return {name: replace(node, x=x, y=y - node.middle + node.y) for (name, node), (x, y) in placed}
