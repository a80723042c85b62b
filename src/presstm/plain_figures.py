"""Figures of lines, dots and words, written as SVG and as PDF. Equal figures give equal bytes.

Lengths are points (1/72 inch) from the upper left corner. The SVG names sans-serif fonts and holds its words as text. The PDF uses
the standard fonts that every reader has; a letter they lack stands there as the letter it is made from, or as `?`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

KINDS = ("svg", "pdf")
_FONTS = {"F0": "Helvetica", "F1": "Helvetica-Bold", "F2": "Symbol"}
_GREEK = {"χ": "c"}  # letters of Symbol, by their code there
_WIDTHS = {" ": 0.278, "²": 0.333, "χ": 0.549}  # of Helvetica and Symbol, in em; a digit is as wide as most letters
_WIDTH = 0.556


@dataclass(frozen=True)
class Line:
    """A line through points, or a dot, the round line of a single one."""

    points: Sequence[tuple[float, float]]
    width: float
    colour: str


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


@dataclass
class Figure:
    """What is drawn, in this order."""

    width: float
    height: float
    marks: list[Line | Word] = field(default_factory=list)

    def line(self, points: Sequence[tuple[float, float]], width: float, colour: str) -> None:
        """Add a line, or a dot."""
        self.marks.append(Line(points, width, colour))

    def word(self, x: float, y: float, text: str, size: float, colour: str, **style: object) -> None:
        """Add a text; what cannot be printed is drawn as U+FFFD."""
        plain = "".join(c if c.isprintable() and not "\ud800" <= c <= "\udfff" else "\ufffd" for c in text)
        self.marks.append(Word(x, y, plain, size, colour, **style))  # type: ignore[arg-type]


def written(figure: Figure) -> dict[str, bytes]:
    """The figure, by kind of file."""
    return {"svg": svg(figure), "pdf": pdf(figure)}


def svg(figure: Figure) -> bytes:
    """The figure as SVG."""
    size = f"{_number(figure.width)} {_number(figure.height)}"
    width, height = size.split()
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" viewBox="0 0 {size}" '
        'font-family="Helvetica, Arial, sans-serif" xml:space="preserve">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        *(_svg_line(mark) if isinstance(mark, Line) else _svg_word(mark) for mark in figure.marks),
        "</svg>",
    ]
    return "\n".join([*lines, ""]).encode()


def _svg_line(line: Line) -> str:
    points = [f"{_number(x)} {_number(y)}" for x, y in line.points]
    if len(points) == 1:
        x, y = points[0].split()
        return f'<circle cx="{x}" cy="{y}" r="{_number(line.width / 2)}" fill="{line.colour}"/>'
    return f'<path d="M{"L".join(points)}" fill="none" stroke="{line.colour}" stroke-width="{_number(line.width)}"/>'


def _svg_word(word: Word) -> str:
    x, y = _number(word.x), _number(word.y)
    style = f' text-anchor="{word.anchor}"' if word.anchor != "start" else ""
    style += ' font-weight="bold"' if word.bold else ""
    style += f' transform="rotate(-90 {x} {y})"' if word.upright else ""
    return f'<text x="{x}" y="{y}" font-size="{_number(word.size)}" fill="{word.colour}"{style}>{escape(word.text)}</text>'


def pdf(figure: Figure) -> bytes:
    """The figure as PDF, of one page."""
    drawn = [
        _pdf_line(mark, figure.height) if isinstance(mark, Line) else _pdf_word(mark, figure.height) for mark in figure.marks
    ]
    content = "\n".join(["1 J 1 j", *drawn]).encode("cp1252")
    fonts = " ".join(f"/{name} {number} 0 R" for number, name in enumerate(_FONTS, start=5))
    box = f"[0 0 {_number(figure.width)} {_number(figure.height)}]"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents 4 0 R /Resources << /Font << {fonts} >> >> >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        *(_pdf_font(font) for font in _FONTS.values()),
    ]
    made, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        made
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
        ).encode()
    )


def _pdf_font(name: str) -> bytes:
    encoding = "" if name == "Symbol" else " /Encoding /WinAnsiEncoding"
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name}{encoding} >>".encode()


def _pdf_line(line: Line, height: float) -> str:
    points = [f"{_number(x)} {_number(height - y)}" for x, y in line.points]
    path = " ".join([f"{points[0]} m", *(f"{point} l" for point in points[1:] or points)])
    return f"{_pdf_colour(line.colour)} RG {_number(line.width)} w {path} S"


def _pdf_word(word: Word, height: float) -> str:
    before = {"start": 0.0, "middle": 0.5, "end": 1.0}[word.anchor] * word.size * _wide(word.text)
    x, y = word.x - (0 if word.upright else before), height - word.y - (before if word.upright else 0)
    turned = "0 1 -1 0" if word.upright else "1 0 0 1"
    return f"{_pdf_colour(word.colour)} rg BT {turned} {_number(x)} {_number(y)} Tm {_pdf_text(word)} ET"


def _pdf_text(word: Word) -> str:
    """Operators that show the text, with the font changed for Greek letters."""
    own = "F1" if word.bold else "F0"
    runs: list[tuple[str, str]] = []
    for letter in word.text:
        font, shown = ("F2", _GREEK[letter]) if letter in _GREEK else (own, _latin(letter))
        if runs and runs[-1][0] == font:
            runs[-1] = font, runs[-1][1] + shown
        else:
            runs.append((font, shown))
    size = _number(word.size)
    escaped = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)"})
    return " ".join(f"/{font} {size} Tf ({shown.translate(escaped)}) Tj" for font, shown in runs)


def _latin(letter: str) -> str:
    for shown in (letter, unicodedata.normalize("NFKD", letter)[0]):
        try:
            shown.encode("cp1252")
        except UnicodeEncodeError:
            continue
        return shown
    return "?"


def _wide(text: str) -> float:
    return sum(_WIDTHS.get(letter, _WIDTH) for letter in text)


def _pdf_colour(colour: str) -> str:
    return " ".join(_number(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))


def _number(value: float) -> str:
    return f"{round(value, 3) + 0.0:.3f}".rstrip("0").rstrip(".")
