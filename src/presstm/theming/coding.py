"""Sentences coded by hand: reading them, and the texts they come from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from presstm import spreadsheets
from presstm.errors import InputError

_COLUMNS = ("part", "sentence", "themes")


@dataclass(frozen=True)
class Coded:
    """A coded sentence with its context: `group` is its text, or all texts that share a sentence with it; `weight` is how much
    it counts in training."""

    group: str
    register: str
    title: str
    previous: str
    sentence: str
    themes: frozenset[str]
    weight: float = 1.0


def read(paths: Iterable[Path], known: Sequence[str]) -> list[Coded]:
    """Read coded sentences, in the order of the files; consecutive rows of one source (or piece) are one text.

    Args:
        paths: CSV files with the columns source or piece, part, sentence, themes (joined by ;), and perhaps
            register, title and previous (the context of a sentence that was drawn on its own), and weight (in training; 1).
        known: the keys of the codebook.

    Raises:
        InputError: a file is missing, lacks a column, or has a theme that the codebook does not define or a weight
            that is no number above 0, with its line.
    """
    rows = [row for path in paths for row in _rows(path, frozenset(known))]
    titles = {row.text: row.sentence for row in reversed(rows) if row.part == "title"}
    groups = _groups(rows)
    found = []
    before = None
    for row in rows:
        previous = before.sentence if before is not None and before.text == row.text else ""
        title, previous = row.context or (titles.get(row.text, ""), previous)
        found.append(Coded(groups[row.text], row.register, title, previous, row.sentence, row.themes, row.weight))
        before = row
    return found


class _Row(NamedTuple):
    text: str
    register: str
    part: str
    sentence: str
    themes: frozenset[str]
    weight: float
    context: tuple[str, str] | None  # title and previous sentence, where the file has them


def _rows(path: Path, known: frozenset[str]) -> Iterator[_Row]:
    rows = spreadsheets.read_rows(path, _COLUMNS)
    name = next((name for name in ("source", "piece") if rows and name in rows[0][1]), None)
    if name is None:
        raise InputError(f"{path}: no coded sentence, or column source or piece is missing")
    for line, row in rows:
        where, text = f"{path}, line {line}", row[name]
        themes = frozenset(filter(None, (theme.strip() for theme in row["themes"].split(";"))))
        if unknown := sorted(themes - known):
            raise InputError(f"{where}: theme {unknown[0]} is not in the codebook")
        weight = _weight(row.get("weight", ""))
        if weight is None:
            raise InputError(f"{where}: weight {row['weight']} is no number above 0")
        register = row.get("register") or text.rpartition("/")[0].partition("/")[0]
        context = (row["title"], row["previous"]) if {"title", "previous"} <= row.keys() else None
        group = text if context else f"{path.name}:{text}"  # a drawn text may be in the files of several coders
        yield _Row(group, register, row["part"], row["sentence"], themes, weight, context)


def _weight(text: str) -> float | None:
    try:
        weight = spreadsheets.number(text) if text else 1.0
    except ValueError:
        return None
    return weight if 0 < weight < math.inf else None


def _groups(rows: Sequence[_Row]) -> dict[str, str]:
    """The group of every text: texts that share a sentence of at least six words are one group, named by the first."""
    parent = {row.text: row.text for row in rows}

    def root(text: str) -> str:
        while parent[text] != text:
            text = parent[text]
        return text

    first: dict[str, str] = {}
    for row in rows:
        if len(row.sentence.split()) >= 6:
            one, other = root(first.setdefault(row.sentence, row.text)), root(row.text)
            parent[max(one, other)] = min(one, other)
    return {text: root(text) for text in parent}
