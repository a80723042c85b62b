"""The dendrogram of classes: the divisions that led to them, with the share and the strongest words of each class."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from presstm.report.charts import CHAR, WIDTH, Shape, linked, px

_BAND = 58  # pixels of a class
_LEFT, _LEAVES = 12.0, 270.0  # where the tree begins, and where its classes do
_CUT = 76.0  # from the last division to its classes: room for what is written at it
_LINES = 2  # of words, per class


@dataclass(frozen=True)
class Leaf:
    """What is written at a class, and where it leads."""

    name: str
    words: Sequence[str]
    href: str | None


def tree(
    below: Mapping[int, Sequence[int]], leaves: Mapping[int, Leaf], written: Mapping[int, str], root: int
) -> tuple[tuple[Shape, ...], float]:
    """The divisions from left to right, the classes at the right end one below the other, and the height.

    Args:
        below: division -> the two divisions or classes that it gave.
        leaves: the classes.
        written: division -> what is written at it.
        root: the first division.
    """
    depth: dict[int, int] = {}
    place: dict[int, float] = {}
    order: list[int] = []

    def deep(number: int) -> int:
        depth[number] = max((1 + deep(child) for child in below.get(number, ())), default=0)
        return depth[number]

    def lay(number: int) -> None:
        children = sorted(below.get(number, ()), key=lambda child: (depth[child], child))
        for child in children:
            lay(child)
        if not children:
            order.append(number)
        ends = [place[child] for child in children] or [26.0 + _BAND * (len(order) - 1)]
        place[number] = (ends[0] + ends[-1]) / 2

    deep(root)
    lay(root)
    step = (_LEAVES - _CUT - _LEFT) / max(1, depth[root] - 1)

    def x(number: int) -> float:
        return px(_LEAVES - _CUT - step * (depth[number] - 1)) if depth[number] else _LEAVES

    shapes = []
    for number, children in below.items():
        ends = [px(place[child]) for child in children]
        shapes.append(Shape("line", (x(number), min(ends), x(number), max(ends)), "branch"))
        shapes += [
            Shape("line", (x(number), end, x(child), end), "branch") for child, end in zip(children, ends, strict=True)
        ]
        shapes.append(Shape("text", (x(number) + 6, min(ends) + 14), "tick", written.get(number, "")))
    for number in order:
        leaf, y = leaves[number], place[number]
        shapes.append(Shape("circle", (_LEAVES, px(y), 4), "dot-0", tip=leaf.name, data=linked(leaf.href)))
        shapes.append(Shape("text", (_LEAVES + 12, px(y - 3)), "group-label", leaf.name, data=linked(leaf.href)))
        longest = int((WIDTH - _LEAVES - 12) / (0.92 * CHAR))
        lines = textwrap.wrap(", ".join(leaf.words), longest, break_long_words=True)
        for line, text in enumerate(lines[:_LINES]):
            shown = text if line < _LINES - 1 or len(lines) <= _LINES else text.rstrip(",") + "…"
            shapes.append(Shape("text", (_LEAVES + 12, px(y + 13 + 14 * line)), "word-label", shown))
    return tuple(shapes), 26 + _BAND * len(order)


def nested(number: int, below: Mapping[int, Sequence[int]]) -> str:
    """The tree in brackets, such as ((1, 3), 2)."""
    return f"({', '.join(nested(child, below) for child in below[number])})" if number in below else str(number)
