"""How right the themes of the pipeline are against human codes of a random sample."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from presstm import stats, tables
from presstm.codes import predictions

Array = np.ndarray[Any, np.dtype[Any]]


def of_results(
    read: Mapping[str, pa.Table], themes: Sequence[str], human: Mapping[str, Sequence[float]], chances: Mapping[str, float]
) -> list[dict[str, Any]]:
    """`evaluate` for the tables theme_sentences and reuse, codes by hand and probabilities by key of the sentence.

    Raises:
        InputError: no codes, or a coded sentence that is not in the sample or the results.
    """
    said = predictions.read(read["theme_sentences"], themes)
    keys, rows = predictions.rows_of(said, human, chances)
    cluster = dict(tables.tuples(read["reuse"], "article_id", "cluster_id"))
    return evaluate(
        said.present[rows],
        np.array([human[key] for key in keys]),
        np.array([chances[key] for key in keys]),
        [cluster[key.rpartition(":")[0]] for key in keys],
        themes,
    )


def evaluate(
    predicted: Array, human: Array, probability: Array, clusters: Sequence[str], themes: Sequence[str]
) -> list[dict[str, Any]]:
    """Precision, recall and F1 per theme and their means (macro), each sentence weighted by 1 / its inclusion probability.

    Args:
        predicted: sentences × themes, 0 or 1.
        human: of the same shape; 1/2 where half of the coders see the theme.
        probability: of each sentence to be in the sample.
        clusters: reuse cluster of each sentence, the unit of sampling of the intervals.
        themes: names of the columns.

    Returns:
        One row per theme, and one named macro: measures, their 95 % intervals, sentences, sentences with the theme by
        the coders. A measure is None where nothing was predicted, or coded. Intervals: `stats.ratio_intervals`; of F1 = 2 J / (1 + J),
        by the share J of right ones among sentences that are predicted or coded; of a mean, from those of its parts
        (Zou and Donner 2008).
    """
    _, place = np.unique(np.asarray(clusters), return_inverse=True)
    weights = (1 / np.asarray(probability, float))[:, None]
    measures = {
        "precision": _measured(predicted * human, predicted, weights, place),
        "recall": _measured(predicted * human, human, weights, place),
        "f1": [2 * ends / (1 + ends) for ends in _measured(predicted * human, np.maximum(predicted, human), weights, place)],
    }
    rows = []
    for n, theme in enumerate((*themes, "macro")):
        row: dict[str, Any] = {"theme": theme}
        for name, ends in measures.items():
            numbers = [end[n] for end in ends] if n < len(themes) else _mean(*ends)
            for key, number in zip((name, f"{name}_low", f"{name}_high"), numbers, strict=True):
                row[key] = None if np.isnan(number) else float(number)
        coded = (human[:, n] > 0).sum() if n < len(themes) else human.any(1).sum()
        rows.append({**row, "sentences": len(human), "with_theme": int(coded)})
    return rows


def _measured(right: Array, whole: Array, weights: Array, place: Array) -> tuple[Array, Array, Array]:
    """The share of `right` in `whole` for each theme, and both ends of its interval."""
    parts, wholes = np.zeros((2, place.max() + 1, right.shape[1]))
    np.add.at(parts, place, right * weights)
    np.add.at(wholes, place, whole * weights)
    return stats.ratio_intervals(parts, wholes, stats.effective(whole * weights))


def _mean(share: Array, low: Array, high: Array) -> tuple[float, float, float]:
    mean = share.mean()
    below, above = (float(np.sqrt(((share - end) ** 2).sum())) / len(share) for end in (low, high))
    return mean, mean - below, mean + above
