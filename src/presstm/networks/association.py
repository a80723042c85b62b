"""Which pairs occur together in the same units more often than chance: counts, NPMI, p and q, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from presstm import stats

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Pairs:
    """Pairs seen together, by row of the one and of the other: units with both, association, p, and q over all pairs."""

    first: Array
    second: Array
    weight: Array
    npmi: Array
    p: Array
    q: Array

    def __len__(self) -> int:
        """Number of pairs."""
        return len(self.weight)

    def statistics(self) -> dict[str, Array]:
        """Columns of a table of pairs."""
        return {"weight": self.weight, "npmi": self.npmi, "p": self.p, "q": self.q}


def within(incidence: Any, units: int) -> Pairs:
    """Pairs of columns of one binary unit x item matrix, each once, first < second.

    Weight: shared units. NPMI: Bouma (2009). p: one-sided hypergeometric probability of so many shared units or more among
    `units`. q: Benjamini and Hochberg (1995) over all pairs of columns, also those never seen together.
    """
    from scipy import sparse

    items = incidence.shape[1]
    return _tested(
        sparse.triu(incidence.T @ incidence, k=1, format="csr"), incidence, incidence, units, items * (items - 1) // 2
    )


def across(one: Any, other: Any, units: int) -> Pairs:
    """Pairs of a column of `one` and a column of `other`, binary matrices over the same units; statistics as in `within`."""
    return _tested((one.T @ other), one, other, units, one.shape[1] * other.shape[1])


def _tested(together: Any, one: Any, other: Any, units: int, tests: int) -> Pairs:
    found = together.tocsr()
    found.sort_indices()
    a = np.repeat(np.arange(found.shape[0], dtype=np.int32), np.diff(found.indptr))
    b, weight = found.indices, found.data
    named_a, named_b = _column_sums(one)[a], _column_sums(other)[b]
    p = stats.hypergeometric_sf(weight, named_a, named_b, units)
    return Pairs(a, b, weight, stats.npmi(weight, named_a, named_b, units), p, stats.benjamini_hochberg(p, tests))


def _column_sums(matrix: Any) -> Array:
    sums: Array = np.asarray(matrix.sum(axis=0)).ravel()
    return sums


def disparity(first: Array, second: Array, weight: Array, nodes: int, alpha: float) -> Array:
    """Which edges belong to the backbone of Serrano, Boguñá and Vespignani (2009): a drawing aid, no evidence.

    alpha_ij = (1 - w_ij / s_i)^(k_i - 1), the chance of so heavy an edge if the strength s_i of a node were split at random
    over its k_i edges; an edge stays if either end has alpha_ij < alpha. A node with one edge has no test.
    """
    ends, weights = np.concatenate([first, second]), np.concatenate([weight, weight]).astype(float)
    strength = np.bincount(ends, weights, minlength=nodes)
    degree = np.bincount(ends, minlength=nodes)
    chance = np.where(degree[ends] > 1, (1 - weights / strength[ends]) ** (degree[ends] - 1), 1.0)
    kept: Array = np.minimum(chance[: len(weight)], chance[len(weight) :]) < alpha
    return kept
