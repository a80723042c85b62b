"""How known facts change from text to text: every restatement beside the fact, and sums that count people twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pyarrow as pa

from presstm import tables
from presstm.facts import CONVERTED, Facts

_SUM_TOLERANCE = 0.01  # a sum is reported as it is or rounded to two or three figures


def table(figures: pa.Table, articles: pa.Table, facts: Facts) -> pa.Table:
    """Table figure_mutations: a row per figure that restates a fact, or that is the sum of facts one of which holds the other.

    Args:
        figures, articles: tables of these names.
        facts: the known facts, with what is part of what.
    """
    about = {row["article_id"]: row for row in articles.select(["article_id", "outlet", "published"]).to_pylist()}
    sums = list(nested_sums(facts))
    rows: list[dict[str, Any]] = []
    for figure in figures.to_pylist():
        fact, added = figure["fact"], _sum_of(figure, sums, facts)
        if added:
            fact = added[0]
        if fact is not None:
            rows.append(
                {
                    **{
                        name: figure[name]
                        for name in ("article_id", "part", "start", "end", "text", "value", "high", "hedge")
                    },
                    "fact": fact,
                    "outlet": about[figure["article_id"]]["outlet"],
                    "published": about[figure["article_id"]]["published"],
                    "deviation": _deviation(figure, facts, fact),
                    "sum_of_nested": " + ".join(added) or None,
                }
            )
    return tables.from_rows("figure_mutations", rows)


def nested_sums(facts: Facts) -> Iterator[tuple[float, tuple[str, ...]]]:
    """Every sum of two or more exact facts of one chain of parts, with their keys, the whole first."""
    exact = {key: fact.low for key, fact in facts.facts.items() if fact.low is not None and fact.low == fact.high}
    chains = [[key, *facts.wholes(key)] for key in exact]
    longest = [chain for chain in chains if not any(chain != other and set(chain) < set(other) for other in chains)]
    seen = set()
    for chain in longest:
        known = [key for key in reversed(chain) if key in exact]
        for size in range(2, len(known) + 1):
            for keys in combinations(known, size):
                if keys not in seen:
                    seen.add(keys)
                    yield sum(exact[key] for key in keys), keys


def _sum_of(figure: dict[str, Any], sums: list[tuple[float, tuple[str, ...]]], facts: Facts) -> tuple[str, ...]:
    """The nested facts whose sum a figure is, the closest; empty if it restates a fact more closely, or is none."""
    value = figure["value"]
    if value is None or figure["high"] is not None:
        return ()
    near = [
        (abs(value - total) / total, keys)
        for total, keys in sums
        if figure["unit"].partition("/")[0] in facts.facts[keys[0]].units
    ]
    distance, keys = min(near, default=(1.0, ()))
    if distance > _SUM_TOLERANCE or (figure["fact"] and abs(_deviation(figure, facts, figure["fact"]) or 0.0) <= distance):
        return ()
    return keys


def _deviation(figure: dict[str, Any], facts: Facts, key: str) -> float | None:
    """Relative distance of a figure to an exact fact; None where one of them is no single number."""
    fact = facts.facts[key]
    if figure["value"] is None or figure["high"] is not None or fact.low is None or fact.low != fact.high:
        return None
    _, factor = CONVERTED.get(figure["unit"].partition("/")[0], ("", 1.0))
    return float(figure["value"] * factor / fact.low - 1)
