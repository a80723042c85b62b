"""Double classification (Reinert 1990): the classes on which two descending classifications of the same units agree."""

from __future__ import annotations

from typing import Any

import numpy as np

from presstm.textometry.reinert import SIGNIFICANT, Node, signed_chi2, terminal

Array = np.ndarray[Any, np.dtype[Any]]


def levels(nodes: list[Node], min_size: int) -> dict[int, Array]:
    """Rows of every class above or at the terminal ones, without those that the terminal classes leave out; not of all."""
    leaves = terminal(nodes, min_size)
    below: dict[int, list[int]] = {}
    for leaf in leaves:
        node: int | None = leaf
        while node is not None:
            below.setdefault(node, []).append(leaf)
            node = nodes[node].parent
    deepest = {tuple(found): node for node, found in sorted(below.items()) if len(found) < len(leaves)}
    return {node: np.sort(np.concatenate([nodes[leaf].rows for leaf in found])) for found, node in deepest.items()}


def cross(one: list[Array], other: list[Array], min_size: int, limit: int) -> list[tuple[int, int]]:
    """Classes on which two classifications agree.

    Of all pairs of a class of the one tree and a class of the other, those count that are most associated with each other, by
    chi-square over the units that both trees classify, and share `min_size` units; of these, at most `limit` pairs without
    common units whose chi-squares sum highest.

    Args:
        one: units of each class of the one tree, at any level but the root.
        other: units of each class of the other.
        min_size: least number of units of a class.
        limit: most classes.

    Returns:
        Pairs of places in `one` and `other`.
    """
    if not one or not other:
        return []
    both = np.intersect1d(np.concatenate(one), np.concatenate(other))
    first, second = (np.array([np.isin(both, members) for members in classes], float) for classes in (one, other))
    shared = first @ second.T
    chi2 = np.round(signed_chi2(shared, first.sum(axis=1)[:, None], second.sum(axis=1)[None, :], len(both)), 6)
    pairs = [
        (row, column)
        for row, column in enumerate(np.argmax(chi2, axis=1).tolist())
        if np.argmax(chi2[:, column]) == row and chi2[row, column] > SIGNIFICANT and shared[row, column] >= min_size
    ]
    members = [(first[row] > 0) & (second[column] > 0) for row, column in pairs]
    apart = [[not (a & b).any() for b in members] for a in members]
    return [pairs[place] for place in _heaviest([float(chi2[pair]) for pair in pairs], apart, limit)]


def _heaviest(weights: list[float], apart: list[list[bool]], limit: int) -> list[int]:
    """The set of at most `limit` places, each apart from each, with the largest sum of weights."""
    best: tuple[float, list[int]] = (0.0, [])

    def extend(chosen: list[int], left: list[int], weight: float) -> None:
        nonlocal best
        if weight > best[0] + 1e-9:
            best = (weight, chosen)
        for i, place in enumerate(left):
            if len(chosen) == limit or weight + sum(weights[other] for other in left[i:]) <= best[0] + 1e-9:
                return
            extend([*chosen, place], [other for other in left[i + 1 :] if apart[place][other]], weight + weights[place])

    extend([], sorted(range(len(weights)), key=lambda place: (-weights[place], place)), 0.0)
    return sorted(best[1])
