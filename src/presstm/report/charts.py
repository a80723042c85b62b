"""Charts as shapes on a canvas: the page draws them as SVG, the files for papers hold the same shapes.

A chart keeps the rows that it was made from, which are also its CSV: one source of data. Coordinates are pixels, y down.
"""

from __future__ import annotations

import datetime
import math
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

WIDTH = 760
_ROW = 26
CHAR = 7.2  # pixels of an average character at the size of labels, in the wide letters of DejaVu and Verdana
_LONGEST = 34
_DARK = 7  # of the ten steps of `heat`, the first with light letters
_COUNT = re.compile(r" \([\d.,\s]+\)$")
EMPTY: Mapping[Any, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Shape:
    """A line (x1, y1, x2, y2), rect (x, y, width, height), circle (x, y, radius) or text (x, y), with its style."""

    tag: str
    at: tuple[float, ...]
    style: str
    text: str = ""
    anchor: str = "start"
    tip: str = ""
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Chart:
    """A drawing with what it says in words, and its data: `columns` and `rows`."""

    key: str
    title: str
    description: str
    height: float
    shapes: tuple[Shape, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    width: float = WIDTH


@dataclass(frozen=True)
class Mark:
    """A point of `strips`: a day, what the tip says, and where it leads."""

    day: datetime.date
    tip: str
    href: str | None = None


def bars(
    data: Sequence[tuple[str, float]], written: Callable[[float], str], links: Sequence[str | None] = ()
) -> tuple[tuple[Shape, ...], float]:
    """Horizontal bars of (label, value), with the value written at the end; `links` tells where each bar leads."""
    left = _margin([label for label, _ in data])
    most = max((value for _, value in data), default=0) or 1
    shapes = []
    for i, (label, value) in enumerate(data):
        y = 8 + i * _ROW
        width = (WIDTH - left - 70) * value / most
        shapes += [
            _label(label, left, y + 16),
            Shape(
                "rect",
                (left, y + 4, px(width), _ROW - 10),
                "bar",
                tip=f"{label}: {written(value)}",
                data=linked(links[i] if links else None),
            ),
            Shape("text", (px(left + width + 6), y + 16), "value", written(value)),
        ]
    return tuple(shapes), 16 + len(data) * _ROW


def intervals(
    rows: Sequence[tuple[str, Sequence[tuple[float, float | None, float | None]]]],
    series: Sequence[str],
    written: Callable[[float], str],
    links: Mapping[int, str] = EMPTY,
) -> tuple[tuple[Shape, ...], float]:
    """Per row, one dot with its interval for each of two series: a full dot for the first, a hollow one for the second."""
    left, top = _margin([label for label, _ in rows]), 34
    ends = [value for _, dots in rows for dot in dots for value in dot if value is not None]
    most = _ceiling(max(ends, default=1))
    band = 22 * len(series) + 10
    bottom = top + band * len(rows)

    def x(value: float) -> float:
        return px(left + (WIDTH - left - 60) * value / most)

    shapes = _grid(x, most, top, bottom, written)
    at = float(left)
    for j, name in enumerate(series):
        shapes += [Shape("circle", (at + 6, 14, 5), f"dot-{j}"), Shape("text", (at + 16, 18), "label", name)]
        at += 40 + len(name) * CHAR
    for i, (label, dots) in enumerate(rows):
        y = top + i * band
        shapes.append(_label(label, left, y + band / 2 + 4))
        for j, (value, low, high) in enumerate(dots):
            line = y + 16 + 22 * j
            if low is not None and high is not None:
                shapes.append(Shape("line", (x(low), line, x(high), line), "whisker"))
            shapes.append(
                Shape(
                    "circle",
                    (x(value), line, 5),
                    f"dot-{j}",
                    tip=f"{label}, {series[j]}: {written(value)}",
                    data=linked(links.get(i)),
                )
            )
            shapes.append(Shape("text", (x(value if high is None else high) + 10, line + 4), "value", written(value)))
    return tuple(shapes), bottom + 26


def heat(
    row_names: Sequence[str],
    column_names: Sequence[str],
    cells: Mapping[tuple[int, int], float],
    written: Callable[[float], str],
    links: Mapping[tuple[int, int], str] = EMPTY,
) -> tuple[tuple[Shape, ...], float]:
    """A matrix of shares (0 to 1): the darker, the more; every cell is also written out; no cell where there is no value."""
    left = _margin(row_names)
    width = min(165.0, (WIDTH - left - 10) / max(1, len(column_names)))
    heads = [_lines(name, int(width / CHAR)) for name in column_names]
    top = 16 + 14 * max(map(len, heads), default=1)
    shapes = [
        Shape("text", (px(left + (j + 0.5) * width), 20 + 14 * i), "label", line, "middle", column_names[j])
        for j, lines in enumerate(heads)
        for i, line in enumerate(lines)
    ]
    most = max(cells.values(), default=0) or 1
    for i, name in enumerate(row_names):
        y = top + i * _ROW
        shapes.append(_label(name, left, y + 17))
        for j, column in enumerate(column_names):
            if (i, j) not in cells:
                continue
            step = min(9, int(10 * cells[i, j] / most))
            tip = f"{name}, {column}: {written(cells[i, j])}"
            box = (px(left + j * width + 1), y + 1, px(width - 2), _ROW - 2)
            shapes.append(Shape("rect", box, f"heat-{step}", tip=tip, data=linked(links.get((i, j)))))
            dark = "on-dark" if step >= _DARK else "on-light"
            shapes.append(Shape("text", (px(left + (j + 0.5) * width), y + 17), dark, written(cells[i, j]), "middle"))
    return tuple(shapes), top + len(row_names) * _ROW + 8


def columns(
    bands: Sequence[str],
    steps: Sequence[str],
    counts: Mapping[tuple[str, str], float],
    named: Callable[[str], str],
    links: Mapping[tuple[str, str], str] = EMPTY,
    whole: Mapping[str, float] = EMPTY,
    written: Callable[[float], str] = str,
) -> tuple[tuple[Shape, ...], float]:
    """Per band a row of columns over `steps` (months): small multiples on one scale, with the band's sum, or what `whole` has, at
    the end.

    The first of the tallest columns has its number beside it, which gives the scale.
    """
    left, band = _margin(bands), 36
    most = max(counts.values(), default=0) or 1
    width = (WIDTH - left - 50) / max(1, len(steps))
    bottom = 6 + band * len(bands)
    shapes = []
    tallest = next(((name, step) for name in bands for step in steps if counts.get((name, step), 0) == most), None)
    for i, name in enumerate(bands):
        base = 6 + (i + 1) * band
        shapes += [_label(name, left, base - 8), Shape("line", (left, base, WIDTH - 50, base), "axis")]
        total = whole[name] if name in whole else sum(counts.get((name, step), 0) for step in steps)
        shapes.append(Shape("text", (WIDTH - 44, base - 8), "value", written(total)))
        for j, step in enumerate(steps):
            if n := counts.get((name, step), 0):
                height = (band - 8) * n / most
                box = (px(left + j * width + 0.5), px(base - height), px(max(1.5, min(width - 1, 22))), px(height))
                shapes.append(
                    Shape(
                        "rect", box, "bar", tip=f"{name}, {named(step)}: {written(n)}", data=linked(links.get((name, step)))
                    )
                )
                if (name, step) == tallest:
                    shapes.append(Shape("text", (px(box[0] + box[2] + 3), px(box[1] + 9)), "tick", written(n)))
    every = max(1, math.ceil(len(steps) / max(1, (WIDTH - left - 50) // 92)))
    for j in range(0, len(steps), every):
        shapes.append(Shape("text", (px(left + j * width), bottom + 16), "tick", named(steps[j])))
    return tuple(shapes), bottom + 26


def strips(
    bands: Sequence[tuple[str, Sequence[Mark]]], dated: Callable[[datetime.date], str]
) -> tuple[tuple[Shape, ...], float]:
    """Per band, marks over time, stacked where they fall on one another."""
    left = _margin([name for name, _ in bands])
    days = [mark.day for _, marks in bands for mark in marks]
    first, last = min(days), max(days)
    span = max(1, (last - first).days)
    shapes, y = [], 8.0
    for name, marks in bands:
        places: dict[int, int] = {}
        put = []
        for mark in sorted(marks, key=lambda mark: (mark.day, mark.tip)):
            x = left + 8 + (WIDTH - left - 40) * (mark.day - first).days / span
            slot = int(x // 9)
            places[slot] = places.get(slot, 0) + 1
            put.append((slot * 9 + 4, places[slot], mark))
        height = max(_ROW, 10 * max(places.values(), default=1) + 12)
        base = y + height
        shapes += [_label(name, left, base - 7), Shape("line", (left, base, WIDTH - 20, base), "axis")]
        shapes += [
            Shape("circle", (px(x), px(base + 2 - 10 * level), 4), "mark", tip=mark.tip, data=linked(mark.href))
            for x, level, mark in put
        ]
        y = base
    shapes.append(Shape("text", (left + 8, y + 18), "tick", dated(first)))
    if last > first:
        shapes.append(Shape("text", (WIDTH - 20, y + 18), "tick", dated(last), "end"))
    return tuple(shapes), y + 28


def _grid(
    x: Callable[[float], float], most: float, top: float, bottom: float, written: Callable[[float], str]
) -> list[Shape]:
    shapes = []
    for i in range(5):
        value = most * i / 4
        shapes.append(Shape("line", (x(value), top, x(value), bottom), "grid"))
        shapes.append(Shape("text", (x(value), bottom + 16), "tick", written(value), "middle"))
    return shapes


def linked(link: str | None) -> dict[str, str]:
    """Data of a shape that leads to `link`."""
    return {"href": link} if link else {}


def _ceiling(value: float) -> float:
    return next((step for step in (0.04, 0.1, 0.2, 0.4, 0.6, 0.8) if value <= step), 1.0)


def _label(text: str, left: float, y: float) -> Shape:
    return Shape("text", (left - 8, px(y)), "label", short(text), "end", text)


def _margin(labels: Sequence[str]) -> int:
    return int(24 + CHAR * min(_LONGEST, max(map(len, labels), default=0)))


def short(text: str, longest: int = _LONGEST) -> str:
    """At most `longest` characters; a count in brackets at the end stays whole."""
    if len(text) <= longest:
        return text
    count = _COUNT.search(text)
    end = count.group() if count else ""
    return text[: max(1, longest - 1 - len(end))] + "…" + end


def _lines(text: str, longest: int) -> list[str]:
    """At most two lines of `longest` characters."""
    lines = textwrap.wrap(text, max(4, longest)) or [""]
    return lines if len(lines) <= 2 else [lines[0], short(" ".join(lines[1:]), longest)]


def px(value: float) -> float:
    """A coordinate, rounded."""
    return round(value, 1)
