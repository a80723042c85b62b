"""Figures of textometry as bytes: the dendrogram of classes and factor planes. Equal tables give equal bytes; readable in grey.

What is to be drawn is told first, as plain numbers and texts, and is the key of the drawing in the cache.
"""

from __future__ import annotations

import io
import sys
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

import pyarrow as pa

from presstm import batches, cache, fonts

_INK, _GREY = "#1b2a3a", "#767676"
_FORMS = 10  # characteristic forms shown per class
_POINTS = 40  # forms shown on a plane
KINDS = ("svg", "pdf")
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Drawing:
    """What a figure shows; `size` in inches. A point of a plane is (x, y), the name, and whether it is a group."""

    size: tuple[float, float]
    lines: list[tuple[list[float], list[float]]] = field(default_factory=list)
    texts: list[tuple[float, float, str, float, dict[str, str]]] = field(default_factory=list)
    limits: tuple[tuple[float, float], tuple[float, float]] | None = None
    points: list[tuple[float, float, str, bool]] = field(default_factory=list)
    labels: tuple[str, ...] = ()  # of the axes


def figures(
    tables: Mapping[str, pa.Table], inertia: Mapping[str, Sequence[float]], folder: Path | None = None
) -> dict[str, bytes]:
    """File name -> bytes: `classes` and, for every grouping with two axes, `factors-<grouping>`, as SVG and PDF.

    `figures.csv` lists them with the table that they are drawn from; a small corpus may have none.

    Args:
        tables: classes, class_forms, factors.
        inertia: per grouping, the share of inertia of each axis.
        folder: the content cache of drawings.
    """
    wanted: dict[str, Drawing] = {}
    if len(tables["classes"]):
        wanted["classes"] = dendrogram(tables["classes"], tables["class_forms"])
    for grouping, shares in inertia.items():
        if len(shares) > 1:
            wanted[f"factors-{grouping}"] = plane(tables["factors"], grouping, shares)
    cached = {name: _cached(drawing, folder) for name, drawing in wanted.items()}
    made = {f"{name}.{kind}": cached[name][kind] for kind in KINDS for name in wanted}
    listed = ["file,table", *(f"{name},{name.partition('-')[0].partition('.')[0]}.csv" for name in sorted(made))]
    return made | {"figures.csv": ("\n".join(listed) + "\n").encode()}


def _cached(drawing: Drawing, folder: Path | None) -> dict[str, bytes]:
    """`drawn`, from the cache where it is known."""
    same = ("figure", batches.code(sys.modules[__name__]), metadata.version("matplotlib"), repr(drawing))
    entries = {kind: cache.key([*same, kind]) for kind in KINDS}
    stored = {kind: cache.get(folder, entry) for kind, entry in entries.items()}
    known = {kind: found for kind, found in stored.items() if found is not None}
    if len(known) == len(KINDS):
        return known
    made = drawn(drawing)
    for kind, found in made.items():
        cache.put(folder, entries[kind], found)
    return made


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

    limits = ((max(height.values()) + 0.6, -0.1), (len(leaves) - 0.4, -0.6))
    drawing = Drawing((10, 0.8 + 0.62 * len(leaves)), limits=limits)
    for number, row in rows.items():
        for child in below.get(number, []):
            drawing.lines.append(
                ([height[number], height[number], height[child]], [place[number], place[child], place[child]])
            )
        if row["chi2"] is not None:
            style = {"color": _GREY, "ha": "right"}
            drawing.texts.append((height[number] + 0.05, place[number] - 0.06, f"χ² {row['chi2']:.0f}", 7, style))
    for number in leaves:
        share = f"{number}   {100 * rows[number]['share']:.0f} %"
        drawing.texts.append((-0.15, place[number] - 0.12, share, 10, {"weight": "bold"}))
        drawing.texts.append((-0.15, place[number] + 0.25, ", ".join(_strongest(class_forms, number)), 8, {}))
    return drawing


def _strongest(class_forms: pa.Table, number: int) -> list[str]:
    marks = [row for row in class_forms.to_pylist() if row["class_id"] == number and row["chi2"] > 0]
    return [row["form"] for row in sorted(marks, key=lambda row: (-row["chi2"], row["form"]))[:_FORMS]]


