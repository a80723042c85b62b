"""Coding by hand: a random sample, its way to coding programs and back, agreement, and how right the pipeline is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from presstm.errors import InputError
from presstm.settings import ThemesSettings
from presstm.spreadsheets import number, read_rows
from presstm.theming.theme_keys import NONE as NONE

COLUMNS = ("article_id", "sentence_id", "source", "part", "title", "previous", "sentence", "themes", "coder", "probability")


@dataclass(frozen=True)
class Item:
    """A sampled sentence with the context that coders see, and the probability with which it was drawn."""

    article_id: str
    sentence_id: int
    source: str
    part: str
    start: int
    end: int
    stratum: str
    probability: float
    title: str
    previous: str
    sentence: str

    @property
    def key(self) -> str:
        """article_id:sentence_id."""
        return f"{self.article_id}:{self.sentence_id}"


@dataclass(frozen=True, order=True)
class Code:
    """What one coder says of one sentence; no themes = none of them. A sentence not coded has no Code."""

    key: str
    coder: str
    themes: tuple[str, ...]


def themes_of(labels: Iterable[str], known: Sequence[str], where: str) -> tuple[str, ...] | None:
    """Labels as a coder gave them -> sorted themes; None where there is no label, so that nothing was coded.

    Raises:
        InputError: a label is unknown, or `none` stands beside a theme.
    """
    names = {theme.casefold(): theme for theme in (*known, NONE)}
    found = set()
    for label in filter(None, (label.strip() for label in labels)):
        if label.casefold() not in names:
            raise InputError(f"{where}: theme {label} is not in the codebook")
        found.add(names[label.casefold()])
    if NONE in found and len(found) > 1:
        raise InputError(f"{where}: {NONE} stands beside a theme")
    return tuple(sorted(found - {NONE})) if found else None


def read_codes(paths: Iterable[Path], known: Sequence[str]) -> list[Code]:
    """Read tables of codes, as `presstm code import` writes them; sorted.

    Raises:
        InputError: a column is missing, a theme is unknown, or a coder codes a sentence twice; with the line.
    """
    found: dict[tuple[str, str], Code] = {}
    for path in paths:
        for line, row in read_rows(path, ()):
            where = f"{path}, line {line}"
            if missing := [name for name in ("article_id", "sentence_id", "themes", "coder") if name not in row]:
                raise InputError(f"{where}: column {missing[0]} is missing")
            key = f"{row['article_id']}:{row['sentence_id']}"
            themes = themes_of(row["themes"].split(";"), known, where) or ()
            if (key, row["coder"]) in found:
                raise InputError(f"{where}: {row['coder']} has coded {key} twice")
            found[key, row["coder"]] = Code(key, row["coder"], themes)
    return sorted(found.values())


def folder_of(root: Path, name: str) -> Path:
    """The folder in which a study keeps its tables of codes; it need not exist where it is the usual one.

    Raises:
        InputError: another folder is named, and does not exist.
    """
    if not (root / name).is_dir() and name != ThemesSettings().codes:
        raise InputError(f"the folder {root / name} does not exist (named in themes.codes)")
    return root / name


def by_hand(folder: Path, themes: Sequence[str]) -> tuple[dict[str, tuple[float, ...]], dict[str, float]]:
    """The tables of codes in `folder`: what `majority` makes of them, and each sentence's probability to be sampled.

    Raises:
        InputError: see `read_codes`; or a probability is missing, not above 0, or given twice and not alike.
    """
    paths = sorted(folder.glob("*.csv"))
    chances: dict[str, float] = {}
    for path in paths:
        for line, row in read_rows(path, ()):
            key, where = f"{row.get('article_id')}:{row.get('sentence_id')}", f"{path}, line {line}"
            try:
                chance = number(row.get("probability", ""))
            except ValueError:
                raise InputError(f"{where}: no probability of the sample (import the codes anew)") from None
            if not 0 < chance <= 1 or chances.setdefault(key, chance) != chance:
                raise InputError(f"{where}: probability {chance} is not between 0 and 1, or differs from an earlier one")
    return majority(read_codes(paths, themes), themes), chances


def table(codes: Iterable[Code], items: Mapping[str, Item]) -> bytes:
    """The table of codes as CSV: what `presstm code agree`, `presstm code evaluate` and `presstm train` read."""
    from presstm.exports import csv_bytes

    made = []
    for code in sorted(codes):
        item = items[code.key]
        context = (item.title, item.previous, item.sentence)
        given = (";".join(code.themes), code.coder, item.probability)
        made.append((item.article_id, item.sentence_id, item.source, item.part, *context, *given))
    return csv_bytes(COLUMNS, made)


def majority(codes: Iterable[Code], themes: Sequence[str]) -> dict[str, tuple[float, ...]]:
    """Per sentence, 1 for each theme that most of its coders see, 1/2 where half of them do, else 0.

    If a tie counted as the theme, two coders who err now and then would make every theme more frequent than either says.
    """
    votes: dict[str, list[tuple[str, ...]]] = {}
    for code in codes:
        votes.setdefault(code.key, []).append(code.themes)
    return {
        key: tuple(_verdict(sum(theme in one for one in given), len(given)) for theme in themes)
        for key, given in votes.items()
    }


def _verdict(yes: int, coders: int) -> float:
    return 0.5 if 2 * yes == coders else float(2 * yes > coders)
