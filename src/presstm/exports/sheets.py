"""All tables as CSV files, as one XLSX workbook, and as an SQLite database with full-text search."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from typing import Any

from presstm import schemas, tables
from presstm.exports import Files, Source, as_text, csv_bytes

_CELL = 32_767  # characters that a cell of XLSX holds
_ROWS = 1_048_575


def rows_of(source: Source, name: str) -> tuple[list[str], Iterator[list[Any]]]:
    """Header and rows of a table, floats rounded, in the order of its key."""
    table = source.shown(name)
    return table.column_names, ([_rounded(value) for value in row] for row in tables.tuples(table))


def _rounded(value: Any) -> Any:
    return round(value, 6) if isinstance(value, float) else value


def csv(source: Source) -> Files:
    """One CSV per table; a text that starts like a formula gets an apostrophe in front."""
    return {f"{name}.csv": csv_bytes(*rows_of(source, name)) for name in source.names()}


def xlsx(source: Source) -> Files:
    """One workbook with a sheet per table (tokens left out) and a sheet that describes the columns; no formulas, no links."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": datetime(1980, 1, 1), "title": source.title})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    about = book.add_worksheet("columns")
    about.write_row(0, 0, ["table", "column", "meaning"], bold)
    line = 1
    for name in source.names():
        if name == "tokens":
            continue
        header, rows = rows_of(source, name)
        for column in header:
            about.write_row(line, 0, [name, column, schemas.TABLES[name].meaning(column)])
            line += 1
        sheet = book.add_worksheet(name[:31])
        sheet.write_row(0, 0, header, bold)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            if number > _ROWS:
                about.write_row(line, 0, [name, "", f"cut after {_ROWS} rows: use CSV or SQLite for all of them"])
                line += 1
                break
            for place, value in enumerate(row):
                _write(sheet, number, place, value, day)
    book.close()
    return {"tables.xlsx": out.getvalue()}


def _write(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), day)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value is not None:
        text = as_text(value)
        cut = f" […] ({len(text)} characters)"
        sheet.write_string(row, column, text if len(text) <= _CELL else text[: _CELL - len(cut)] + cut)


def sqlite(source: Source) -> Files:
    """A database of all tables; with texts, `sentence_texts` and its full-text index `search` (accents ignored)."""
    with closing(sqlite3.connect(":memory:")) as connection:
        fill(connection, source, source.names())
        return {"presstm.sqlite": connection.serialize()}


def fill(connection: sqlite3.Connection, source: Source, names: Sequence[str]) -> None:
    """Write the named tables into a database, with the full-text index where articles and sentences are among them."""
    for name in names:
        header, rows = rows_of(source, name)
        columns, key = (", ".join(f'"{column}"' for column in fields) for fields in (header, schemas.TABLES[name].key))
        connection.execute(f"CREATE TABLE {name} ({columns}, PRIMARY KEY ({key}))")
        marks = ", ".join("?" * len(header))
        connection.executemany(f"INSERT INTO {name} VALUES ({marks})", ([_stored(v) for v in row] for row in rows))
        if "article_id" in header:
            connection.execute(f"CREATE INDEX {name}_article ON {name} (article_id)")
    if source.text and {"articles", "sentences"} <= set(names):
        _index(connection)
    connection.commit()


def _stored(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _index(connection: sqlite3.Connection) -> None:
    connection.executescript("""
        CREATE TABLE sentence_texts (id INTEGER PRIMARY KEY, article_id, sentence_id, part, start, "end", text);
        INSERT INTO sentence_texts (article_id, sentence_id, part, start, "end", text)
            SELECT s.article_id, s.sentence_id, s.part, s.start, s."end",
                substr(CASE s.part WHEN 'title' THEN a.title ELSE a.text END, s.start + 1, s."end" - s.start)
            FROM sentences s JOIN articles a USING (article_id) ORDER BY s.article_id, s.sentence_id;
        CREATE VIRTUAL TABLE search USING fts5(text, content=sentence_texts, content_rowid=id,
            tokenize="unicode61 remove_diacritics 2");
        INSERT INTO search (rowid, text) SELECT id, text FROM sentence_texts;
    """)