def plane(factors: pa.Table, grouping: str, inertia: Sequence[float]) -> Drawing:
    """Groups (dots, bold) and the forms that contribute most (grey) on the first two axes; labels that would overlap are left out."""
    points: dict[tuple[str, str], dict[int, dict[str, Any]]] = {}
    for row in factors.to_pylist():
        if row["grouping"] == grouping and row["axis"] <= 2:
            points.setdefault((row["kind"], row["name"]), {})[row["axis"]] = row
    weight = {
        key: sum(row["contribution"] * inertia[axis - 1] for axis, row in point.items()) for key, point in points.items()
    }
    ranked = sorted(points, key=lambda key: (-weight[key], key))
    shown = [key for key in ranked if key[0] == "group"] + [key for key in ranked if key[0] == "form"][:_POINTS]
    return Drawing(
        (8, 6.5),
        points=[(points[key][1]["coordinate"], points[key][2]["coordinate"], key[1], key[0] == "group") for key in shown],
        labels=tuple(f"F{axis} ({100 * share:.1f} %)" for axis, share in zip((1, 2), inertia, strict=False)),
    )


def _draw_plane(axes: Any, drawing: Drawing) -> None:
    for line in (axes.axhline, axes.axvline):
        line(0, color="#bbbbbb", lw=0.6, zorder=0)
    for x, y, _, group in drawing.points:
        axes.plot(x, y, "o" if group else ".", color=_INK if group else _GREY, ms=6 if group else 3)
    _pad(axes, [(x, y) for x, y, *_ in drawing.points])
    taken: list[Box] = []
    for x, y, name, group in drawing.points:
        _label(axes, name, (x, y), group, taken)
    for side, label in zip(("x", "y"), drawing.labels, strict=True):
        axes.set(**{f"{side}label": label})
    axes.tick_params(color=_GREY)
    for axis in (axes.xaxis, axes.yaxis):
        axis.label.set_font(fonts.dejavu(10))
        for label in axis.get_ticklabels():
            label.set_font(fonts.dejavu(7))


def _draw_tree(axes: Any, drawing: Drawing) -> None:
    for xs, ys in drawing.lines:
        axes.plot(xs, ys, color=_INK, lw=1.2)
    for x, y, text, size, style in drawing.texts:
        _text(axes, x, y, text, size, **style)
    if drawing.limits:
        axes.set_xlim(*drawing.limits[0])
        axes.set_ylim(*drawing.limits[1])
    axes.set_position((0.02, 0.02, 0.36, 0.96))
    axes.set_axis_off()


def _pad(axes: Any, points: Sequence[tuple[float, float]]) -> None:
    for values, limit in zip(zip(*points, strict=True), (axes.set_xlim, axes.set_ylim), strict=True):
        margin = 0.12 * (max(values) - min(values) or 1.0)
        limit(min(values) - margin, max(values) + margin)


def _label(axes: Any, name: str, point: tuple[float, float], group: bool, taken: list[Box]) -> None:
    """Write a name above, below, right or left of its point, in the first place that is free; a group in any case."""
    size = 9 if group else 7.5
    x, y = axes.transData.transform(point) * 72 / axes.figure.dpi
    wide, high = 0.62 * size * len(name), 1.1 * size
    places = ((0, 4), (0, -4 - high), (wide / 2 + 5, -high / 2), (-wide / 2 - 5, -high / 2))
    boxes = [(x + dx - wide / 2, y + dy, x + dx + wide / 2, y + dy + high) for dx, dy in places]
    free = [
        box for box in boxes if not any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken)
    ]
    if free or group:
        box = (free or boxes)[0]
        taken.append(box)
        left, low = axes.transData.inverted().transform([side * axes.figure.dpi / 72 for side in box[:2]])
        _text(axes, left, low, name, size, weight="bold" if group else "normal", color=_INK if group else _GREY)


def _text(axes: Any, x: float, y: float, text: str, size: float, *, weight: str = "normal", **style: Any) -> None:
    plain = "".join(c if c.isprintable() and not "\ud800" <= c <= "\udfff" else "\ufffd" for c in text)
    axes.text(x, y, plain, font=fonts.dejavu(size, bold=weight == "bold"), parse_math=False, **{"color": _INK, **style})


def drawn(drawing: Drawing) -> dict[str, bytes]:
    """The figure as SVG and PDF."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    settings: Any = {"svg.hashsalt": "presstm", "svg.fonttype": "path", "pdf.fonttype": 42}
    with mpl.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")  # drawn as a box
        figure = Figure(figsize=drawing.size)
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0.09, 0.08, 0.88, 0.89))
        (_draw_plane if drawing.points else _draw_tree)(axes, drawing)
        dates = {"svg": "Date", "pdf": "CreationDate"}
        return {kind: _saved(figure, kind, {dates[kind]: None}) for kind in KINDS}


def _saved(figure: Any, kind: str, about: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    figure.savefig(out, format=kind, metadata=about)
    return out.getvalue()
