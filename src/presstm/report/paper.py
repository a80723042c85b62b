"""Charts for papers: SVG, PDF and CSV, equal bytes for equal data, readable when printed in grey."""

from __future__ import annotations

import csv
import io
from importlib import metadata
from pathlib import Path
from typing import Any

from presstm import batches, fonts
from presstm.report import kept
from presstm.report.charts import Chart, Shape

_GREYS = [str(round(0.97 - 0.09 * step, 2)) for step in range(10)]
_STYLES: dict[str, dict[str, Any]] = {
    "bar": {"facecolor": "#4a6785", "edgecolor": "none"},
    "mark": {"facecolor": "#4a6785", "edgecolor": "white", "linewidth": 0.6},
    "dot-0": {"facecolor": "#1b2a3a", "edgecolor": "#1b2a3a"},
    "dot-1": {"facecolor": "white", "edgecolor": "#1b2a3a", "linewidth": 1.4},
    "axis": {"color": "#999999", "linewidth": 0.6},
    "grid": {"color": "#dddddd", "linewidth": 0.6},
    "whisker": {"color": "#1b2a3a", "linewidth": 1.4},
    "edge": {"color": "#777777", "linewidth": 0.9},
    "edge-weak": {"color": "#aaaaaa", "linewidth": 0.7, "linestyle": (0, (2, 3))},
    "on-dark": {"color": "white"},
    "on-light": {"color": "black"},
    "tick": {"color": "#555555"},
    "label": {"color": "black"},
    "value": {"color": "#333333"},
    "node-label": {"color": "black"},
}
_NODES = ["#1b2a3a", "#8a5a00", "#7aa6c2", "#d9b36a", "#55754f", "#c4c4c4", "#7a4f7a", "#b8d4b0"]


def files(chart: Chart, cache: Path | None = None) -> dict[str, bytes]:
    """Paths under figures/ -> bytes; drawings from the content cache where the same was drawn before."""
    made = kept.files(cache, _key(chart), lambda: _drawn(chart))
    drawn = {f"figures/{chart.key}.{kind}": drawing for kind, drawing in made.items()}
    return {**drawn, f"figures/{chart.key}.csv": table(chart)}


def _key(chart: Chart) -> list[str]:
    """All that a drawing depends on: where a shape leads and its tip are not drawn."""
    shapes = [(shape.tag, shape.at, shape.style, shape.text, shape.anchor) for shape in chart.shapes]
    versions = [metadata.version(name) for name in ("matplotlib", "fonttools", "numpy")]
    code = Path(__file__).read_text(encoding="utf-8"), batches.code(fonts)
    return [*code, *versions, chart.title, repr((chart.width, chart.height, shapes))]


def table(chart: Chart) -> bytes:
    """The chart's data as CSV; a cell that a spreadsheet would run as a formula gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(chart.columns)
    writer.writerows([_cell(value) for value in row] for row in chart.rows)
    return out.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return "" if value is None else value


def _drawn(chart: Chart) -> dict[str, bytes]:
    """The chart as SVG and PDF."""
    import warnings

    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    settings: Any = {"svg.hashsalt": "presstm", "svg.fonttype": "path", "pdf.fonttype": 42}
    with mpl.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # it is drawn as a box
        figure = Figure(figsize=(chart.width / 100, chart.height / 100))
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, chart.width)
        axes.set_ylim(chart.height, 0)
        for shape in chart.shapes:
            _add(axes, shape)
        title = _plain(chart.title)
        return {
            "svg": _saved(figure, "svg", {"Title": title, "Date": None}),
            "pdf": _saved(figure, "pdf", {"Title": title, "CreationDate": None}),
        }


def _saved(figure: Any, kind: str, metadata: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    figure.savefig(out, format=kind, metadata=metadata)
    return out.getvalue()


def _add(axes: Any, shape: Shape) -> None:
    """Add a shape as an artist: `add_patch` and `plot` would look for limits of the axes, which are set, each time."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Ellipse, Rectangle

    style = _style(shape.style)
    if shape.tag == "rect":
        x, y, width, height = shape.at
        axes.add_artist(Rectangle((x, y), width, height, **style))
    elif shape.tag == "circle":
        x, y, radius = shape.at
        axes.add_artist(Ellipse((x, y), 2 * radius, 2 * radius, **{"zorder": 3, **style}))
    elif shape.tag == "line":
        x1, y1, x2, y2 = shape.at
        axes.add_artist(Line2D([x1, x2], [y1, y2], **{"zorder": 1.5, "solid_capstyle": "round", **style}))
    else:
        x, y = shape.at
        where = {"start": "left", "middle": "center", "end": "right"}[shape.anchor]
        size = 7 if shape.style in ("tick", "node-label") else 8
        font = fonts.dejavu(size)
        axes.text(x, y, _plain(shape.text), ha=where, va="baseline", font=font, parse_math=False, zorder=4, **style)


def _style(name: str) -> dict[str, Any]:
    if name.startswith("heat-"):
        return {"facecolor": _GREYS[int(name[5:])], "edgecolor": "none"}
    if name.startswith("node-") and name[5:].isdigit():
        return {"facecolor": _NODES[int(name[5:]) % len(_NODES)], "edgecolor": "black", "linewidth": 0.5}
    return _STYLES[name]


def _plain(text: str) -> str:
    """`text` without what no page of print can hold: control characters, lone surrogates, planes beyond the first."""
    return "".join(
        c if (c.isprintable() and c <= "\uffff" and not "\ud800" <= c <= "\udfff") or c in "\u00a0\u202f" else "\ufffd"
        for c in text
    )
