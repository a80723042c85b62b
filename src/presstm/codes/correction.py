"""Shares of sentences corrected for the errors of the coding, where a random sample was coded by hand.

Prediction-powered inference (Angelopoulos et al. 2023) with known inclusion probabilities, as in design-based supervised
learning (Egami et al. 2023): the share that is predicted over all sentences, plus the weighted mean of (human - predicted)
over the coded sample.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from presstm import shares as groups
from presstm.codes import Item
from presstm.errors import InputError

Array = np.ndarray[Any, np.dtype[Any]]
_FEW = 30  # coded sentences


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


def shares(
    read: Mapping[str, pa.Table], themes: Sequence[str], human: Mapping[str, Sequence[float]], sampled: Mapping[str, Item]
) -> list[dict[str, Any]]:
    """Naive and corrected share of sentences with each theme, for the corpus and every group of `shares.groups_of`.

    Args:
        read: tables articles, reuse and theme_sentences.
        themes: the themes, in the order of the codes.
        human: key of a sentence -> 1 or 0 per theme.
        sampled: key of a sentence -> the sampled sentence with its probability.

    Returns:
        One row per group and theme; `flag` is few_coded or few_clusters where the interval is not to be trusted.

    Raises:
        InputError: no codes, or a coded sentence that is not in the sample or the results.
    """
    coded = read["theme_sentences"].select(["article_id", "sentence_id", "theme", "present"]).to_pylist()
    said: dict[str, dict[str, bool]] = {}
    for row in coded:
        said.setdefault(f"{row['article_id']}:{row['sentence_id']}", {})[row["theme"]] = row["present"]
    if not human:
        raise InputError("no codes")
    for key in human:
        if key not in sampled or key not in said:
            raise InputError(f"sentence {key} is not in the {'sample' if key not in sampled else 'results'}")
    keys = sorted(said)
    cluster = dict(zip(read["reuse"]["article_id"].to_pylist(), read["reuse"]["cluster_id"].to_pylist(), strict=True))
    article = np.array([key.partition(":")[0] for key in keys])
    clusters = np.array([cluster[name] for name in article.tolist()])
    by_hand = np.array([key in human for key in keys])
    found = []
    for grouping, group, members in groups.groups_of(read["articles"], read["reuse"]):
        inside = np.isin(article, members)
        rows = np.flatnonzero(by_hand[inside])
        chosen = [key for key, is_in in zip(keys, inside.tolist(), strict=True) if is_in]
        for place, theme in enumerate(themes):
            predicted = np.array([said[key].get(theme, False) for key in chosen], float)
            plain = naive(predicted, clusters[inside])
            row = {"grouping": grouping, "group": group, "theme": theme, "n": len(chosen), "coded": len(rows)}
            row |= {"naive": plain.share, "naive_low": plain.low, "naive_high": plain.high}
            row |= {"corrected": None, "low": None, "high": None, "flag": "few_coded" if len(rows) < _FEW else ""}
            coded_clusters = len(np.unique(clusters[inside][rows]))
            if coded_clusters >= 2:
                codes = np.array([human[chosen[number]][place] for number in rows])
                chances = np.array([sampled[chosen[number]].probability for number in rows])
                better = corrected(predicted, clusters[inside], rows, codes, chances)
                row |= {"corrected": better.share, "low": better.low, "high": better.high}
            if coded_clusters < 5 and not row["flag"]:
                row["flag"] = "few_clusters"
            found.append(row)
    return found


def _per_cluster(values: Array, clusters: Array) -> Array:
    _, place = np.unique(clusters, return_inverse=True)
    return np.bincount(place, weights=values)


def _interval(share: float, influence: Array, freedom: int, extra: float = 0.0) -> Share:
    from scipy.stats import t

    count = len(influence)
    variance = float((influence**2).sum()) * count / max(count - 1, 1) + extra
    half = float(t.ppf(0.975, max(freedom, 1))) * variance**0.5
    return Share(min(max(share, 0.0), 1.0), max(share - half, 0.0), min(share + half, 1.0))
