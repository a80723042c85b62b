"""Corrections by hand: they win over everything else."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from presstm import names
from presstm.errors import InputError
from presstm.gazetteer import LABELS, read_rows

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
NO_ENTITY = "NONE"
COLUMNS = ("source", "form", "name", "label", "note")


class Override(NamedTuple):
    """What a form stands for: the name of an entity and its label, or NO_ENTITY."""

    name: str
    label: str


@dataclass
class Overrides:
    """Corrections by (source, key of the form); the empty source stands for the whole corpus."""

    by_form: dict[tuple[str, str], Override] = field(default_factory=dict)

    def of(self, source: str, form: str) -> Override | None:
        """The correction of a form in an article, the article's own before that of the corpus."""
        key = names.key(form)
        return self.by_form.get((source, key)) or self.by_form.get(("", key))


def load(path: Path) -> Overrides:
    """Read corrections (CSV: source or nothing, form, name, label, note).

    Raises:
        InputError: the file cannot be read, or a row cannot be (with its line number).
    """
    found = Overrides()
    for line, row in read_rows(path, COLUMNS):
        form, name, label = unquoted(row["form"]), unquoted(row["name"]), row["label"]
        if problem := check(form, name, label):
            raise InputError(f"{path}, line {line}: {problem}")
        found.by_form[row["source"], names.key(form)] = Override(name, label)
    return found


def check(form: str, name: str, label: str) -> str | None:
    """What is wrong with a correction, or None."""
    if not names.key(form):
        return "the form is empty"
    if label not in (*LABELS, NO_ENTITY):
        return f"label {label!r} is none of {', '.join((*LABELS, NO_ENTITY))}"
    if label != NO_ENTITY and not names.key(name):
        return f"{form!r} needs a name"
    return None


def quoted(cell: str) -> str:
    """The cell with an apostrophe before it if a spreadsheet would compute it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def unquoted(cell: str) -> str:
    """The cell without the apostrophe of `quoted`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
