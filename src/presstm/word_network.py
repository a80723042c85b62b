"""The network of words, or of terms: which of them stand in the same sentences more often than chance, in which communities, and the
tree of its strongest links.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from presstm.lexicon import Place
from presstm.networks import association, communities
from presstm.networks.units import incidence

_AS_HELD: Mapping[str, str] = MappingProxyType({})


def network(
    held: Iterable[tuple[Place, str]],
    names: Iterable[str],
    sentences: int,
    q_max: float,
    seed: int,
    written: Mapping[str, str] = _AS_HELD,
) -> Any:
    """Words that share sentences, as a networkx.Graph without words that share none.

    Two words are joined if so many shared sentences, or more, have a hypergeometric probability with q at most `q_max` over all
    pairs (Benjamini and Hochberg 1995), as entities are; not a term and one that it is a piece of. Communities: Louvain (Blondel et
    al. 2008).

    Args:
        held: sentences, each with a word that stands in it.
        names: the words that take part, as they are shown.
        sentences: number of sentences, with words or without.
        q_max: false discovery rate.
        seed: of Louvain's algorithm.
        written: how each word of `held` is shown; empty: as it is.

    Returns:
        Nodes with `label`, `sentences` and `community`; edges with `weight` (shared sentences), `npmi` (Bouma 2009) and `q`.
    """
    shown = set(names)
    ordered = sorted(name for name, form in written.items() if form in shown) if written else sorted(shown)
    place = {name: number for number, name in enumerate(ordered)}
    cells = sorted({(at, place[name]) for at, name in held if name in place})
    rows = {at: number for number, at in enumerate(dict.fromkeys(at for at, _ in cells))}
    units, items = (np.array(numbers, np.int64) for numbers in ([rows[at] for at, _ in cells], [word for _, word in cells]))
    matrix = incidence(units, items, len(rows), len(ordered))
    pairs = association.within(matrix, sentences)
    columns = (pairs.first, pairs.second, pairs.weight, pairs.npmi, pairs.q)
    edges = [
        (ordered[a], ordered[b], float(weight), npmi, q)
        for a, b, weight, npmi, q in zip(*(column.tolist() for column in columns), strict=True)
        if q <= q_max and not (f" {ordered[a]} " in f" {ordered[b]} " or f" {ordered[b]} " in f" {ordered[a]} ")
    ]
    built = communities.graph([edge[:3] for edge in edges])
    for a, b, _, npmi, q in edges:
        built.edges[a, b].update(npmi=round(npmi, 6), q=round(q, 6))
    of_word = np.asarray(matrix.sum(axis=0)).ravel().tolist()
    for name, number in communities.louvain(built, seed).items():
        built.nodes[name].update(label=written.get(name, name), sentences=of_word[place[name]], community=number)
    return built


def maximum_tree(built: Any) -> Any:
    """The links of a `network` that join the same words without a circle and share most sentences (Kruskal 1956); of equal ones those of
    higher NPMI. A network of several parts gives a tree for each.
    """
    import networkx as nx

    ranked = built.copy()
    for _, _, edge in ranked.edges(data=True):
        edge["rank"] = edge["weight"] + edge["npmi"] / 2  # NPMI is at most 1
    return nx.maximum_spanning_tree(ranked, weight="rank")
