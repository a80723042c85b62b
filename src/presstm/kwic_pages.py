"""A concordance as lines for the terminal, as CSV and as an HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from presstm.exports import csv_bytes
from presstm.kwic import COLUMNS, Line, one_line

_STYLE = (
    "body{font:15px/1.5 Georgia,serif;margin:2rem;color:#1c1c1c;background:#fff}table{border-collapse:collapse}"
    "th,td{padding:.15rem .5rem;text-align:left;vertical-align:top}tr:nth-child(even){background:#f5f5f5}"
    "td.left{text-align:right}mark{background:none;color:#8a1c1c;font-weight:bold}td.where{font:12px sans-serif;color:#444}"
)


def as_text(lines: Sequence[Line], width: int) -> str:
    """Lines with the matches under each other, then date, outlet, and source, part and offsets."""
    longest = min(max((len(line.match) for line in lines), default=0), 60)
    rows = []
    for line in lines:
        context = f"{line.left[-width:] if width else '':>{width}}  {line.match:<{longest}}  {line.right[:width]:<{width}}"
        rows.append(f"{context}  {line.published or ''!s:10}  {line.outlet or ''}  {_place(line)}")
    return "\n".join(rows)


def as_csv(lines: Sequence[Line]) -> bytes:
    """CSV (UTF-8) with a header; a cell that a spreadsheet would run as a formula gets an apostrophe in front."""
    return csv_bytes(
        COLUMNS,
        (
            [str(value) if name == "published" and value else value for name, value in line._asdict().items()]
            for line in lines
        ),
    )


def table_text(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as aligned columns under their names: words to the left, numbers to the right, shares and densities with few digits."""
    cells = [[name.removeprefix("n_") for name in columns], *([_cell(name, row[name]) for name in columns] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    words = [any(isinstance(row[name], str) for row in rows) for name in columns]
    return "\n".join(
        "  ".join(
            f"{cell:<{width}}" if left else f"{cell:>{width}}" for cell, width, left in zip(line, widths, words, strict=True)
        ).rstrip()
        for line in cells
    )


def _cell(name: str, value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.2g}" if name == "q" else f"{value:.3f}" if 0 <= value <= 1 else f"{value:.2f}"
    return "" if value is None else one_line(str(value))


def table_csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The same as CSV, numbers to six digits."""
    return csv_bytes(
        columns,
        ([round(row[name], 6) if isinstance(row[name], float) else row[name] for name in columns] for row in rows),
    )


def as_html(lines: Sequence[Line], pattern: str, pages: Mapping[str, str] | None = None) -> str:
    """A page with one row per line; every text is escaped, and nothing is loaded from elsewhere.

    Args:
        lines: of the concordance.
        pattern: for the heading.
        pages: article_id -> address of its page in the report, where there is one; its lines link to their sentences there.
    """
    pages = pages or {}
    rows = "\n".join(
        f'<tr><td class="left">{escape(line.left)}</td><td><mark>{escape(line.match)}</mark></td><td>{escape(line.right)}</td>'
        f"<td>{line.published or ''}</td><td>{escape(line.outlet or '')}</td>"
        f'<td class="where">{_linked(line, pages.get(line.article_id))}</td></tr>'
        for line in lines
    )
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!DOCTYPE html>\n<html lang="fr">\n<head><meta charset="utf-8"><title>{escape(pattern)} – concordance</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<style>{_STYLE}</style></head>\n<body>\n'
        f"<main><h1>Concordance : {escape(pattern)}</h1>\n<p>{len(lines)} lignes</p>\n<table>\n<thead><tr><th>gauche</th><th>mot</th>"
        f"<th>droite</th><th>date</th><th>titre de presse</th><th>lieu</th></tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table></main>\n"
        "</body>\n</html>\n"
    )


def _linked(line: Line, address: str | None) -> str:
    place = escape(_place(line))
    return f'<a href="{escape(address)}#s{line.sentence_id}">{place}</a>' if address else place


def _place(line: Line) -> str:
    """Article, source, part and offsets, to find the line again in the tables."""
    return f"{line.article_id} {line.source} {line.part}:{line.start}-{line.end}"
