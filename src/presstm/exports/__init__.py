"""Exports: the tables of a study in the formats of other programs. Every exporter returns files by name, bytes that are the
same each time: no date of today, sorted rows.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from presstm import schemas
from presstm.errors import InputError, SettingsError
from presstm.spreadsheets import quoted

Files = dict[str, bytes]
# Columns that hold sentences of articles: left out in text-free exports. Tokens are left out as a table.
TEXT_COLUMNS = {"articles": ("title", "standfirst", "text"), "rejects": ("detail",), "quarantine": ("detail",)}
TEXT_TABLES = ("tokens",)


@dataclass(frozen=True)
class Source:
    """What is exported: the tables that there are, the settings of the study, its metrics by stage, versions, the model's card, the names of themes."""

    tables: Mapping[str, pa.Table]
    settings: Mapping[str, Any] = field(default_factory=dict)
    metrics: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    text: bool = True
    scope: str = "paragraph"
    title: str = "presstm"
    card: str = ""
    # theme -> language -> name, in the codebook's order
    theme_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Rows of a table, without the columns that hold text where the export is text-free."""
        found: list[dict[str, Any]] = self.shown(name).to_pylist()
        return found

    def shown(self, name: str) -> pa.Table:
        """A table as it may be published.

        Raises:
            InputError: the study has no such table.
        """
        if name not in self.tables:
            raise InputError(f"table {name} is missing: run the stage that makes it, {schemas.TABLES[name].stage}")
        table = self.tables[name]
        return table if self.text else table.drop_columns(list(TEXT_COLUMNS.get(name, ())))

    def names(self) -> list[str]:
        """Names of the tables that may be published, in the order of the pipeline."""
        return [name for name in schemas.TABLES if name in self.tables and (self.text or name not in TEXT_TABLES)]

    def articles(self) -> list[dict[str, Any]]:
        """Articles with their texts.

        Raises:
            SettingsError: the export is text-free.
        """
        if not self.text:
            raise SettingsError("this format consists of texts: it cannot be exported with --text none")
        return self.rows("articles")


def as_text(value: Any) -> str:
    """A value as text: lists joined by |, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "|".join(str(one.get("rule", one)) if isinstance(one, dict) else str(one) for one in value)
    return str(value)


def safe_cell(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay."""
    text = as_text(value) if isinstance(value, list | str) or value is None else value
    return quoted(text) if isinstance(text, str) else text


def json_bytes(value: Any, indent: int | None = None) -> bytes:
    """A JSON file (UTF-8, a line feed at its end)."""
    return (json.dumps(value, ensure_ascii=False, indent=indent) + "\n").encode("utf-8", "replace")


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A CSV file (UTF-8, comma, quotes where needed, no live formulas)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8", "replace")


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """A zip archive whose bytes depend on its files alone."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return out.getvalue()


def xml_text(value: Any) -> str:
    """Text without the characters that XML 1.0 cannot hold."""
    return "".join(
        letter
        for letter in as_text(value)
        if letter in "\t\n\r" or "\x20" <= letter <= "\ud7ff" or "\ue000" <= letter <= "\ufffd" or letter > "\uffff"
    )
