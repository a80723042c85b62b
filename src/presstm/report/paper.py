"""Charts for papers: SVG, PDF and CSV, equal bytes for equal data, readable when printed in grey."""

from __future__ import annotations

from pathlib import Path

from presstm import drawing
from presstm.drawing import Box, Dot, Drawing, Line, Mark, Word
from presstm.exports import csv_bytes
from presstm.report.charts import Chart, Shape

_UNIT = 0.72  # points of a pixel of the page
_ORDER = ("rect", "line", "circle", "text")  # what lies above what
_GREYS = (247, 230, 213, 196, 179, 162, 145, 105, 85, 60)  # letters are dark on the first seven
_FILLS = {"bar": "#4a6785"} | {f"heat-{step}": "#" + 3 * f"{grey:02x}" for step, grey in enumerate(_GREYS)}
_DOTS = {
    "mark": ("#4a6785", "#ffffff", 0.8),
    "word-dot": ("#777777", "#777777", 0.0),
    "dot-0": ("#1b2a3a", "#1b2a3a", 1.4),
    "dot-1": ("#ffffff", "#1b2a3a", 2.0),
}
_LINES: dict[str, tuple[float, str, tuple[float, ...]]] = {
    "axis": (0.8, "#999999", ()),
    "grid": (0.8, "#dddddd", ()),
    "whisker": (2.0, "#1b2a3a", ()),
    "branch": (1.4, "#1b2a3a", ()),
    "edge": (1.2, "#777777", ()),
    "edge-weak": (1.0, "#aaaaaa", (2, 3)),
}
_WORDS = {
    "on-dark": (11, "#ffffff"),
    "on-light": (11, "#000000"),
    "tick": (9.7, "#555555"),
    "label": (11, "#000000"),
    "value": (11, "#333333"),
    "node-label": (9.7, "#000000"),
    "group-label": (11, "#000000"),
    "word-label": (9.7, "#555555"),
}
_NODES = ("#1b2a3a", "#8a5a00", "#7aa6c2", "#d9b36a", "#55754f", "#c4c4c4", "#7a4f7a", "#b8d4b0")


def node_colour(community: int) -> str:
    """The colour of the nodes of a community, by its number; after eight they begin again."""
    return _NODES[community % len(_NODES)]


def files(chart: Chart, folder: Path | None = None) -> dict[str, bytes]:
    """Paths under figures/ -> bytes; `folder` is the content cache."""
    shapes = sorted(chart.shapes, key=lambda shape: _ORDER.index(shape.tag))
    drawn = drawing.files(Drawing(chart.width, chart.height, [_mark(shape) for shape in shapes], chart.title, _UNIT), folder)
    return {f"figures/{chart.key}.{kind}": content for kind, content in (*drawn.items(), ("csv", table(chart)))}


def _mark(shape: Shape) -> Mark:
    x, y, *size = shape.at
    style = shape.style
    if shape.tag == "rect":
        return Box(x, y, size[0], size[1], _FILLS[style])
    if shape.tag == "line":
        return Line([(x, y), (size[0], size[1])], *_LINES[style])
    if shape.tag == "circle":
        node = style.startswith("node-")
        return Dot(x, y, size[0], *((node_colour(int(style[5:])), "#000000", 0.7) if node else _DOTS[style]))
    return Word(x, y, shape.text, *_WORDS[style], bold=style == "group-label", anchor=shape.anchor)


def table(chart: Chart) -> bytes:
    """The chart's data as CSV."""
    return csv_bytes(
        chart.columns, ([round(value, 6) if isinstance(value, float) else value for value in row] for row in chart.rows)
    )
