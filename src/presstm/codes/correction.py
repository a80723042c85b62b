"""Shares of sentences corrected for the errors of the coding, where a random sample was coded by hand.

Prediction-powered inference (Angelopoulos et al. 2023) with known inclusion probabilities, as in design-based supervised
learning (Egami et al. 2023): the share that is predicted over all sentences, plus the weighted mean of (human - predicted)
over the coded sample.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Share:
    """A share with its 95 % interval, 0 to 1."""

    share: float
    low: float
    high: float


def naive(predicted: Array, clusters: Array) -> Share:
    """The mean of `predicted` (0 or 1), as if the coding made no error; interval from its variance between clusters."""
    share = float(predicted.mean())
    influence = _per_cluster((predicted - share) / len(predicted), clusters)
    return _interval(share, influence, len(influence) - 1)


def corrected(predicted: Array, clusters: Array, coded: Array, human: Array, probability: Array) -> Share:
    """The mean of `predicted`, corrected by the coded sample.

    Args:
        predicted: 0 or 1 per sentence.
        clusters: reuse cluster of each sentence.
        coded: rows of the sentences coded by hand.
        human: their codes.
        probability: their probabilities of inclusion.

    Returns:
        Estimate = mean(predicted) + sum(w (human - predicted)) / sum(w) with w = 1 / probability. The variance has both
        parts, summed by cluster. One pseudo-error of each sign is added to it, so that a small sample that happens to
        hold no error does not pass for certainty. Student's t with as many degrees of freedom as coded clusters less one.
    """
    weights = 1 / probability
    errors = human - predicted[coded]
    correction = float((weights * errors).sum() / weights.sum())
    values = (predicted - predicted.mean()) / len(predicted)
    values[coded] += weights * (errors - correction) / weights.sum()
    influence = _per_cluster(values, clusters)
    pseudo = 2 * (weights.mean() / weights.sum()) ** 2
    freedom = len(np.unique(clusters[coded])) - 1
    return _interval(float(predicted.mean()) + correction, influence, freedom, pseudo)


def _per_cluster(values: Array, clusters: Array) -> Array:
    _, place = np.unique(clusters, return_inverse=True)
    return np.bincount(place, weights=values)


def _interval(share: float, influence: Array, freedom: int, extra: float = 0.0) -> Share:
    from scipy.stats import t

    count = len(influence)
    variance = float((influence**2).sum()) * count / max(count - 1, 1) + extra
    half = float(t.ppf(0.975, max(freedom, 1))) * variance**0.5
    return Share(min(max(share, 0.0), 1.0), max(share - half, 0.0), min(share + half, 1.0))
