"""Figures of textometry as bytes: the dendrogram of classes and factor planes. Equal tables give equal bytes; readable in grey."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from presstm import drawing
from presstm.drawing import Dot, Drawing, Line, Word

_INK, _GREY, _PALE = "#1b2a3a", "#767676", "#bbbbbb"
_FORMS = 10  # characteristic forms shown per class
_POINTS = 40  # forms shown on a plane
_INCH = 72.0
_TICKS = 8  # at most, on an axis
Box = tuple[float, float, float, float]
Point = tuple[float, float, str, bool]  # x, y, name, whether it is a group and not a form


def figures(
    tables: Mapping[str, pa.Table], inertia: Mapping[str, Sequence[float]], folder: Path | None = None
) -> dict[str, bytes]:
    """File name -> bytes: `classes` and, for every grouping with two axes, `factors-<grouping>`, as SVG and PDF.

    `figures.csv` lists them with the table that they are drawn from; a small corpus may have none.

    Args:
        tables: classes, class_forms, factors.
        inertia: per grouping, the share of inertia of each axis.
        folder: the content cache.
    """
    wanted: dict[str, Drawing] = {}
    if len(tables["classes"]):
        wanted["classes"] = dendrogram(tables["classes"], tables["class_forms"])
    for grouping, shares in inertia.items():
        if len(shares) > 1:
            wanted[f"factors-{grouping}"] = plane(tables["factors"], grouping, shares)
    drawn = ((name, drawing.files(figure, folder)) for name, figure in wanted.items())
    made = {f"{name}.{kind}": written for name, kinds in drawn for kind, written in kinds.items()}
    listed = ["file,table", *(f"{name},{name.partition('-')[0].partition('.')[0]}.csv" for name in sorted(made))]
    return made | {"figures.csv": ("\n".join(listed) + "\n").encode()}


def dendrogram(classes: pa.Table, class_forms: pa.Table) -> Drawing:
    """The divisions, with their chi-square, that led to the classes, and the share and first forms of each class."""
    rows = {row["class_id"]: row for row in classes.to_pylist()}
    below: dict[int | None, list[int]] = {}
    for number, row in rows.items():
        below.setdefault(row["parent"], []).append(number)
    leaves: list[int] = []
    height: dict[int, int] = {}
    place: dict[int, float] = {}

    def lay(number: int) -> None:
        for child in below.get(number, []):
            lay(child)
        children = below.get(number, [])
        height[number] = 1 + max((height[child] for child in children), default=-1)
        place[number] = sum(place[child] for child in children) / len(children) if children else float(len(leaves))
        if not children:
            leaves.append(number)

    lay(below[None][0])

    figure = Drawing(10 * _INCH, (0.8 + 0.62 * len(leaves)) * _INCH)
    left, wide, top, high = 0.02 * figure.width, 0.36 * figure.width, 0.02 * figure.height, 0.96 * figure.height
    deepest = max(height.values())

    def x(depth: float) -> float:
        return left + wide * (deepest + 0.6 - depth) / (deepest + 0.7)

    def y(line: float) -> float:
        return top + high * (line + 0.6) / (len(leaves) + 0.2)

    for number, row in rows.items():
        for child in below.get(number, []):
            corner = x(height[number]), y(place[child])
            figure.marks.append(Line([(corner[0], y(place[number])), corner, (x(height[child]), corner[1])], 1.2, _INK))
        if row["chi2"] is not None:
            at = x(height[number] + 0.05), y(place[number] - 0.06)
            figure.marks.append(Word(*at, f"χ² {row['chi2']:.0f}", 7, _GREY, anchor="end"))
    for number in leaves:
        share = f"{number} ({100 * rows[number]['share']:.0f} %)"
        figure.marks.append(Word(x(-0.15), y(place[number] - 0.12), share, 10, _INK, bold=True))
        figure.marks.append(Word(x(-0.15), y(place[number] + 0.25), ", ".join(_strongest(class_forms, number)), 8, _INK))
    return figure


def _strongest(class_forms: pa.Table, number: int) -> list[str]:
    marks = [row for row in class_forms.to_pylist() if row["class_id"] == number and row["chi2"] > 0]
    return [row["form"] for row in sorted(marks, key=lambda row: (-row["chi2"], row["form"]))[:_FORMS]]


def plane(factors: pa.Table, grouping: str, inertia: Sequence[float]) -> Drawing:
    """Groups (dots, bold) and the forms that contribute most (grey) on the first two axes; labels that would overlap are left out."""
    figure = Drawing(8 * _INCH, 6.5 * _INCH)
    points = _shown(factors, grouping, inertia)
    left, right, top, bottom = (0.09 * figure.width, 0.97 * figure.width, 0.03 * figure.height, 0.92 * figure.height)
    low_x, high_x = _range([point[0] for point in points])
    low_y, high_y = _range([point[1] for point in points])

    def x(value: float) -> float:
        return left + (right - left) * (value - low_x) / (high_x - low_x)

    def y(value: float) -> float:
        return bottom - (bottom - top) * (value - low_y) / (high_y - low_y)

    if low_y <= 0 <= high_y:
        figure.marks.append(Line([(left, y(0)), (right, y(0))], 0.6, _PALE))
    if low_x <= 0 <= high_x:
        figure.marks.append(Line([(x(0), top), (x(0), bottom)], 0.6, _PALE))
    figure.marks.append(Line([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)], 0.8, _INK))
    for value, shown in _ticks(low_x, high_x):
        figure.marks.append(Line([(x(value), bottom), (x(value), bottom + 3.5)], 0.8, _GREY))
        figure.marks.append(Word(x(value), bottom + 12, shown, 7, _INK, anchor="middle"))
    for value, shown in _ticks(low_y, high_y):
        figure.marks.append(Line([(left, y(value)), (left - 3.5, y(value))], 0.8, _GREY))
        figure.marks.append(Word(left - 6, y(value) + 2.5, shown, 7, _INK, anchor="end"))
    labels = [f"F{axis} ({100 * share:.1f} %)" for axis, share in zip((1, 2), inertia, strict=False)]
    figure.marks.append(Word((left + right) / 2, bottom + 28, labels[0], 10, _INK, anchor="middle"))
    figure.marks.append(Word(left - 36, (top + bottom) / 2, labels[1], 10, _INK, anchor="middle", upright=True))
    for across, up, _, group in points:
        figure.marks.append(Dot(x(across), y(up), 3 if group else 1, _INK if group else _GREY))
    taken: list[Box] = [(x(across) - 3, y(up) - 3, x(across) + 3, y(up) + 3) for across, up, _, group in points if group]
    for across, up, name, group in points:
        _label(figure, name, (x(across), y(up)), group, taken)
    return figure


def _shown(factors: pa.Table, grouping: str, inertia: Sequence[float]) -> list[Point]:
    """Groups, then the forms shown, each kind by what it contributes to both axes."""
    rows = factors.filter(pc.equal(factors["grouping"], grouping))
    first, second = (rows.filter(pc.equal(rows["axis"], axis)) for axis in (1, 2))  # both sorted by kind and name
    weight = sum(axis["contribution"].to_numpy() * share for axis, share in zip((first, second), inertia, strict=False))
    group = pc.equal(first["kind"], "group").to_numpy()
    ranked = np.argsort(-weight, kind="stable")
    chosen = [*ranked[group[ranked]], *ranked[~group[ranked]][:_POINTS]]
    columns = first["coordinate"], second["coordinate"], first["name"]
    return [(*(column[int(row)].as_py() for column in columns), bool(group[row])) for row in chosen]


def _range(values: Sequence[float]) -> tuple[float, float]:
    margin = 0.12 * (max(values) - min(values) or 1.0)
    return min(values) - margin, max(values) + margin


def _ticks(low: float, high: float) -> Iterator[tuple[float, str]]:
    """Round values between `low` and `high`, and how they are written."""
    power = 10.0 ** math.floor(math.log10(high - low) - 1)
    step = next(power * each for each in (1, 2, 5, 10, 20, 50, 100) if (high - low) / (power * each) <= _TICKS)
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    for number in range(math.ceil(low / step), math.floor(high / step) + 1):
        yield number * step, f"{number * step + 0.0:.{digits}f}".replace("-", "\u2212")


def _label(figure: Drawing, name: str, point: tuple[float, float], group: bool, taken: list[Box]) -> None:
    """Write a name above, below, right or left of its point, in the first place that is free; a group in any case."""
    size = 9 if group else 7.5
    x, y = point
    wide, high = 0.62 * size * len(name), 1.1 * size
    places = ((0, -4), (0, 4 + high), (wide / 2 + 5, high / 2), (-wide / 2 - 5, high / 2))
    boxes = [(x + dx - wide / 2, y + dy - high, x + dx + wide / 2, y + dy) for dx, dy in places]
    free = [
        box for box in boxes if not any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken)
    ]
    if free or group:
        box = (free or boxes)[0]
        taken.append(box)
        middle = (box[0] + box[2]) / 2
        figure.marks.append(
            Word(middle, box[3] - 0.2 * high, name, size, _INK if group else _GREY, bold=group, anchor="middle")
        )
