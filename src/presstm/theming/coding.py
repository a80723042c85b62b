"""Sentences coded by hand: reading them, and the texts they come from."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

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
    rows: list[tuple[str, str, str, str, frozenset[str], float, tuple[str, str] | None]] = []
    for path in paths:
        try:
            with path.open(encoding="utf-8", newline="") as lines:
                reader = csv.DictReader(lines)
                names = reader.fieldnames or []
                text = next((name for name in ("source", "piece") if name in names), None)
                if text is None or (missing := [name for name in _COLUMNS if name not in names]):
                    lacking = "source or piece" if text is None else missing[0]
                    raise InputError(f"{path}: column {lacking} is missing")
                for row in reader:
                    themes = frozenset(filter(None, (theme.strip() for theme in (row["themes"] or "").split(";"))))
                    if unknown := sorted(themes - set(known)):
                        raise InputError(f"{path}, line {reader.line_num}: theme {unknown[0]} is not in the codebook")
                    weight = _weight(row.get("weight"))
                    if weight is None:
                        raise InputError(f"{path}, line {reader.line_num}: weight {row['weight']} is no number above 0")
                    register = row.get("register") or row[text].rpartition("/")[0].partition("/")[0]
                    context = (row["title"] or "", row["previous"] or "") if {"title", "previous"} <= set(names) else None
                    rows.append(
                        (f"{path.name}:{row[text]}", register, row["part"], row["sentence"], themes, weight, context)
                    )
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise InputError(f"{path} cannot be read: {error}") from None
    titles = {text: sentence for text, _, part, sentence, *_ in reversed(rows) if part == "title"}
    groups = _groups([(text, sentence) for text, _, _, sentence, *_ in rows])
    found = []
    before = ("", "")
    for text, register, _, sentence, themes, weight, context in rows:
        previous = before[1] if before[0] == text else ""
        title, previous = context or (titles.get(text, ""), previous)
        found.append(Coded(groups[text], register, title, previous, sentence, themes, weight))
        before = (text, sentence)
    return found


def _weight(text: str | None) -> float | None:
    try:
        weight = float(text) if text else 1.0
    except ValueError:
        return None
    return weight if 0 < weight < math.inf else None


def _groups(rows: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The group of every text: texts that share a sentence of at least six words are one group, named by the first."""
    parent = {text: text for text, _ in rows}

    def root(text: str) -> str:
        while parent[text] != text:
            text = parent[text]
        return text

    first: dict[str, str] = {}
    for text, sentence in rows:
        if len(sentence.split()) >= 6:
            one, other = root(first.setdefault(sentence, text)), root(text)
            parent[max(one, other)] = min(one, other)
    return {text: root(text) for text in parent}
