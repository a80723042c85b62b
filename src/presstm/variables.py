"""Variables: what an analyst knows of articles or of outlets beyond the columns of `articles`, each as `name=value`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pyarrow as pa

from presstm import tables
from presstm.errors import InputError
from presstm.phrases import fold

# What groupings and the columns of exports are called.
TAKEN = frozenset(
    "all subset month year period theme id article titre journal genre date annee mois acces auteurs content pubyear isipubdate".split()
)
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


def articles_with(wanted: Iterable[str], articles: pa.Table) -> frozenset[str]:
    """The articles that have all of `wanted`, each as `name=value` without regard to case and accents.

    Raises:
        InputError: there is no such variable, or no article with that value.
    """
    known = by_name(articles)
    ids = frozenset(articles["article_id"].to_pylist())
    for one in wanted:
        name, sign, value = one.partition("=")
        if not sign or plain(name) not in known:
            raise InputError(f"no variable {one!r}: expected NAME=VALUE (known: {', '.join(known) or 'none'})")
        values = known[plain(name)]
        ids &= (matching := {key for key, given in values.items() if fold(given) == fold(value.strip())})
        if not matching:
            shown = ", ".join(sorted(set(values.values()))[:20])
            raise InputError(f"no article has {one!r} (values of {plain(name)}: {shown})")
    return ids
