"""Corrections by hand: they win over everything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from presstm.errors import InputError
from presstm.naming import names
from presstm.naming.gazetteer import LABELS
from presstm.spreadsheets import NO, read_rows, unquoted

NO_ENTITY = "NONE"
COLUMNS = ("source", "form", "name", "label", "note")


class Row(NamedTuple):
    """A correction as it is written; `line` of the file."""

    source: str
    form: str
    name: str
    label: str
    note: str
    line: int


@dataclass(frozen=True)
class Overrides:
    """Corrections by (source, key of the form), and their file; the empty source stands for the whole corpus."""

    rows: Mapping[tuple[str, str], Row] = field(default_factory=dict)
    path: Path = Path()

    def row(self, source: str, form: str) -> Row | None:
        """The correction of a form in an article, the article's own before that of the corpus."""
        key = names.key(form)
        return self.rows.get((source, key)) or self.rows.get(("", key))


def load(path: Path) -> Overrides:
    """Read corrections (CSV: source or nothing, form, name, label, note).

    Raises:
        InputError: as `read`.
    """
    return Overrides(read(path, COLUMNS), path)


def read(path: Path, columns: Sequence[str]) -> dict[tuple[str, str], Row]:
    """The corrections of a CSV file with these columns; rows whose `checked` says no, if there is such a column, are left out.

    Raises:
        InputError: the file cannot be read, a row cannot be, or two rows correct one form (with line numbers).
    """
    found: dict[tuple[str, str], Row] = {}
    for line, cells in read_rows(path, columns):
        if cells.get("checked", "x").casefold() in NO:
            continue
        source, form, name, note = (unquoted(cells.get(column, "")) for column in ("source", "form", "name", "note"))
        row = Row(source, form, name, cells["label"].upper(), note, line)
        if problem := _problem(row):
            raise InputError(f"{path}, line {line}: {problem}")
        if (other := found.setdefault((source, names.key(form)), row)) is not row:
            raise InputError(f"{path}, lines {other.line} and {line}: both correct {form!r}; keep one of them")
    return found


def without_effect(corrections: Overrides, sources: Set[str], used: Set[Row | None]) -> Iterator[str]:
    """A line for each row that is for no article of these sources, or that was not used."""
    for row in corrections.rows.values():
        where = f"{corrections.path}, line {row.line}"
        if row.source and row.source not in sources:
            yield f"{where}: no article has the source {row.source!r}, so that {row.form!r} is not corrected"
        elif row not in used:
            yield f"{where}: {row.form!r} is found nowhere, or only within longer names"


def _problem(row: Row) -> str | None:
    """What is wrong with a correction, or None."""
    if not names.key(row.form):
        return "the form is empty"
    if row.label not in (*LABELS, NO_ENTITY):
        return f"label {row.label!r} is none of {', '.join((*LABELS, NO_ENTITY))}"
    if row.label != NO_ENTITY and not names.key(row.name):
        return f"{row.form!r} needs a name"
    return None
