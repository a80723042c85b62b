"""Correspondence analysis of a form x group table (Benzécri 1973; Greenacre 2017): which groups share their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from presstm import tables
from presstm.lexical import Grouping, Lexical, article_counts
from presstm.settings import TopicsSettings

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Cloud:
    """Points of rows or of columns, arrays point x axis: principal coordinates, contributions to the axis, squared cosines."""

    coordinate: Array
    contribution: Array
    cos2: Array


@dataclass(frozen=True)
class Factors:
    """`inertia` is the principal inertia of each axis, all of them; the clouds hold as many axes."""

    inertia: Array
    rows: Cloud
    columns: Cloud


def analyse(table: Array) -> Factors:
    """Correspondence analysis of a table of counts without empty rows or columns.

    Axes come from the singular value decomposition of the standardised residuals; there are min(rows, columns) - 1. The sign of
    an axis means nothing: it is chosen so that the column that contributes most, the first of equals, is positive.
    """
    share = table / table.sum()
    row_mass, column_mass = share.sum(axis=1), share.sum(axis=0)
    residual = (share - np.outer(row_mass, column_mass)) / np.sqrt(np.outer(row_mass, column_mass))
    left, values, right = np.linalg.svd(residual, full_matrices=False)
    axes = min(table.shape) - 1
    left, values, right = left[:, :axes], values[:axes], right.T[:, :axes]
    strongest = np.argmax(np.round(np.abs(right), 9), axis=0)
    sign = np.where(right[strongest, np.arange(axes)] < 0, -1.0, 1.0)
    return Factors(
        values**2,
        _cloud(left * sign, values, row_mass, (residual**2).sum(axis=1)),
        _cloud(right * sign, values, column_mass, (residual**2).sum(axis=0)),
    )


def _cloud(vectors: Array, values: Array, mass: Array, inertia: Array) -> Cloud:
    coordinate = vectors * values / np.sqrt(mass)[:, None]
    distance = np.maximum(inertia / mass, 1e-300)
    return Cloud(coordinate, vectors**2, coordinate**2 / distance[:, None])


def factors(lexical: Lexical, groupings: list[Grouping], settings: TopicsSettings) -> tuple[pa.Table, dict[str, Any]]:
    """The first `settings.axes` axes of every grouping of at least two groups.

    Forms count that occur `settings.min_count` times, in `settings.min_articles` articles: one article alone makes no axis.

    Returns:
        Table `factors`, and per grouping the total inertia and the share of it that each of these axes has.
    """
    frequent = np.flatnonzero(np.asarray(lexical.counts.sum(axis=0)).ravel() >= settings.min_count)
    counts = lexical.counts[:, frequent]
    found, metrics = [tables.empty("factors")], {}
    for grouping in groupings:
        _, held = article_counts(counts, lexical.corpus, grouping)
        of_sentence = grouping.members if grouping.by_sentence else grouping.members[lexical.corpus.article]
        table = (counts.T @ of_sentence).toarray()
        rows = np.flatnonzero((held.total >= settings.min_articles) & (table.sum(axis=1) > 0))
        columns = np.flatnonzero(table[rows].sum(axis=0) > 0)
        if min(len(rows), len(columns)) < 2:
            continue
        result = analyse(table[np.ix_(rows, columns)].astype(float))
        total = float(result.inertia.sum())
        axes = [axis for axis in range(min(settings.axes, len(result.inertia))) if result.inertia[axis] > 1e-12]
        names = (lexical.forms.take(pa.array(frequent[rows])).to_pylist(), [grouping.groups[column] for column in columns])
        for kind, cloud, name in (("form", result.rows, names[0]), ("group", result.columns, names[1])):
            found += [_table(grouping.name, axis, result.inertia[axis] / total, kind, name, cloud) for axis in axes]
        metrics[grouping.name] = {
            "inertia": round(total, 6),
            "axes": [round(float(result.inertia[axis]) / total, 4) for axis in axes],
        }
    return tables.conform("factors", pa.concat_tables(found)), metrics


def _table(grouping: str, axis: int, inertia: float, kind: str, names: list[str], cloud: Cloud) -> pa.Table:
    numbers = {"coordinate": cloud.coordinate, "contribution": cloud.contribution, "cos2": cloud.cos2}
    return tables.from_columns(
        "factors",
        {
            "grouping": [grouping] * len(names),
            "axis": [axis + 1] * len(names),
            "inertia": [round(float(inertia), 9)] * len(names),
            "kind": [kind] * len(names),
            "name": names,
            **{name: np.round(values[:, axis], 9) + 0.0 for name, values in numbers.items()},
        },
    )
