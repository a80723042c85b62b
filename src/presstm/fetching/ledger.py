"""The ledger of fetched pages: a CSV file with one row per address, right at every moment.

While a run goes on, a row is appended for each address that ends; a row cut by a crash is dropped when the ledger is read.
At the start and the end of a run the ledger is written anew: the last row of each address, sorted.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from presstm import files
from presstm.errors import InputError, OutputError


@dataclass(frozen=True)
class Row:
    """How one address ended. Without a reason it was fetched."""

    url: str
    final_url: str = ""
    status: str = ""
    date: str = ""
    content_type: str = ""
    sha256: str = ""
    bytes: int = 0
    file: str = ""
    warc: str = ""
    reason: str = ""
    detail: str = ""


_BREAKS = re.compile("[\r\n\0\ud800-\udfff]")
COLUMNS = tuple(column.name for column in fields(Row))


def read(path: Path) -> dict[str, Row]:
    """Address -> its last row; empty if there is no ledger yet.

    Raises:
        InputError: the file is something else than a ledger.
    """
    if not path.exists():
        return {}
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise InputError(f"{path} is no ledger of presstm fetch: name another with --ledger") from None
    lines = text.split("\n")[:-1]
    if text and (not lines or lines[0] != ",".join(COLUMNS)):
        raise InputError(f"{path} is no ledger of presstm fetch: name another with --ledger")
    rows = {}
    for line in lines[1:]:
        values = _values(line)
        if len(values) == len(COLUMNS) and values[6].isdigit():
            rows[values[0]] = Row(**{**dict(zip(COLUMNS, values, strict=True)), "bytes": int(values[6])})  # type: ignore[arg-type]
    return rows


def _values(line: str) -> list[str]:
    try:
        return next(csv.reader([line]), [])
    except csv.Error:
        return []


def append(path: Path, row: Row) -> None:
    """Add a row; the header comes with the first."""
    lines = _lines([row])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as handle:
            handle.write((lines if handle.tell() else _lines([row], header=True)).encode("utf-8"))
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error


def rewrite(path: Path, rows: Iterable[Row]) -> None:
    """Replace the ledger by these rows, sorted by address, in one step."""
    files.write_text(path, _lines(sorted(rows, key=lambda row: row.url), header=True))


def _lines(rows: Iterable[Row], *, header: bool = False) -> str:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    if header:
        writer.writerow(COLUMNS)
    # One row is one line, so that a cut row can be told.
    writer.writerows([_BREAKS.sub(" ", str(value)) for value in asdict(row).values()] for row in rows)
    return made.getvalue()
