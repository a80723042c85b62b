"""Outlet lists (CSV: host, name, aliases separated by |, kind, and variables): who printed an article, under one name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from presstm import addresses, variables
from presstm.errors import InputError
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
        InputError: as of `rows`; or a host is an address, or an outlet has two kinds in one list.
    """
    known: dict[str, Outlet] = {}
    for path in lists:
        kinds: dict[str, tuple[str, int]] = {}
        for line, row in read_rows(path, _COLUMNS, exact=True):
            name, kind, host = row["name"], row["kind"], row["host"]
            earlier, first = kinds.setdefault(_folded(name), (kind, line))
            if name and earlier != kind:
                raise InputError(f"{path}, lines {first} and {line}: {name} has two kinds, {earlier!r} and {kind!r}")
            if "/" in host:
                raise InputError(f"{path}, line {line}: host {host!r} is an address: write {_host(host)!r}")
            further = {column: value for column, value in row.items() if column and column not in _COLUMNS}
            outlet = Outlet(name, kind or None, variables.written(further))
            folded = [_folded(form) for form in names(row)]
            for key in (host.lower().removeprefix("www."), *folded, *(form.replace(" ", "") for form in folded)):
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


def _host(address: str) -> str:
    return (addresses.split(address).hostname or address.partition("/")[0]).removeprefix("www.")


def _folded(name: str) -> str:
    return re.sub(r"\W+", " ", fold(name)).strip()
