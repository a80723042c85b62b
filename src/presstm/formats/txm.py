"""A zip of what TXM imports as TXT+CSV: a text file per article and `metadata.csv`, whose first column names them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from presstm.formats import Item, Reject, table, text
from presstm.pages import decode

_METADATA = "metadata.csv"


def is_corpus(names: Iterable[str]) -> bool:
    """Whether the files of an archive are texts and one table of metadata, in one folder."""
    paths = [PurePosixPath(name) for name in names if not name.endswith("/")]
    tables = [path for path in paths if path.name == _METADATA]
    return (
        len(tables) == 1
        and len(paths) > 1
        and all(path.parent == tables[0].parent and (path.suffix == ".txt" or path == tables[0]) for path in paths)
    )


def read(files: Iterable[tuple[str, bytes | Reject]], columns: Mapping[str, str]) -> list[Item | Reject]:
    """Items and rejects, one for each text or row: a row without its text and a text without its row are said to be so."""
    rows: dict[str, dict[str, str]] = {}
    texts: dict[str, str] = {}
    results: list[Item | Reject] = []
    for name, data in files:
        path = PurePosixPath(name)
        if isinstance(data, Reject):
            results.append(data)
        elif path.name == _METADATA:
            rows = _rows(decode.clean(decode.decode(data)[0]))
        else:
            texts[path.stem] = decode.clean(decode.decode(data)[0])
    found = [{**rows.get(key, {"id": key}), "text": _body(content, rows.get(key, {}))} for key, content in texts.items()]
    results += table.items(found, columns, "txm")
    return results + [
        Reject("no_text", f"{_METADATA} names {key[:100]}, which has no text") for key in rows if key not in texts
    ]


def _rows(content: str) -> dict[str, dict[str, str]]:
    """Rows of the metadata by the cell of their first column."""
    first, *_ = content.lstrip("\n").split("\n", 1)
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(2**31 - 1)
    try:
        reader = csv.DictReader(io.StringIO(content.lstrip("\n"), newline=""), delimiter=delimiter, restkey="")
        return {
            str(next(iter(row.values()), "")): {key.strip(): value or "" for key, value in row.items() if key}
            for row in reader
        }
    except csv.Error:
        return {}


def _body(content: str, row: Mapping[str, str]) -> str:
    """The text without the title before it, where the metadata give the title."""
    return "\n".join(text.without_title(text.paragraphs(content), row))
