"""The network of words, or of terms: which of them stand in the same sentences more often than chance, and in which communities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from presstm.lexicon import Place
from presstm.networks import association, communities
from presstm.networks.units import incidence


def network(held: Iterable[tuple[Place, str]], names: Iterable[str], sentences: int, q_max: float, seed: int) -> Any:
    """Words that share sentences, as a networkx.Graph without words that share none.

    Two words are joined if so many shared sentences, or more, have a hypergeometric probability with q at most `q_max` over all
    pairs (Benjamini and Hochberg 1995), as entities are; not a term and one that it is a piece of. Communities: Louvain (Blondel et
    al. 2008).

    Args:
        held: sentences, each with a word that stands in it.
        names: the words that take part.
        sentences: number of sentences, with words or without.
        q_max: false discovery rate.
        seed: of Louvain's algorithm.

    Returns:
        Nodes with `sentences` and `community`; edges with `weight` (shared sentences), `npmi` (Bouma 2009) and `q`.
    """
    ordered = sorted(set(names))
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
        built.nodes[name].update(sentences=of_word[place[name]], community=number)
    return built
