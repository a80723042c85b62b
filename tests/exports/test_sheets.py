import io
import sqlite3

import openpyxl
import pyarrow as pa
import pytest

from presstm import tables
from presstm.exports import Source, sheets


@pytest.fixture
def dangerous(small):
    """The same study with a title that is a formula, and a text longer than a cell."""
    rows = small["articles"].to_pylist()
    rows[0]["title"] = "=1+1"
    rows[1]["text"] = "Long. " * 8000
    return Source({**small, "articles": tables.from_rows("articles", rows)})


def test_csv_has_a_row_per_row_and_no_live_formula(dangerous, small):
    made = sheets.csv(dangerous)
    assert set(made) == {f"{name}.csv" for name in small}
    assert b"'=1+1" in made["articles.csv"]
    table = pa.csv.read_csv(pa.BufferReader(made["mentions.csv"])) if hasattr(pa, "csv") else None
    assert table is None or len(table) == len(small["mentions"])


def test_xlsx_holds_the_tables_without_formulas_or_links(dangerous, small):
    book = openpyxl.load_workbook(io.BytesIO(sheets.xlsx(dangerous)["tables.xlsx"]))
    assert {"columns", "articles", "mentions"} <= set(book.sheetnames)
    assert book["mentions"].max_row == len(small["mentions"]) + 1
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
    assert any(cell.value == "=1+1" and cell.data_type == "s" for cell in cells)
    assert any(
        isinstance(cell.value, str) and cell.value.endswith(f"[…] ({len('Long. ' * 8000)} characters)") for cell in cells
    )


def test_sqlite_finds_words_without_accents_and_points_at_characters(source, small, tmp_path):
    path = tmp_path / "presstm.sqlite"
    path.write_bytes(sheets.sqlite(source)["presstm.sqlite"])
    texts = {row["article_id"]: row for row in small["articles"].to_pylist()}
    with sqlite3.connect(path) as database:
        rows = database.execute(
            'SELECT s.article_id, s.part, s.start, s."end", s.text FROM search JOIN sentence_texts s ON s.id = search.rowid '
            "WHERE search MATCH 'precarite'"
        ).fetchall()
        assert len(database.execute("SELECT * FROM mentions").fetchall()) == len(small["mentions"])
    assert len(rows) == 2
    for article, part, start, end, text in rows:
        assert texts[article]["title" if part == "title" else "text"][start:end] == text
        assert "précarité" in text
