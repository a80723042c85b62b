"""Spreadsheets (XLSX, ODS), OpenDocument texts and e-books (EPUB): rows, paragraphs and pages out of the XML in their zip."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from presstm.formats import Reject, markup
from presstm.pages.decode import one_line

Member = Callable[[str], bytes | Reject]  # reads a file of the archive
Rows = list[list[str]]

_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_MAX_COLUMNS = 1_000
_NOT_READ = ("tracked-changes", "annotation", "note", "sequence-decls")


class Broken(ValueError):
    """A part of the file that cannot be read; the message says why."""


def sheets(names: list[str], member: Member) -> Iterator[Rows]:
    """The rows of each sheet of an XLSX file, cells as text; a cell merged over rows stands in each.

    Raises:
        Broken: a part cannot be read.
    """
    shared = []
    if "xl/sharedStrings.xml" in names:
        shared = [_string(one) for one in _root(member("xl/sharedStrings.xml")) if markup.name(one) == "si"]
    numbered = sorted((int(match[1]), name) for name in names if (match := _SHEET.fullmatch(name)))
    for _, name in numbered:
        yield _rows(_root(member(name)), shared)


def _root(data: bytes | Reject) -> Any:
    if isinstance(data, Reject):
        raise Broken(data.detail)
    root = markup.xml_tree(data)
    if root is None:
        raise Broken("a part of it is no XML")
    return root


def _named(element: Any, *names: str) -> Iterator[Any]:
    return (one for one in element.iter() if markup.name(one) in names)


def _string(element: Any) -> str:
    """The text of a shared or inline string; glosses are left out."""
    return "".join(one.text or "" for one in _named(element, "t") if markup.name(one.getparent()) != "rph")


def _rows(root: Any, shared: list[str]) -> Rows:
    cells: dict[tuple[int, int], str] = {}
    row = column = 0
    for element in _named(root, "row", "c"):
        if markup.name(element) == "row":
            row, column = _number(element.get("r"), row + 1), 0
            continue
        column += 1
        if match := _CELL.fullmatch(element.get("r") or ""):
            column = _column(match[1])
        if (value := _value(element, shared)) and column <= _MAX_COLUMNS:
            cells[row, column] = value
    for merged in _named(root, "mergecell"):
        _fill(cells, merged.get("ref") or "")
    width = max((column for _, column in cells), default=0)
    return [[cells.get((row, column), "") for column in range(1, width + 1)] for row in sorted({row for row, _ in cells})]


def _number(written: str | None, otherwise: int) -> int:
    return int(written) if written and written.isdigit() and len(written) < 8 else otherwise


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def _value(cell: Any, shared: list[str]) -> str:
    kind = cell.get("t")
    if kind == "inlineStr":
        return _string(cell)
    value = next((one.text or "" for one in _named(cell, "v")), "")
    if kind == "s":
        return shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
    return "" if kind == "e" else value


def _fill(cells: dict[tuple[int, int], str], area: str) -> None:
    """Give the value of a merged area to the rows with other cells that it covers; over columns it is a heading, and stays one cell."""
    corners = [_CELL.fullmatch(corner) for corner in area.split(":")]
    if len(corners) != 2 or corners[0] is None or corners[1] is None or corners[0][1] != corners[1][1]:
        return
    column, first, last = _column(corners[0][1]), int(corners[0][2]), int(corners[1][2])
    if (value := cells.get((first, column))) is not None:
        for row in {row for row, _ in cells if first < row <= last}:
            cells.setdefault((row, column), value)


def open_sheets(content: bytes | Reject) -> Iterator[Rows]:
    """The rows of each sheet of an ODS file, dates as YYYY-MM-DD.

    Raises:
        Broken: it cannot be read.
    """
    for sheet in _named(_root(content), "table"):
        rows: Rows = []
        for row in _named(sheet, "table-row"):
            cells: list[str] = []
            for cell in row:
                if markup.name(cell) in ("table-cell", "covered-table-cell"):
                    value = _attribute(cell, "date-value")[:10] or "\n".join(_lines(cell))
                    cells += [value] * min(_number(_attribute(cell, "number-columns-repeated"), 1), _MAX_COLUMNS)
            if any(cells):
                rows.append(cells[:_MAX_COLUMNS])
        yield rows


def _attribute(element: Any, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def is_sheet(content: bytes | Reject) -> bool:
    """Whether the content of an OpenDocument file is a spreadsheet.

    Raises:
        Broken: it cannot be read.
    """
    return any(True for _ in _named(_root(content), "spreadsheet"))


def paragraphs(content: bytes | Reject) -> list[str]:
    """Headings and paragraphs of an OpenDocument text in reading order, without notes, comments and what was deleted.

    Raises:
        Broken: it cannot be read.
    """
    return [line for line in _lines(_root(content)) if line]


def _lines(root: Any) -> list[str]:
    found = []
    for element in _named(root, "h", "p"):
        if not any(markup.name(above) in (*_NOT_READ, "p", "h") for above in element.iterancestors()):
            found.append(one_line("".join(_pieces(element))))
    return found


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = markup.name(child)
        if name in ("s", "tab", "line-break"):
            yield " "
        elif name not in _NOT_READ:
            yield from _pieces(child)
        yield child.tail or ""


def chapters(member: Member) -> tuple[dict[str, str], list[str]]:
    """What an e-book says of itself (`publisher`, `date`, `language`, …), and the names of its pages in reading order.

    Raises:
        Broken: it cannot be read.
    """
    container = _root(member("META-INF/container.xml"))
    path = next((one.get("full-path") for one in _named(container, "rootfile") if one.get("full-path")), None)
    if path is None:
        raise Broken("an e-book without a list of its pages")
    package = _root(member(path))
    about: dict[str, str] = {}
    for metadata in _named(package, "metadata"):
        for one in metadata:
            about.setdefault(markup.name(one), one_line(one.text or ""))
    items: Mapping[str, Any] = {one.get("id"): one for one in _named(package, "item")}
    shown = [items[one.get("idref")] for one in _named(package, "itemref") if one.get("idref") in items]
    pages = [one.get("href") for one in shown if "html" in (one.get("media-type") or "") and one.get("properties") != "nav"]
    folder = posixpath.dirname(path)
    return about, [posixpath.normpath(posixpath.join(folder, unquote(page))) for page in pages if page]
