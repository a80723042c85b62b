"""The plane of two axes of a correspondence analysis: groups and the words that make the axes, with labels that do not overlap."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from presstm.report.charts import CHAR, WIDTH, Shape, linked, px, short
from presstm.report.labels import Box, Room, around

_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, WIDTH - 12.0, 28.0, 44.0  # edges of the frame; the last is the room below it
_LEAST, _MOST = 300.0, 640.0  # height of the frame
_MARGIN = 0.08  # of the span of the points, around them
_TICKS = 8  # at most, on an axis
_RINGS = (14.0, 26.0, 40.0, 56.0, 74.0)  # pixels from a point to a label that a line joins to it
_JOINED = 24  # groups that may have such a label
_LONGEST = 34


@dataclass(frozen=True)
class Point:
    """A group or a word with its coordinates on both axes; `well`: whether the plane shows most of its distance from the centre."""

    name: str
    x: float
    y: float
    group: bool
    well: bool
    tip: str
    href: str | None


def plane(
    points: Sequence[Point], axes: tuple[str, str], written: Callable[[float, int], str]
) -> tuple[tuple[Shape, ...], float]:
    """Points, groups first, on two axes of one scale, so that distances can be seen, and the height.

    Labels are placed in the order of the points, beside their point or, for the first groups, joined to it by a line, and nothing
    is written over another or over a point. A group without room is a point that its tip names, a word without room is left out.

    Args:
        points: those that matter most first.
        axes: what is written at the axes.
        written: a number with so many digits.
    """
    low_x, high_x = _range([point.x for point in points])
    low_y, high_y = _range([point.y for point in points])
    unit = min((_RIGHT - _LEFT) / (high_x - low_x), _MOST / (high_y - low_y))  # pixels
    high = max(_LEAST, unit * (high_y - low_y))
    low_x, high_x = _widened(low_x, high_x, (_RIGHT - _LEFT) / unit)
    low_y, high_y = _widened(low_y, high_y, high / unit)
    frame = (_LEFT, _TOP, _RIGHT, _TOP + high)

    def x(value: float) -> float:
        return px(_LEFT + unit * (value - low_x))

    def y(value: float) -> float:
        return px(_TOP + unit * (high_y - value))

    shapes = [
        Shape("line", (x(0), _TOP, x(0), frame[3]), "axis"),
        Shape("line", (_LEFT, y(0), _RIGHT, y(0)), "axis"),
        *(Shape("line", line, "axis") for line in _edges(frame)),
    ]
    for value, digits in _ticks(low_x, high_x):
        shapes.append(Shape("text", (x(value), frame[3] + 16), "tick", written(value, digits), "middle"))
    for value, digits in _ticks(low_y, high_y):
        shapes.append(Shape("text", (_LEFT - 6, y(value) + 4), "tick", written(value, digits), "end"))
    shapes += [
        Shape("text", (_RIGHT, frame[3] + 34), "label", axes[0], "end"),
        Shape("text", (_LEFT, _TOP - 10), "label", axes[1]),
    ]
    room = Room(frame, dots=[around((x(point.x), y(point.y)), 6) for point in points if point.group])
    for number, point in enumerate(points):
        at = x(point.x), y(point.y)
        label = (
            _label(point, at, room, _RINGS if point.group and number < _JOINED else ())
            if point.group or room.free(around(at, 2))
            else []
        )
        if point.group:
            style = "dot-0" if point.well else "dot-1"
            shapes += [*label, Shape("circle", (*at, 5), style, tip=point.tip, data=linked(point.href))]
        elif label:
            room.dots.append(around(at, 2))
            shapes += [*label, Shape("circle", (*at, 2), "word-dot", tip=point.tip, data=linked(point.href))]
    return tuple(shapes), frame[3] + _BOTTOM


def _label(point: Point, at: tuple[float, float], room: Room, rings: Sequence[float]) -> list[Shape]:
    """The name of a point where it finds room, and the line that joins them if it is not right beside it."""
    name = short(point.name, _LONGEST)
    size = (1.08 * CHAR * len(name), 14.0) if point.group else (0.88 * CHAR * len(name), 12.0)
    placed = room.place(at, size, 6, rings)
    if placed is None:
        return []
    box, end = placed
    style = "group-label" if point.group else "word-label"
    where = px((box[0] + box[2]) / 2), px(box[3] - 0.22 * size[1])
    words = Shape("text", where, style, name, "middle", point.name, linked(point.href))
    return [Shape("line", (*at, px(end[0]), px(end[1])), "edge"), words] if end else [words]


def _edges(frame: Box) -> list[Box]:
    left, top, right, bottom = frame
    return [(left, top, right, top), (right, top, right, bottom), (left, bottom, right, bottom), (left, top, left, bottom)]


def _range(values: Sequence[float]) -> tuple[float, float]:
    """From the least to the largest, the centre among them, with a margin."""
    low, high = min(0.0, *values), max(0.0, *values)
    margin = _MARGIN * (high - low or 1.0)
    return low - margin, high + margin


def _widened(low: float, high: float, span: float) -> tuple[float, float]:
    """The same middle, and this span."""
    middle = (low + high) / 2
    return middle - span / 2, middle + span / 2


def _ticks(low: float, high: float) -> Iterator[tuple[float, int]]:
    """Round values between `low` and `high`, and their digits."""
    power = 10.0 ** math.floor(math.log10(high - low) - 1)
    step = next(power * each for each in (1, 2, 5, 10, 20, 50, 100) if (high - low) / (power * each) <= _TICKS)
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    for number in range(math.ceil(low / step), math.floor(high / step) + 1):
        yield number * step, digits
