"""The edge table of a co-mention network from a million mentions, beside a loop into networkx and a self-join.

Mentions are drawn by a Zipf law over 20,000 entities in units of one to eight. PATH may be the number of mentions.
"""

from __future__ import annotations

import itertools
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

from presstm.networks import association, units


def main(path: str | None) -> None:
    """Print CPU seconds, extra memory and number of edges of each way."""
    rows = int(path) if path and path.isdigit() else 1_000_000
    unit, entity = synthetic(rows)
    ways: dict[str, Callable[[], int]] = {
        "sparse product": lambda: _product(unit, entity),
        "with NPMI, p and q": lambda: _tested(unit, entity),
        "pyarrow self-join": lambda: _join(unit, entity),
        "loop into networkx": lambda: _loop(unit, entity),
    }
    print(f"{rows:,} mentions, {len(np.unique(unit)):,} units, {len(np.unique(entity)):,} entities")
    _product(unit[:1000], entity[:1000])  # imports
    for name, way in ways.items():
        start = time.process_time()
        edges = way()
        seconds = time.process_time() - start
        print(f"  {name:<20} {seconds:6.2f} CPU s  {edges:,} edges  {_extra(way):5.0f} MB extra", flush=True)


def synthetic(rows: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Unit and entity of each mention."""
    random = np.random.default_rng(1)
    odds = 1 / np.arange(5, 20_005)
    sizes = random.integers(1, 9, rows)
    unit = np.repeat(np.arange(rows), sizes)[:rows]
    return unit, random.choice(20_000, rows, p=odds / odds.sum())


def _extra(way: Callable[[], int]) -> float:
    """Peak of what Python and numpy allocate meanwhile, in megabytes."""
    tracemalloc.start()
    way()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def _matrix(unit: Any, entity: Any) -> Any:
    kept = np.bincount(entity, minlength=20_000) >= 10  # entities named at least ten times
    return units.incidence(
        unit[kept[entity]], (np.cumsum(kept) - 1)[entity[kept[entity]]], int(unit.max()) + 1, int(kept.sum())
    )


def _product(unit: Any, entity: Any) -> int:
    from scipy import sparse

    matrix = _matrix(unit, entity)
    return int(sparse.triu(matrix.T @ matrix, k=1).nnz)


def _tested(unit: Any, entity: Any) -> int:
    return len(association.within(_matrix(unit, entity), int(unit.max()) + 1))


def _join(unit: Any, entity: Any) -> int:
    table = pa.table({"unit": unit, "entity": entity}).group_by(["unit", "entity"]).aggregate([])
    joined = table.join(table.rename_columns(["unit", "other"]), "unit", join_type="inner")
    one, other = joined["entity"].to_numpy(), joined["other"].to_numpy()
    return len(np.unique(one[one < other].astype(np.int64) * 20_000 + other[one < other]))


def _loop(unit: Any, entity: Any) -> int:
    import networkx as nx

    graph = nx.Graph()
    for _, group in itertools.groupby(zip(unit.tolist(), entity.tolist(), strict=True), key=lambda pair: pair[0]):
        for a, b in itertools.combinations(sorted({name for _, name in group}), 2):
            weight = graph[a][b]["weight"] + 1 if graph.has_edge(a, b) else 1
            graph.add_edge(a, b, weight=weight)
    return int(graph.number_of_edges())
