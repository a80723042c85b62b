"""Shares of themes corrected for the errors of the coding, where a random sample of sentences was coded by hand.

Prediction-powered inference (Angelopoulos et al. 2023) with known inclusion probabilities, as in design-based supervised
learning (Egami et al. 2023): the share that is predicted over all sentences, plus the weighted mean of (human - predicted)
over the coded sample.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from presstm import stats, tables
from presstm.codes import predictions
from presstm.theming import shares as groups

Array = np.ndarray[Any, np.dtype[Any]]
UNITS = ("sentence", "article", "cluster")
_FEW_CODED = 30  # coded sentences
_FEW_CODED_CLUSTERS = 5


@dataclass(frozen=True)
class Share:
    """A share with its 95 % interval, 0 to 1."""

    share: float
    low: float
    high: float


def naive(predicted: Array, clusters: Array, weights: Array | None = None) -> Share:
    """The mean of `predicted` (0 or 1), as if the coding made no error, with the interval of `stats.ratio_intervals`.

    Args:
        predicted: 0 or 1 per sentence.
        clusters: number of the reuse cluster of each sentence, 0 to the last one.
        weights: how much each sentence counts; all the same where they are not given.
    """
    parts = _parts(len(predicted), weights)
    with_theme, all_of_it = (np.bincount(clusters, values)[:, None] for values in (parts * predicted, parts))
    return Share(*(float(end[0]) for end in stats.ratio_intervals(with_theme, all_of_it, np.array([len(predicted)]))))


def corrected(
    predicted: Array, clusters: Array, coded: Array, human: Array, probability: Array, weights: Array | None = None
) -> Share:
    """The mean of `predicted`, corrected by the coded sample.

    Args:
        predicted: 0 or 1 per sentence.
        clusters: number of the reuse cluster of each sentence, 0 to the last one.
        coded: rows of the sentences coded by hand.
        human: their codes.
        probability: their probabilities of inclusion.
        weights: how much each sentence counts; all the same where they are not given.

    Returns:
        Estimate = sum(v predicted) + sum(w (human - predicted)) / sum(w) with w = v / probability and v the weights, that
        sum to 1. The variance has both parts, summed by cluster. One pseudo-error of each sign is added to it, so that a
        small sample that happens to hold no error does not pass for certainty. The interval is Wilson's for the number of units
        that would have this variance, at a share one standard error or more inside 0 and 1, with the degrees of freedom of
        Student's t that clusters of unequal size leave, and no more than coded clusters less one.
    """
    parts = _parts(len(predicted), weights)
    share = float((parts * predicted).sum())
    inverse = parts[coded] / probability
    errors = human - predicted[coded]
    correction = float((inverse * errors).sum() / inverse.sum())
    values = parts * (predicted - share)
    values[coded] += inverse * (errors - correction) / inverse.sum()
    influence = np.bincount(clusters, values)
    pseudo = 2 * float((inverse**2).mean()) / float(inverse.sum()) ** 2
    variance = float((influence**2).sum()) * len(influence) / max(len(influence) - 1, 1) + pseudo
    error = min(variance**0.5, 0.5)
    better = np.clip(share + correction, 0.0, 1.0)
    inside = np.clip(better, error, 1 - error)
    freedom = np.minimum(stats.degrees_of_freedom(np.bincount(clusters, parts)), len(np.unique(clusters[coded])) - 1)
    return Share(*map(float, (better, *stats.wilson(better, inside * (1 - inside) / variance, freedom))))


def shares(
    read: Mapping[str, pa.Table],
    themes: Sequence[str],
    human: Mapping[str, Sequence[float]],
    chances: Mapping[str, float],
    few: int,
) -> list[dict[str, Any]]:
    """Naive and corrected share of each theme, for the corpus and every group of `shares.groups_of`, by unit.

    A share is the mean of 0 or 1 over sentences: each counts the same (unit sentence), or each article does, whatever its
    number of sentences (article), or each reuse cluster (cluster).

    Args:
        read: tables articles, reuse and theme_sentences.
        themes: the themes, in the order of the codes.
        human: key of a sentence -> 1, 0 or (of two coders who differ) 1/2 per theme.
        chances: key of a sentence -> its probability to be sampled.
        few: clusters, and outlets, below which a group is flagged.

    Returns:
        Rows of table theme_corrected.

    Raises:
        InputError: no codes, or a coded sentence that is not in the sample or the results.
    """
    said = predictions.read(read["theme_sentences"], themes)
    keys, places = predictions.rows_of(said, human, chances)
    codes = np.full((len(said.keys), len(themes)), np.nan)
    codes[places] = [human[key] for key in keys]
    chance = np.full(len(said.keys), np.nan)
    chance[places] = [chances[key] for key in keys]
    names, article = np.unique(np.array(said.articles), return_inverse=True)
    cluster_of = dict(tables.tuples(read["reuse"], "article_id", "cluster_id"))
    cluster = np.unique([cluster_of[name] for name in names.tolist()], return_inverse=True)[1][article]
    outlets = groups.outlets_of(read["articles"])
    found = []
    for grouping, group, members in groups.groups_of(read["articles"], read["reuse"]):
        inside = np.flatnonzero(np.isin(names, members)[article])
        if not len(inside):
            continue
        rows = np.flatnonzero(~np.isnan(chance[inside]))
        n_outlets = len({outlets[member] for member in members})
        about = {"grouping": grouping, "group": group, "n_outlets": n_outlets, "coded": len(rows)}
        clusters = np.unique(cluster[inside], return_inverse=True)[1]
        size, coded_clusters = clusters.max() + 1, len(np.unique(clusters[rows]))
        flag = _flag(len(rows), coded_clusters) or groups.flag(grouping, size, n_outlets, few)
        for unit, n, weights in _weights(article[inside], clusters):
            for column, theme in enumerate(themes):
                predicted = said.present[inside, column]
                plain = naive(predicted, clusters, weights)
                row = {**about, "theme": theme, "unit": unit, "n": n, "flag": flag}
                row |= {"naive": plain.share, "naive_low": None, "naive_high": None}
                if size >= 2:
                    row |= {"naive_low": plain.low, "naive_high": plain.high}
                row |= {"corrected": None, "low": None, "high": None}
                if coded_clusters >= 2:
                    chosen = inside[rows]
                    better = corrected(predicted, clusters, rows, codes[chosen, column], chance[chosen], weights)
                    row |= {"corrected": better.share, "low": better.low, "high": better.high}
                found.append(row)
    return found


def _weights(article: Array, cluster: Array) -> Iterator[tuple[str, int, Array | None]]:
    """(unit, number of units, weight of each sentence)."""
    yield "sentence", len(article), None
    for unit, of in zip(UNITS[1:], (article, cluster), strict=True):
        counts = np.bincount(of)
        yield unit, int((counts > 0).sum()), 1 / counts[of]


def _flag(coded: int, clusters: int) -> str:
    return "few_coded" if coded < _FEW_CODED else "few_coded_clusters" if clusters < _FEW_CODED_CLUSTERS else ""


def _parts(count: int, weights: Array | None) -> Array:
    values = np.ones(count) if weights is None else weights
    return np.asarray(values / values.sum())
