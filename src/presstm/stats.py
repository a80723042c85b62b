"""Statistics, as functions of arrays. Heavy imports happen inside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]


def npmi(together: Array, first: Array, second: Array, units: int) -> Array:
    """Normalised pointwise mutual information of pairs, -1 to 1 (Bouma 2009).

    Args:
        together: units with both, at least 1.
        first: units with the one.
        second: units with the other.
        units: all units. A pair that is in every unit gets 1.
    """
    share = together / units
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.log(together * units / (first * second)) / -np.log(share)
    bounded: Array = np.clip(np.where(share >= 1, 1.0, value), -1.0, 1.0)
    return bounded


def hypergeometric_sf(together: Array, first: Array, second: Array, units: int) -> Array:
    """P(X >= together) when `second` units are drawn from `units` of which `first` have the one: one-sided p per pair."""
    from scipy.stats import hypergeom

    if not len(together):
        return np.empty(0)
    tail: Array = np.clip(hypergeom.sf(together - 1, units, first, second), 0.0, 1.0)
    return tail


def benjamini_hochberg(p: Array, tests: int | None = None) -> Array:
    """Adjusted p-values (Benjamini and Hochberg 1995).

    Args:
        p: p-values that were computed.
        tests: how many tests were made in all; those not in `p` count as p = 1. Default: len(p).

    Returns:
        q, in the order of `p`: the smallest false discovery rate at which each is significant.
    """
    count = len(p)
    total = count if tests is None else tests
    assert total >= count
    order = np.argsort(p, kind="stable")
    ranked = p[order] * total / np.arange(1, count + 1)
    adjusted = np.minimum.accumulate(ranked[::-1])[::-1].clip(0.0, 1.0)
    q = np.empty(count)
    q[order] = adjusted
    return q


def cluster_bootstrap(
    values: Array, clusters: Sequence[Any] | Array, resamples: int, seed: int, level: float = 0.95
) -> tuple[float, float]:
    """Percentile interval of the mean of `values` when whole clusters are drawn with replacement.

    Args:
        values: one number per article (or one per cluster).
        clusters: the cluster of each.
        resamples: number of bootstrap samples.
        seed: of the random generator; the order of the input does not matter.
        level: of the interval.
    """
    _, index = np.unique(np.asarray(clusters), return_inverse=True)
    sums = np.bincount(index, weights=values)
    sizes = np.bincount(index).astype(float)
    drawn = np.random.default_rng(seed).multinomial(len(sums), np.full(len(sums), 1 / len(sums)), size=resamples)
    means = (drawn @ sums) / (drawn @ sizes)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
