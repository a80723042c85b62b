"""CSV as spreadsheets save it: any of their encodings and separators, and cells that they would take for formulas."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Sequence
from pathlib import Path

from presstm.errors import InputError
from presstm.pages import decode

YES = frozenset(("1", "x", "oui", "o", "yes", "y", "true", "vrai"))
NO = frozenset(("", "0", "non", "n", "no", "false", "faux"))
_SEPARATOR = re.compile(r"sep=([,;\t])\r?\n")  # a line for Excel
_NAMES = {",": "a comma", ";": "a semicolon", "\t": "a tab"}
_ERRORS = {"unexpected end of data": "a quotation mark opens a cell here, and none closes it"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def read_rows(path: Path, columns: Sequence[str], *, exact: bool = False) -> list[tuple[int, dict[str, str]]]:
    """(line number, row) of a CSV file with at least these columns; cells without the white space around them.

    Raises:
        InputError: the file cannot be read, or as of `rows`.
    """
    found = rows(decoded(read_bytes(path)), str(path), columns, exact=exact)
    return [(line, {name: cell.strip() for name, cell in row.items()}) for line, row in found]


def rows(text: str, where: str, columns: Sequence[str] = (), *, exact: bool = False) -> list[tuple[int, dict[str, str]]]:
    """Rows of a CSV text (comma, semicolon or tab, names of columns in any case) with the line on which each ends.

    Raises:
        InputError: it is no CSV, lacks one of the columns, or (where `exact`) has a row with more cells than there are columns.
    """
    stated = _SEPARATOR.match(text)
    delimiter = stated[1] if stated else max(",;\t", key=text.split("\n", 1)[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found = []
    before = 0  # lines of the rows read
    try:
        if stated:
            next(reader)
        names = [name.strip().casefold() for name in next(reader, [])]
        if missing := [name for name in columns if name not in names]:
            there = f" (its first line has {', '.join(filter(None, names))[:100]})" if any(names) else ""
            raise InputError(f"{where}: column {', '.join(missing)} is missing{there}")
        before = reader.line_num
        for row in reader:
            if exact and any(map(str.strip, row[len(names) :])):
                problem = f"{len(row)} cells for {len(names)} columns: put a cell that holds {_NAMES[delimiter]} in quotes"
                raise InputError(f"{where}, line {reader.line_num}: {problem}")
            if any(map(str.strip, row)):
                found.append((reader.line_num, dict(zip(names, itertools.chain(row, itertools.repeat("")), strict=False))))
            before = reader.line_num
    except csv.Error as error:
        raise InputError(f"{where}, line {before + 1}: {_ERRORS.get(str(error), error)}") from None
    return found


def decoded(data: bytes) -> str:
    """Text of a file as spreadsheets save it: UTF-8 or UTF-16, with or without BOM, or else Windows-1252."""
    return decode.decode(data)[0]


def read_bytes(path: Path) -> bytes:
    """Raises InputError where the file cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None


def number(cell: str) -> float:
    """The number in a cell, with a decimal point or, as French spreadsheets write it, a comma; ValueError if there is none."""
    return float(cell.replace(",", "."))


def quoted(cell: str) -> str:
    """The cell with an apostrophe before it if a spreadsheet would compute it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def unquoted(cell: str) -> str:
    """The cell without the apostrophe of `quoted`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
