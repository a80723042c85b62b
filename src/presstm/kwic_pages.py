"""A concordance as lines for the terminal, as CSV and as an HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from presstm.cooccurrents import COLUMNS as COOCCURRENTS
from presstm.exports import csv_bytes
from presstm.kwic import COLUMNS, Line

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


def cooccurrents_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """A line for every form: occurrences beside the matches and in all, articles, specificity, q."""
    width = max(len("form"), *(len(row["form"]) for row in rows))
    lines = [f"{'form':<{width}}  {'count':>7}  {'total':>7}  {'articles':>8}  {'specificity':>11}  {'q':>8}"]
    for row in rows:
        counts = f"{row['count']:>7}  {row['total']:>7}  {row['n_articles']:>8}"
        lines.append(f"{row['form']:<{width}}  {counts}  {row['specificity']:>11.2f}  {row['q']:>8.2g}")
    return "\n".join(lines)


def cooccurrents_csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The same as CSV, with all columns."""
    return csv_bytes(COOCCURRENTS, ([row[name] for name in COOCCURRENTS] for row in rows))


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
