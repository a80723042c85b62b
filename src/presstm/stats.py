"""Statistics, as functions of arrays. Heavy imports happen inside."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
_BLOCK = 64  # bootstrap samples looked at at once
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
    left = np.arange(count.size)
    k, s = (np.where(up, *sides).ravel() for sides in ((count, first - count), (second, units - second)))
    f, rest, term = first.ravel(), (units - first).ravel() - s, np.ones(count.size)
    while len(left):
        below = (k + 1) * (rest + k + 1)
        ratio = np.divide((f - k) * (s - k), below, out=np.zeros(len(left)), where=below > 0)
        term = term * np.maximum(ratio, 0.0)
        k = k + 1
        sums[left] += term
        going = term > 1e-17 * sums[left]
        left, term, k, f, s, rest = (values[going] for values in (left, term, k, f, s, rest))
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
    means = _cluster_means(np.asarray(values)[:, None], index, resamples, seed)[0]
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def share_interval(
    values: Array, clusters: Sequence[Any] | Array, resamples: int, seed: int, level: float = 0.95
) -> tuple[float, float]:
    """Interval of the share `values` (0 or 1) when the units of sampling are clusters.

    Wilson's (1927) interval with Student's t and the effective number of units p (1 - p) / v (Kish), where v is the variance
    of the share over a bootstrap of clusters; the number of clusters where v is 0 (a share of 0 or 1). Near 0 and 1, and
    with few clusters, percentiles of the bootstrap are too narrow.

    Args:
        values: 0 or 1 per article (or per cluster).
        clusters: the cluster of each.
        resamples: number of bootstrap samples.
        seed: of the random generator; the order of the input does not matter.
        level: of the interval.
    """
    return share_intervals(np.asarray(values)[:, None], clusters, resamples, seed, level)[0]


def share_intervals(
    values: Array, clusters: Sequence[Any] | Array, resamples: int, seed: int, level: float = 0.95
) -> list[tuple[float, float]]:
    """`share_interval` of each column of `values`, over the same bootstrap samples."""
    from scipy.special import stdtrit  # scipy.stats has it too, but takes a second to import

    names, index = np.unique(np.asarray(clusters), return_inverse=True)
    count = len(names)
    z = float(stdtrit(max(count - 1, 1), (1 + level) / 2))
    variances = _cluster_means(values, index, resamples, seed).var(axis=1) * count / max(count - 1, 1)
    found = []
    for share, variance in zip(values.mean(axis=0).tolist(), variances.tolist(), strict=True):
        effective = min(share * (1 - share) / variance, len(values)) if variance > 0 else count
        centre = (share + z**2 / (2 * effective)) / (1 + z**2 / effective)
        half = z / (1 + z**2 / effective) * (share * (1 - share) / effective + z**2 / (4 * effective**2)) ** 0.5
        found.append((min(max(centre - half, 0.0), share), max(min(centre + half, 1.0), share)))
    return found


def _cluster_means(values: Array, index: Array, resamples: int, seed: int) -> Array:
    """Mean of each column of `values` in each bootstrap sample of clusters: column x sample."""
    sums = [np.bincount(index, weights=column) for column in values.T]
    both = np.column_stack([*sums, np.bincount(index)])
    drawn = np.concatenate([_as_float(block) @ both for block in _drawn(len(both), resamples, seed)]).T
    means: Array = drawn[:-1] / drawn[-1]
    return means


@functools.lru_cache(4)
def _drawn(count: int, resamples: int, seed: int) -> tuple[Array, ...]:
    """How often each of `count` clusters is in each bootstrap sample, in blocks of samples: the same for every theme and choice."""
    random = np.random.default_rng(seed)
    blocks = []
    for first in range(0, resamples, _BLOCK):
        drawn = random.multinomial(count, np.full(count, 1 / count), size=min(_BLOCK, resamples - first))
        blocks.append(drawn.astype(np.uint8) if drawn.max(initial=0) < 256 else drawn)
    return tuple(blocks)


def _as_float(block: Array) -> Array:
    return block.astype(float)
