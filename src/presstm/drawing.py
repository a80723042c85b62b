"""Drawings of lines, boxes, dots and words, written as SVG and as PDF. Equal drawings give equal bytes.

Coordinates run from the upper left corner, y down. The SVG holds its words as text; the PDF embeds the letters of DejaVu Sans that it
needs, from the file that comes with matplotlib (a machine's own may be another version), and draws a box for a letter it lacks.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from presstm.running import batches, kept


@dataclass(frozen=True)
class Line:
    """A line through points; `dash` tells lengths drawn and left out in turn."""

    points: Sequence[tuple[float, float]]
    width: float
    colour: str
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Box:
    """A filled rectangle, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True)
class Dot:
    """A filled circle with an edge, where that has a width."""

    x: float
    y: float
    radius: float
    fill: str
    edge: str = "#000000"
    edge_width: float = 0.0


@dataclass(frozen=True)
class Word:
    """A text whose baseline starts (or is centred, or ends) at x, y: `anchor` is start, middle or end."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    bold: bool = False
    anchor: str = "start"
    upright: bool = False  # read from below to above


Mark = Line | Box | Dot | Word


@dataclass
class Drawing:
    """Marks in the order in which they are drawn; `unit` is the length of a coordinate in points (1/72 inch)."""

    width: float
    height: float
    marks: list[Mark] = field(default_factory=list)
    title: str = ""
    unit: float = 1.0


def files(drawing: Drawing, folder: Path | None = None) -> dict[str, bytes]:
    """The drawing, by kind of file; `folder` is the content cache."""
    depends = [batches.code(sys.modules[__name__]), *_versions(), repr(drawing)]
    return kept.files(folder, depends, lambda: {"svg": svg(drawing), "pdf": pdf(drawing)})


@cache
def _versions() -> tuple[str, ...]:
    return tuple(metadata.version(name) for name in ("reportlab", "matplotlib"))


def svg(drawing: Drawing) -> bytes:
    """The drawing as SVG."""
    width, height = _number(drawing.width), _number(drawing.height)
    size = f'width="{_number(drawing.width * drawing.unit)}pt" height="{_number(drawing.height * drawing.unit)}pt"'
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {width} {height}" '
        'font-family="\'DejaVu Sans\', Verdana, Helvetica, Arial, sans-serif" xml:space="preserve">',
        *([f"<title>{escape(_printable(drawing.title))}</title>"] if drawing.title else []),
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        *map(_svg_mark, drawing.marks),
        "</svg>",
        "",
    ]
    return "\n".join(lines).encode()


def _svg_mark(mark: Mark) -> str:
    if isinstance(mark, Line):
        path = "L".join(f"{_number(x)} {_number(y)}" for x, y in mark.points)
        dash = f' stroke-dasharray="{" ".join(map(_number, mark.dash))}"' if mark.dash else ""
        style = f'fill="none" stroke="{mark.colour}" stroke-width="{_number(mark.width)}" stroke-linecap="round"{dash}'
        return f'<path d="M{path}" {style}/>'
    x, y = _number(mark.x), _number(mark.y)
    if isinstance(mark, Box):
        size = f'width="{_number(mark.width)}" height="{_number(mark.height)}"'
        return f'<rect x="{x}" y="{y}" {size} fill="{mark.fill}"/>'
    if isinstance(mark, Dot):
        edge = f' stroke="{mark.edge}" stroke-width="{_number(mark.edge_width)}"' if mark.edge_width else ""
        return f'<circle cx="{x}" cy="{y}" r="{_number(mark.radius)}" fill="{mark.fill}"{edge}/>'
    style = f' text-anchor="{mark.anchor}"' if mark.anchor != "start" else ""
    style += ' font-weight="bold"' if mark.bold else ""
    style += f' transform="rotate(-90 {x} {y})"' if mark.upright else ""
    text = escape(_printable(mark.text))
    return f'<text x="{x}" y="{y}" font-size="{_number(mark.size)}" fill="{mark.colour}"{style}>{text}</text>'


def pdf(drawing: Drawing) -> bytes:
    """The drawing as PDF, of one page."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    size = (drawing.width * drawing.unit, drawing.height * drawing.unit)
    canvas = Canvas(out, pagesize=size, invariant=1, pageCompression=1)
    canvas.setTitle(_printable(drawing.title))
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.scale(drawing.unit, drawing.unit)
    canvas.translate(0, drawing.height)
    for mark in drawing.marks:
        _pdf_mark(canvas, mark)
    canvas.save()
    return out.getvalue()


def _pdf_mark(canvas: Any, mark: Mark) -> None:
    if isinstance(mark, Line):
        path = canvas.beginPath()
        for number, (x, y) in enumerate(mark.points):
            (path.lineTo if number else path.moveTo)(x, -y)
        canvas.setStrokeColor(_colour(mark.colour))
        canvas.setLineWidth(mark.width)
        canvas.setDash(list(mark.dash))
        canvas.drawPath(path)
    elif isinstance(mark, Box):
        canvas.setFillColor(_colour(mark.fill))
        canvas.rect(mark.x, -mark.y - mark.height, mark.width, mark.height, stroke=0, fill=1)
    elif isinstance(mark, Dot):
        canvas.setFillColor(_colour(mark.fill))
        canvas.setStrokeColor(_colour(mark.edge))
        canvas.setLineWidth(mark.edge_width)
        canvas.setDash([])
        canvas.circle(mark.x, -mark.y, mark.radius, stroke=int(mark.edge_width > 0), fill=1)
    else:
        canvas.saveState()
        canvas.setFillColor(_colour(mark.colour))
        canvas.setFont(_font(bold=mark.bold), mark.size)
        canvas.translate(mark.x, -mark.y)
        canvas.rotate(90 if mark.upright else 0)
        show = {"start": canvas.drawString, "middle": canvas.drawCentredString, "end": canvas.drawRightString}[mark.anchor]
        show(0, 0, _printable(mark.text))
        canvas.restoreState()


@cache
def _colour(name: str) -> Any:
    from reportlab.lib.colors import HexColor

    return HexColor(name)


@cache
def _font(*, bold: bool) -> str:
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    name = "DejaVuSans-Bold" if bold else "DejaVuSans"
    registerFont(TTFont(name, metadata.distribution("matplotlib").locate_file(f"matplotlib/mpl-data/fonts/ttf/{name}.ttf")))
    return name


def _printable(text: str) -> str:
    """`text` without what no page of print can hold: control characters, lone surrogates."""
    return "".join(
        c if (c.isprintable() and not "\ud800" <= c <= "\udfff") or c in "\u00a0\u202f" else "\ufffd" for c in text
    )


def _number(value: float) -> str:
    return f"{round(value, 3) + 0.0:.3f}".rstrip("0").rstrip(".")
