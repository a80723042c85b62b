"""Figures of textometry as bytes: the dendrogram of classes and factor planes. Equal tables give equal bytes; readable in grey."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa

_INK, _GREY = "#1b2a3a", "#767676"
_FORMS = 10  # characteristic forms shown per class
_POINTS = 40  # forms shown on a plane
Box = tuple[float, float, float, float]


def figures(tables: Mapping[str, pa.Table], inertia: Mapping[str, Sequence[float]]) -> dict[str, bytes]:
    """File name -> bytes: `classes` and, for every grouping with two axes, `factors-<grouping>`, as SVG and PDF.

    `figures.csv` lists them with the table that they are drawn from; a small corpus may have none.

    Args:
        tables: classes, class_forms, factors.
        inertia: per grouping, the share of inertia of each axis.
    """
    made: dict[str, bytes] = {}
    listed = ["file,table"]
    for kind in ("svg", "pdf"):
        if len(tables["classes"]):
            made[f"classes.{kind}"] = dendrogram(tables["classes"], tables["class_forms"], kind)
        for grouping, shares in inertia.items():
            if len(shares) > 1:
                made[f"factors-{grouping}.{kind}"] = plane(tables["factors"], grouping, shares, kind)
    listed += [f"{name},{name.partition('-')[0].partition('.')[0]}.csv" for name in sorted(made)]
    return made | {"figures.csv": ("\n".join(listed) + "\n").encode()}


def dendrogram(classes: pa.Table, class_forms: pa.Table, kind: str = "svg") -> bytes:
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

    def draw(axes: Any) -> None:
        for number, row in rows.items():
            for child in below.get(number, []):
                axes.plot(
                    [height[number], height[number], height[child]],
                    [place[number], place[child], place[child]],
                    color=_INK,
                    lw=1.2,
                )
            if row["chi2"] is not None:
                _text(axes, height[number] + 0.05, place[number] - 0.06, f"χ² {row['chi2']:.0f}", 7, color=_GREY, ha="right")
        for number in leaves:
            _text(axes, -0.15, place[number] - 0.12, f"{number}   {100 * rows[number]['share']:.0f} %", 10, weight="bold")
            _text(axes, -0.15, place[number] + 0.25, ", ".join(_strongest(class_forms, number)), 8)
        axes.set_xlim(max(height.values()) + 0.6, -0.1)
        axes.set_ylim(len(leaves) - 0.4, -0.6)
        axes.set_position((0.02, 0.02, 0.36, 0.96))
        axes.set_axis_off()

    return _drawn(draw, (10, 0.8 + 0.62 * len(leaves)), kind)


def _strongest(class_forms: pa.Table, number: int) -> list[str]:
    marks = [row for row in class_forms.to_pylist() if row["class_id"] == number and row["chi2"] > 0]
    return [row["form"] for row in sorted(marks, key=lambda row: (-row["chi2"], row["form"]))[:_FORMS]]


def plane(factors: pa.Table, grouping: str, inertia: Sequence[float], kind: str = "svg") -> bytes:
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
    where = {key: (points[key][1]["coordinate"], points[key][2]["coordinate"]) for key in shown}

    def draw(axes: Any) -> None:
        for line in (axes.axhline, axes.axvline):
            line(0, color="#bbbbbb", lw=0.6, zorder=0)
        for key, (x, y) in where.items():
            group = key[0] == "group"
            axes.plot(x, y, "o" if group else ".", color=_INK if group else _GREY, ms=6 if group else 3)
        _pad(axes, list(where.values()))
        taken: list[Box] = []
        for key, point in where.items():
            _label(axes, key[1], point, key[0] == "group", taken)
        for name, share in zip(("x", "y"), inertia, strict=False):
            axes.set(**{f"{name}label": f"F{1 if name == 'x' else 2} ({100 * share:.1f} %)"})
        axes.tick_params(labelsize=7, color=_GREY)

    return _drawn(draw, (8, 6.5), kind)


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


def _text(axes: Any, x: float, y: float, text: str, size: float, **style: Any) -> None:
    plain = "".join(c if c.isprintable() and not "\ud800" <= c <= "\udfff" else "\ufffd" for c in text)
    axes.text(x, y, plain, size=size, parse_math=False, **{"color": _INK, **style})


def _drawn(draw: Callable[[Any], None], size: tuple[float, float], kind: str) -> bytes:
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    settings: Any = {"svg.hashsalt": "presstm", "svg.fonttype": "path", "pdf.fonttype": 42, "font.family": "DejaVu Sans"}
    with mpl.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")  # drawn as a box
        figure = Figure(figsize=size)
        FigureCanvasAgg(figure)
        draw(figure.add_axes((0.09, 0.08, 0.88, 0.89)))
        out = io.BytesIO()
        figure.savefig(out, format=kind, metadata={"Date": None} if kind == "svg" else {"CreationDate": None})
    return out.getvalue()
