"""Variables: what an analyst knows of articles or of outlets beyond the columns of `articles`, each as `name=value`; and the groups
that these, the columns and the periods part articles into.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from presstm import schemas, tables
from presstm.errors import InputError
from presstm.phrases import fold

# What groupings and the columns of exports are called.
TAKEN = frozenset(
    "all subset day week month year period theme id article titre journal genre date annee mois acces auteurs content pubyear isipubdate".split()
)
PERIODS = {"year": "%Y", "month": "%Y-%m", "week": "%G-W%V", "day": "%Y-%m-%d"}
UNKNOWN = "unknown"  # the group of articles without a value
LONGEST = 100  # characters of a value: what is longer groups nothing


def plain(name: str) -> str:
    """The name of a column or a variable as names are compared: without case, accents and signs."""
    return re.sub(r"\W+", "_", fold(name)).strip("_")


def written(cells: Mapping[str, str]) -> tuple[str, ...]:
    """Cells by column -> `name=value`, in the order of names; not those without a value or with a long one."""
    values = {plain(name): " ".join(value.split()) for name, value in cells.items()}
    return tuple(f"{name}={values[name]}" for name in sorted(values) if name and 0 < len(values[name]) <= LONGEST)


def chosen(names: Iterable[str], *sources: Iterable[str]) -> list[str] | None:
    """The variables called `names`, each from the first source that has it; None if there is none."""
    found: dict[str, str] = {}
    for source in sources:
        for one in source:
            found.setdefault(one.partition("=")[0], one)
    return [found[name] for name in sorted(map(plain, names)) if name in found] or None


def by_name(articles: pa.Table) -> dict[str, dict[str, str]]:
    """Variable -> article_id -> value, of table articles."""
    found: dict[str, dict[str, str]] = {}
    if "variables" in articles.column_names:
        for article_id, values in tables.tuples(articles, "article_id", "variables"):
            for one in values or ():
                name, _, value = one.partition("=")
                found.setdefault(name, {})[article_id] = value
    return dict(sorted(found.items()))


def missing(names: Iterable[str], articles: pa.Table) -> list[str]:
    """The variables called `names` that no article has."""
    asked = list(names)
    known = by_name(articles) if asked else {}
    return [name for name in asked if plain(name) not in known]


def groupings(own: Iterable[str]) -> list[str]:
    """What articles can be grouped by: variables `own` first, then periods and columns that hold no numbers and no texts."""
    fields = [field.name for field in schemas.TABLES["articles"].schema if not pa.types.is_integer(field.type)]
    return [*own, *PERIODS, *sorted({*fields} - {*own, "article_id", "text", "title"})]


def labels(articles: pa.Table, name: str, values: Mapping[str, str] | None = None) -> list[list[str]]:
    """The groups of each row of articles by a period, a column, or else a variable with `values` by article (None: looked up)."""
    if name not in PERIODS and name not in articles.column_names:
        values = by_name(articles).get(name, {}) if values is None else values
        return [[values.get(key, UNKNOWN)] for key in articles["article_id"].to_pylist()]
    column = pc.strftime(articles["published"], PERIODS[name]) if name in PERIODS else articles[name]
    several = (value if isinstance(value, list) and value else [value] for value in column.to_pylist())
    return [list(dict.fromkeys(UNKNOWN if value in (None, []) else str(value) for value in each)) for each in several]


def called(name: str, own: Iterable[str]) -> str:
    """The grouping that a person calls `name`, without regard to case and accents.

    Raises:
        InputError: there is none.
    """
    names = {plain(one): one for one in groupings(own)}
    if plain(name) not in names:
        raise InputError(f"articles cannot be grouped by {name!r} (known: {', '.join(names)})")
    return names[plain(name)]


def groups(articles: pa.Table, name: str) -> dict[str, list[str]]:
    """article_id -> its groups by what a person calls `name`.

    Raises:
        InputError: articles cannot be grouped so.
    """
    known = by_name(articles)
    grouping = called(name, known)
    own = labels(articles, grouping, known.get(grouping))
    return dict(zip(articles["article_id"].to_pylist(), own, strict=True))


def articles_with(wanted: Iterable[str], articles: pa.Table) -> frozenset[str]:
    """The articles that have all of `wanted`, each as `name=value` without regard to case and accents; see `groupings` for names.

    Raises:
        InputError: there is no such name, or no article with that value.
    """
    known = by_name(articles)
    names = {plain(name): name for name in groupings(known)}
    keys = articles["article_id"].to_pylist()
    ids = frozenset(keys)
    for one in wanted:
        name, sign, value = one.partition("=")
        if not sign or plain(name) not in names:
            raise InputError(f"no variable {one!r}: expected NAME=VALUE (known: {', '.join(names)})")
        given = labels(articles, names[plain(name)], known.get(plain(name)))
        fitting = {key for key, groups in zip(keys, given, strict=True) if fold(value.strip()) in map(fold, groups)}
        if not fitting:
            shown = ", ".join(sorted({group for groups in given for group in groups} - {UNKNOWN})[:20])
            raise InputError(f"no article has {one!r} (values of {plain(name)}: {shown})")
        ids &= fitting
    return ids
