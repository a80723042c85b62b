"""How right the themes of the pipeline are against human codes of a random sample."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
_NAMES = ("precision", "recall", "f1")


def evaluate(
    predicted: Array,
    human: Array,
    probability: Array,
    clusters: Sequence[str],
    themes: Sequence[str],
    resamples: int = 1000,
    seed: int = 0,
) -> list[dict[str, Any]]:
    """Precision, recall and F1 per theme and their means (macro), each sentence weighted by 1 / its inclusion probability.

    Args:
        predicted: sentences × themes, 0 or 1.
        human: of the same shape.
        probability: of each sentence to be in the sample.
        clusters: reuse cluster of each sentence; whole clusters are drawn for the percentile intervals.
        themes: names of the columns.
        resamples: bootstrap samples.
        seed: of the random generator.

    Returns:
        One row per theme, and one named macro: measures, their 95 % intervals, sentences, sentences with the theme by
        the coders. A measure is None where nothing was predicted, or coded.
    """
    names, place = np.unique(np.asarray(clusters), return_inverse=True)
    weights = (1 / np.asarray(probability, float))[:, None]
    parts = np.zeros((3, len(names), len(themes)))
    for part, values in zip(parts, (predicted * human, predicted * (1 - human), (1 - predicted) * human), strict=True):
        np.add.at(part, place, values * weights)
    drawn = np.random.default_rng(seed).multinomial(len(names), np.full(len(names), 1 / len(names)), size=resamples)
    point = _measures(*parts.sum(1))
    spread = _measures(*(drawn @ part for part in parts))
    rows = []
    for n, theme in enumerate((*themes, "macro")):
        row: dict[str, Any] = {"theme": theme}
        for name, value, values in zip(_NAMES, point, spread, strict=True):
            one, many = (value[n], values[:, n]) if n < len(themes) else (value.mean(), values.mean(1))
            many = many[~np.isnan(many)]
            low, high = np.quantile(many, [0.025, 0.975]) if len(many) and not np.isnan(one) else (np.nan, np.nan)
            for key, number in ((name, one), (f"{name}_low", low), (f"{name}_high", high)):
                row[key] = None if np.isnan(number) else float(number)
        coded = human[:, n].sum() if n < len(themes) else human.any(1).sum()
        rows.append({**row, "sentences": len(human), "with_theme": int(coded)})
    return rows


def _measures(right: Array, wrong: Array, missed: Array) -> tuple[Array, Array, Array]:
    with np.errstate(divide="ignore", invalid="ignore"):
        return right / (right + wrong), right / (right + missed), 2 * right / (2 * right + wrong + missed)
