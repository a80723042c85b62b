"""Outlet lists (CSV: host, name, aliases separated by |, kind, and variables): who printed an article, under one name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from presstm import addresses, variables
from presstm.phrases import fold
from presstm.spreadsheets import read_rows

_COLUMNS = ("host", "name", "aliases", "kind")


@dataclass(frozen=True)
class Outlet:
    """A row of an outlet list; an outlet that no list has is its name as printed, if that is known."""

    name: str | None
    kind: str | None = None
    variables: tuple[str, ...] = ()


def rows(lists: Iterable[Path]) -> Iterator[dict[str, str]]:
    """The rows of outlet lists, by column.

    Raises:
        InputError: a list cannot be read or lacks a column.
    """
    for path in lists:
        for _, row in read_rows(path, _COLUMNS):
            yield row


def names(row: Mapping[str, str]) -> list[str]:
    """The name and the aliases of a row."""
    return [name for cell in (row["name"], *row["aliases"].split("|")) if (name := cell.strip())]


def load(lists: Iterable[Path]) -> dict[str, Outlet]:
    """Outlet lists as one table: host and folded name or alias -> outlet; the first list wins.

    Raises:
        InputError: as of `rows`.
    """
    known: dict[str, Outlet] = {}
    for row in rows(lists):
        further = {name: value for name, value in row.items() if name and name not in _COLUMNS}
        outlet = Outlet(row["name"], row["kind"], variables.written(further))
        folded = [_folded(name) for name in names(row)]
        for key in (row["host"], *folded, *(name.replace(" ", "") for name in folded)):
            if key:
                known.setdefault(key, outlet)
    return known


def of(article: Mapping[str, Any], known: Mapping[str, Outlet]) -> Outlet:
    """The outlet of an article (by its columns `url` and `outlet`): by host, then by name."""
    host = (addresses.split(article["url"]).hostname or "").removeprefix("www.")
    while host:
        if host in known:
            return known[host]
        host = host.partition(".")[2]
    name = _folded(article["outlet"] or "")
    for key in (name, re.sub(r" (?:fr|com|ch|be|org|net)$", "", name), name[:-1] if len(name) > 6 else ""):
        if key and key in known:
            return known[key]
    return Outlet(article["outlet"])


def _folded(name: str) -> str:
    return re.sub(r"\W+", " ", fold(name)).strip()
