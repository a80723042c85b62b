"""Statistics, as functions of arrays. Heavy imports happen inside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
_LEVEL = 0.95  # of intervals
_CHUNK = 65_536  # pairs tested at a time, so that memory does not grow with their number


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
    tail = np.empty(len(together))
    for start in range(0, len(together), _CHUNK):
        part = slice(start, start + _CHUNK)
        tail[part] = np.exp(log_hypergeometric_tail(together[part], first[part], second[part], units))
    return tail


def log_hypergeometric_tail(count: Array, first: Array, second: Array, units: Array | int, upper: bool = True) -> Array:
    """Natural logarithm of P(X >= count), or of P(X <= count), where scipy's tail would underflow to 0.

    The tail away from the mean is the probability of its first term (by log-gamma) times a series of ratios of terms; the
    other tail is one minus that. Arguments are arrays of one shape: units drawn that have the one (`count`), that have it at
    all (`first`), drawn (`second`), all (`units`).
    """
    count, first, second = (np.asarray(values, np.float64) for values in (count, first, second))
    total = np.broadcast_to(np.asarray(units, np.float64), count.shape)
    far = count >= first * second / total if upper else count <= first * second / total
    start = np.where(far, count, count - 1 if upper else count + 1)
    up = far if upper else ~far
    log_tail = _log_first_term(start, first, second, total) + np.log(_ratio_series(start, first, second, total, up))
    with np.errstate(divide="ignore"):
        tail: Array = np.where(far, log_tail, np.log1p(-np.exp(np.minimum(log_tail, 0.0))))
    return np.minimum(tail, 0.0)


def _log_first_term(count: Array, first: Array, second: Array, units: Array) -> Array:
    from scipy.special import gammaln

    def log_choose(n: Array, k: Array) -> Array:
        inside = (k >= 0) & (k <= n)
        safe = np.where(inside, k, 0)
        chosen: Array = np.where(inside, gammaln(n + 1) - gammaln(safe + 1) - gammaln(n - safe + 1), -np.inf)
        return chosen

    return log_choose(first, count) + log_choose(units - first, second - count) - log_choose(units, second)


def _ratio_series(count: Array, first: Array, second: Array, units: Array, up: Array) -> Array:
    """1 + the terms beyond the first one, relative to it; terms fall away from the mean, so the series ends soon.

    Below the mean, units that have it and are not drawn are counted, from the units not drawn: their number grows.
    """
    sums = np.ones(count.size)
    left, added = np.arange(count.size), sums.copy()
    k, s = (np.where(up, *sides).ravel() for sides in ((count, first - count), (second, units - second)))
    f, rest, term = first.ravel(), (units - first).ravel() - s, np.ones(count.size)
    while len(left):
        below = (k + 1) * (rest + k + 1)
        ratio = np.divide((f - k) * (s - k), below, out=np.zeros(len(left)), where=below > 0)
        term = term * np.maximum(ratio, 0.0)
        k = k + 1
        added = added + term
        going = term > 1e-17 * added
        if 2 * np.count_nonzero(going) <= len(left):  # what ends earlier adds nothing until then
            sums[left] = added
            left, added, term, k, f, s, rest = (values[going] for values in (left, added, term, k, f, s, rest))
    return sums.reshape(count.shape)


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


def ratio_intervals(parts: Array, wholes: Array, most: Array) -> tuple[Array, Array, Array]:
    """Shares `parts` / `wholes` whose units of sampling are clusters, and their 95 % intervals.

    Wilson's (1927) interval for the effective number of units p (1 - p) / v (Kish 1965), where v is the variance of the share when
    one cluster after the other is left out (jackknife, Wolter 2007). Student's t has the degrees of freedom that clusters of unequal
    size leave. Where v is 0, as for a share of 0 or 1, the effective number is that of clusters. Near 0 and 1,
    with few clusters, and with a few large ones, percentiles of a bootstrap of clusters are too narrow.

    Args:
        parts: cluster x share, what counts for the share.
        wholes: of the same shape, what could count; the share is nan where it adds up to 0.
        most: of each share, the number of units, which the effective number does not exceed.

    Returns:
        Shares, low ends and high ends.
    """
    total = wholes.sum(axis=0)
    count = (wholes > 0).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = parts.sum(axis=0) / total
        left_out = np.where(wholes < total, (parts - share * wholes) / (total - wholes), 0.0)
        variance = (left_out**2).sum(axis=0) * (count - 1) / count
        freedom = np.minimum(degrees_of_freedom(wholes), count - 1)
        units = np.where(variance > 0, np.minimum(share * (1 - share) / variance, most), effective(wholes))
        return share, *wilson(share, units, freedom)


def wilson(share: Array, units: Array, freedom: Array) -> tuple[Array, Array]:
    """Low and high ends of Wilson's (1927) 95 % intervals of shares of some numbers of units, with Student's t."""
    from scipy.special import stdtrit  # scipy.stats has it too, but takes a second to import

    z = stdtrit(np.maximum(freedom, 1), (1 + _LEVEL) / 2)
    centre = (share + z**2 / (2 * units)) / (1 + z**2 / units)
    half = z / (1 + z**2 / units) * np.sqrt(share * (1 - share) / units + z**2 / (4 * units**2))
    return np.minimum(np.maximum(centre - half, 0.0), share), np.maximum(np.minimum(centre + half, 1.0), share)


def degrees_of_freedom(sizes: Array) -> Array:
    """Those of a variance between clusters of unequal size, along the first axis (Satterthwaite 1946)."""
    freedom: Array = (sizes**2).sum(axis=0) ** 2 / (sizes**4).sum(axis=0)
    return freedom


def effective(sizes: Array) -> Array:
    """How many clusters of one size would say as much as these, along the first axis (Kish 1965)."""
    with np.errstate(invalid="ignore"):
        number: Array = sizes.sum(axis=0) ** 2 / (sizes**2).sum(axis=0)
    return number


def share_intervals(values: Array, clusters: Sequence[Any] | Array) -> list[tuple[float, float]]:
    """`ratio_intervals` of the means of columns of 0 and 1.

    Args:
        values: 0 or 1 per article (or cluster) and column.
        clusters: the cluster of each article.
    """
    names, index = np.unique(np.asarray(clusters), return_inverse=True)
    parts = np.stack([np.bincount(index, weights=column, minlength=len(names)) for column in values.T], axis=1)
    sizes = np.bincount(index).astype(float)[:, None]
    _, low, high = ratio_intervals(parts, np.broadcast_to(sizes, parts.shape), np.full(parts.shape[1], len(values)))
    return list(zip(low.tolist(), high.tolist(), strict=True))
