"""Communities of a network by Louvain, how stable they are, and the centrality of nodes. The same graph gives the same result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
EXACT_BETWEENNESS = 500  # nodes up to which every node is a source
_SOURCES = 200


def graph(edges: Sequence[tuple[str, str, float]]) -> Any:
    """A networkx.Graph with sorted nodes and edges: Louvain depends on their order."""
    import networkx as nx

    built = nx.Graph()
    built.add_nodes_from(sorted({end for a, b, _ in edges for end in (a, b)}))
    built.add_weighted_edges_from(sorted(edges))
    return built


def louvain(built: Any, seed: int) -> dict[str, int]:
    """Community of each node (Blondel et al. 2008), numbered by size, then by first member."""
    import networkx as nx

    if not len(built):
        return {}
    found = nx.community.louvain_communities(built, weight="weight", seed=seed)
    ordered = sorted((sorted(members) for members in found), key=lambda members: (-len(members), members[0]))
    return {member: number for number, members in enumerate(ordered) for member in members}


def modularity(built: Any, communities: dict[str, int]) -> float:
    """Newman's modularity of a partition; 0 without edges."""
    import networkx as nx

    if not built.number_of_edges():
        return 0.0
    groups: dict[int, set[str]] = {}
    for node, number in communities.items():
        groups.setdefault(number, set()).add(node)
    return float(nx.community.modularity(built, groups.values(), weight="weight"))


def stability(built: Any, found: dict[str, int], resampled: Iterable[Any], seed: int, seeds: int) -> dict[str, float | None]:
    """Mean adjusted Rand index between the communities and those of other seeds, and of resampled graphs.

    Args:
        built: the graph.
        found: its communities.
        resampled: the graph again, with weights from bootstrap samples of the corpus.
        seed: of the communities that are reported.
        seeds: number of other seeds.

    Returns:
        `seeds` and `bootstrap`: 1 means always the same communities, 0 no more alike than chance; None without edges.
    """
    if not found:
        return {"seeds": None, "bootstrap": None}
    others = [louvain(built, seed + number) for number in range(1, seeds + 1)]
    redrawn = [louvain(each, seed) for each in resampled]
    return {"seeds": _mean_ari(found, others), "bootstrap": _mean_ari(found, redrawn)}


def _mean_ari(reference: dict[str, int], others: Sequence[dict[str, int]]) -> float | None:
    values = [
        adjusted_rand_index([reference[node] for node in shared], [other[node] for node in shared])
        for other in others
        if (shared := sorted(reference.keys() & other.keys()))
    ]
    return round(float(np.mean(values)), 3) if values else None


def adjusted_rand_index(one: Sequence[int], other: Sequence[int]) -> float:
    """Agreement of two partitions of the same items, corrected for chance (Hubert and Arabie 1985)."""
    _, a = np.unique(one, return_inverse=True)
    _, b = np.unique(other, return_inverse=True)
    table = np.zeros((a.max() + 1, b.max() + 1))
    np.add.at(table, (a, b), 1)

    def pairs(counts: Array) -> float:
        return float((counts * (counts - 1) / 2).sum())

    both, rows, columns, total = pairs(table), pairs(table.sum(1)), pairs(table.sum(0)), pairs(np.array([len(a)]))
    expected = rows * columns / total if total else 0.0
    largest = (rows + columns) / 2
    return 1.0 if largest == expected else (both - expected) / (largest - expected)


def centrality(built: Any, seed: int) -> tuple[dict[str, float], dict[str, float], bool]:
    """PageRank by weight, betweenness by number of steps, and whether betweenness is exact.

    Up to 500 nodes betweenness is exact (Brandes 2001); beyond it is estimated from the shortest paths from 200 nodes.
    """
    import networkx as nx

    if not len(built):
        return {}, {}, True
    exact = len(built) <= EXACT_BETWEENNESS
    between = nx.betweenness_centrality(built, k=None if exact else _SOURCES, seed=None if exact else seed)
    return nx.pagerank(built, weight="weight"), between, exact
